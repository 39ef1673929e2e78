import Hashing

/// The right edge of the tree: what is needed to append leaves and to compute the root. A value, so that a refused commit can be undone.
struct MerkleFrontier: Sendable, Equatable {
    /// Leaves so far.
    private(set) var size: Int
    /// Roots of the complete subtrees that make up `size`, the largest first: one per set bit.
    private(set) var subtrees: [Digest]

    /// The root of a complete 256-leaf subtree (level 0), of 256 such (level 1), and so on: what `tile_root` keeps.
    struct TileRoot: Equatable {
        let level: Int
        let position: Int
        let hash: Digest
    }

    init() {
        size = 0
        subtrees = []
    }

    /// Rebuilds the edge of a tree of `size` leaves. `nodes(height, range)` gives the roots of complete subtrees of 2^height leaves, where
    /// height is a multiple of 8 (0: leaf hashes).
    init(size: Int, hash: inout SHA256, nodes: (Int, Range<Int>) throws(LedgerError) -> [Digest]) throws(LedgerError) {
        self.init()
        for height in stride(from: Int.bitWidth - 2, through: 0, by: -1) where size & (1 << height) != 0 {
            let stored = height / 8 * 8
            let first = self.size >> stored
            var row = try nodes(stored, first..<first + (1 << (height - stored)))
            while row.count > 1 {
                for pair in 0..<row.count / 2 { row[pair] = hash.node(row[2 * pair], row[2 * pair + 1]) }
                row.removeLast(row.count / 2)
            }
            subtrees.append(row[0])
            self.size += 1 << height
        }
    }

    /// Adds one leaf hash and hands every tile that it completes to `finished`.
    mutating func append(
        _ leaf: Digest, _ hash: inout SHA256, finished: (TileRoot) throws(LedgerError) -> Void
    ) throws(LedgerError) {
        var root = leaf
        var height = 0
        while size & (1 << height) != 0 {
            root = hash.node(subtrees.removeLast(), root)
            height += 1
            if height.isMultiple(of: 8) {
                try finished(TileRoot(level: height / 8 - 1, position: size >> height, hash: root))
            }
        }
        subtrees.append(root)
        size += 1
    }

    /// RFC 6962, section 2.1; of the empty tree the digest of nothing.
    func root(_ hash: inout SHA256) -> Digest {
        guard var root = subtrees.last else { return hash.finish() }
        for left in subtrees.dropLast().reversed() { root = hash.node(left, root) }
        return root
    }
}
