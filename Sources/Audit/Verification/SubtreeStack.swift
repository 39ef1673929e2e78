import Hashing

/// The verifier's own tree: the roots of the complete subtrees so far, as RFC 9162, section 2.1.2, verifies a tree head given the entries.
struct SubtreeStack {
    /// Leaves in a tile: its height is 8.
    static let width = 256

    struct FinishedTile {
        let level: Int
        let position: Int
        let root: Digest
    }

    private(set) var size = 0
    private var roots: [Digest] = []

    /// Adds a leaf hash and tells each tile that it finishes, the lowest level first.
    mutating func append(_ leaf: Digest, _ hash: inout SHA256, finished: (FinishedTile) -> Void) {
        // As many subtrees end here as the leaf's position has ones at its end.
        let merges = (~size).trailingZeroBitCount
        size += 1
        var root = leaf
        for height in 0..<merges {
            root = hash.node(roots.removeLast(), root)
            if height & 7 == 7 { finished(FinishedTile(level: height / 8, position: size >> (height + 1) - 1, root: root)) }
        }
        roots.append(root)
    }

    /// The root of all leaves so far.
    func root(_ hash: inout SHA256) -> Digest {
        guard var root = roots.last else { return hash.finish() }
        for index in stride(from: roots.count - 2, through: 0, by: -1) { root = hash.node(roots[index], root) }
        return root
    }
}
