import Testing

@testable import Audit
import Hashing

@Suite("Merkle tree")
struct MerkleFrontierTests {
    /// RFC 6962, section 2.1, as written there: no frontier, no tiles.
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        var hash = SHA256()
        guard leaves.count > 1 else { return leaves.first ?? hash.finish() }
        var split = 1
        while split * 2 < leaves.count { split *= 2 }
        let left = root(leaves.prefix(split)), right = root(leaves.dropFirst(split))
        return hash.node(left, right)
    }

    static let leaves: [Digest] = (0..<700).map { number in
        var hash = SHA256()
        return Array("leaf \(number)".utf8).withUnsafeBytes { hash.leaf($0) }
    }

    @Test("has the root that the definition gives, for 0 to 300 leaves")
    func rootsAgree() throws {
        var hash = SHA256()
        var frontier = MerkleFrontier()
        for size in 0...300 {
            #expect(frontier.size == size)
            #expect(frontier.root(&hash) == Self.root(Self.leaves[0..<size]), "\(size) leaves")
            try frontier.append(Self.leaves[size], &hash) { _ in }
        }
    }

    @Test("is the same when rebuilt from tiles and leaves", arguments: [0, 1, 2, 255, 256, 257, 511, 512, 513, 699])
    func rebuilds(size: Int) throws {
        var hash = SHA256()
        var frontier = MerkleFrontier()
        var tiles: [MerkleFrontier.TileRoot] = []
        for leaf in Self.leaves[0..<size] { try frontier.append(leaf, &hash) { tiles.append($0) } }
        #expect(tiles.map(\.position) == Array(0..<size / 256))
        for tile in tiles { #expect(tile.hash == Self.root(Self.leaves[tile.position * 256..<(tile.position + 1) * 256])) }

        let rebuilt = try MerkleFrontier(size: size, hash: &hash) { height, range in
            height == 0 ? Array(Self.leaves[range]) : tiles[range].map(\.hash)
        }
        #expect(rebuilt == frontier)
    }
}

@Suite("The verifier's tree")
struct SubtreeStackTests {
    @Test("has the same roots and tiles as the writer's, beyond two levels")
    func agrees() throws {
        var hash = SHA256()
        var tree = SubtreeStack()
        var frontier = MerkleFrontier()
        for number in 0..<66_500 {
            var leaf = Digest.zero
            leaf.withUnsafeMutableBytes { $0.storeBytes(of: number, as: Int.self) }
            var written: [MerkleFrontier.TileRoot] = []
            try frontier.append(leaf, &hash) { written.append($0) }
            var found: [MerkleFrontier.TileRoot] = []
            tree.append(leaf, &hash) { found.append(MerkleFrontier.TileRoot(level: $0.level, position: $0.position, hash: $0.root)) }
            #expect(found == written)
            if number < 300 || number % 997 == 0 || (65_530..<65_540).contains(number) { #expect(tree.root(&hash) == frontier.root(&hash)) }
        }
        #expect(tree.size == 66_500)
    }
}
