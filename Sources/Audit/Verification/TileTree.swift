import Hashing

/// The verifier's own tree: rows of 256 hashes per level, and roots by the recursive definition of RFC 6962, section 2.1.
struct TileTree {
    static let width = 256

    struct FinishedTile {
        let level: Int
        let position: Int
        let root: Digest
    }

    private(set) var size = 0
    /// Per level the hashes that don't fill a tile yet.
    private var rows: [[Digest]] = [[]]

    /// Adds a leaf hash and gives the tiles that it finishes, lowest level first.
    mutating func append(_ leaf: Digest, _ hash: inout SHA256) -> [FinishedTile] {
        size += 1
        rows[0].append(leaf)
        var finished: [FinishedTile] = []
        var level = 0
        var leavesPerTile = Self.width
        while rows[level].count == Self.width {
            let root = Self.root(rows[level][...], &hash)
            finished.append(FinishedTile(level: level, position: size / leavesPerTile - 1, root: root))
            rows[level].removeAll(keepingCapacity: true)
            if rows.count == level + 1 { rows.append([]) }
            rows[level + 1].append(root)
            level += 1
            leavesPerTile *= Self.width
        }
        return finished
    }

    /// The root of all leaves so far. An unfinished row counts as the last hash of the row above.
    func root(_ hash: inout SHA256) -> Digest {
        var below: Digest?
        for row in rows {
            let nodes = row + (below.map { [$0] } ?? [])
            below = nodes.isEmpty ? nil : Self.root(nodes[...], &hash)
        }
        return below ?? hash.finish()
    }

    private static func root(_ nodes: ArraySlice<Digest>, _ hash: inout SHA256) -> Digest {
        if nodes.count == 1 { return nodes[nodes.startIndex] }
        var split = 1
        while split * 2 < nodes.count { split *= 2 }
        let left = root(nodes.prefix(split), &hash)
        let right = root(nodes.dropFirst(split), &hash)
        return hash.node(left, right)
    }
}
