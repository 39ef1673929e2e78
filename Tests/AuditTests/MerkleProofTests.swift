import Testing

@testable import Audit
import Hashing

/// Complete subtrees out of leaf hashes in memory.
struct LeavesInMemory: SubtreeSource {
    let leaves: [Digest]

    func root(height: Int, position: Int, _ hash: inout SHA256) -> Digest {
        var row = Array(leaves[position << height..<(position + 1) << height])
        while row.count > 1 { row = (0..<row.count / 2).map { hash.node(row[2 * $0], row[2 * $0 + 1]) } }
        return row[0]
    }
}

/// A second tree by RFC 6962, section 2.1, as written there, without anything of the first.
private enum Recursive {
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1 else { return leaves.first ?? SHA256.digest(of: []) }
        let (left, right) = halves(leaves)
        return SHA256.digest(of: [1] + root(left).bytes + root(right).bytes)
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let (left, right) = halves(leaves)
        return index < left.count ? path(index, left) + [root(right)] : path(index - left.count, right) + [root(left)]
    }

    static func proof(_ size: Int, _ leaves: ArraySlice<Digest>, isKnown: Bool = true) -> [Digest] {
        if size == leaves.count { return isKnown ? [] : [root(leaves)] }
        let (left, right) = halves(leaves)
        return size <= left.count
            ? proof(size, left, isKnown: isKnown) + [root(right)] : proof(size - left.count, right, isKnown: false) + [root(left)]
    }

    private static func halves(_ leaves: ArraySlice<Digest>) -> (ArraySlice<Digest>, ArraySlice<Digest>) {
        var half = 1
        while half * 2 < leaves.count { half *= 2 }
        return (leaves.prefix(half), leaves.dropFirst(half))
    }
}

@Suite("Merkle proofs")
struct MerkleProofTests {
    static let largest = 130
    /// Leaf i is the one byte i.
    static let leaves = (0..<largest).map { MerkleProof.leafHash(of: [UInt8($0)]) }

    private let builder = ProofBuilder(LeavesInMemory(leaves: leaves))

    @Test("of inclusion are those of the definition, for every leaf of every tree")
    func inclusion() throws {
        for size in 1...Self.largest {
            let leaves = Self.leaves.prefix(size)
            let root = Recursive.root(leaves)
            #expect(try builder.root(of: 0..<size) == root)
            for index in 0..<size {
                let path = try builder.inclusionPath(of: index, in: 0..<size)
                #expect(path == Recursive.path(index, leaves))
                #expect(MerkleProof.isIncluded(leaf: leaves[index], at: index, inTreeOf: size, root: root, path: path))
                #expect(try builder.inclusionRanges(of: index, in: 0..<size).map { try builder.root(of: $0) } == path)
                let wrong = (index + 1) % size
                #expect(size == 1 || !MerkleProof.isIncluded(leaf: leaves[index], at: wrong, inTreeOf: size, root: root, path: path))
            }
        }
    }

    @Test("of consistency are those of the definition, for every pair of trees")
    func consistency() throws {
        for size in 1...Self.largest {
            let leaves = Self.leaves.prefix(size)
            let root = Recursive.root(leaves)
            for old in 1...size {
                let oldRoot = Recursive.root(leaves.prefix(old))
                let path = try builder.consistencyPath(of: 0..<old, in: 0..<size)
                #expect(path == Recursive.proof(old, leaves))
                #expect(MerkleProof.isConsistent(oldSize: old, oldRoot: oldRoot, newSize: size, newRoot: root, path: path))
                #expect(!MerkleProof.isConsistent(oldSize: old, oldRoot: .zero, newSize: size, newRoot: root, path: path))
                #expect(!MerkleProof.isConsistent(oldSize: old, oldRoot: oldRoot, newSize: size, newRoot: .zero, path: path))
            }
        }
    }

    @Test("say nothing of the empty tree")
    func emptyTree() throws {
        let nothing = SHA256.digest(of: [])
        #expect(try builder.root(of: 0..<0) == nothing)
        #expect(!MerkleProof.isConsistent(oldSize: 0, oldRoot: nothing, newSize: 0, newRoot: nothing, path: []))
        #expect(!MerkleProof.isConsistent(oldSize: 0, oldRoot: nothing, newSize: 1, newRoot: Self.leaves[0], path: []))
        #expect(!MerkleProof.isIncluded(leaf: nothing, at: 0, inTreeOf: 0, root: nothing, path: []))
        #expect(!MerkleProof.isIncluded(leaf: nothing, at: -1, inTreeOf: 1, root: nothing, path: []))
    }

    // The constants of IETF draft-ietf-plants-merkle-tree-certs-05, appendix on subtree test vectors: one rolling SHA-256 over all of them.

    @Test("and all subtrees of 130 leaves have the published rolling hash")
    func publishedSubtrees() throws {
        let rolled = try rolling { line in
            for (start, end) in Self.subtrees(upTo: Self.largest) { line("[\(start), \(end)) \(try builder.root(of: start..<end))\n") }
        }
        #expect(rolled == "94a95384a8c69acea9b50d035a58285b3a777cb7a724005faa5e1f1e1190007f")
    }

    @Test("of inclusion in all subtrees have the published rolling hash")
    func publishedInclusion() throws {
        let rolled = try rolling { line in
            for (start, end) in Self.subtrees(upTo: Self.largest) {
                for index in start..<end {
                    let path = try builder.inclusionPath(of: index, in: start..<end)
                    line("\(index) [\(start), \(end))" + path.map { " \($0)" }.joined() + "\n")
                }
            }
        }
        #expect(rolled == "ac2a8f989e44d99e399db448050ff5f19757df53cfb716aa81015d3955d8163f")
    }

    @Test("of consistency of all subtrees have the published rolling hash")
    func publishedConsistency() throws {
        let rolled = try rolling { line in
            for size in 1...Self.largest {
                for (start, end) in Self.subtrees(upTo: size) {
                    let path = try builder.consistencyPath(of: start..<end, in: 0..<size)
                    line("[\(start), \(end)) \(size)" + path.map { " \($0)" }.joined() + "\n")
                }
            }
        }
        #expect(rolled == "c586ebbb73a5621baf2140095d87dde934e3b6503a562a1a5215b8209edd083d")
    }

    /// Ranges that begin at a multiple of the smallest power of two that isn't below their count.
    private static func subtrees(upTo size: Int) -> [(Int, Int)] {
        (1...size).flatMap { end in
            (0..<end).filter { start in
                var width = 1
                while width < end - start { width *= 2 }
                return start.isMultiple(of: width)
            }.map { ($0, end) }
        }
    }

    private func rolling(_ body: ((String) -> Void) throws -> Void) rethrows -> String {
        var hashed: [UInt8] = []
        try body { hashed.append(contentsOf: $0.utf8) }
        return SHA256.hexadecimal(of: hashed)
    }
}
