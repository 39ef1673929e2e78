import Hashing

/// The ledger's subtrees, out of leaf hashes and tile roots: a proof reads one row of at most 256 hashes a level. What was read is kept,
/// so one value serves one transaction, and neighbouring entries cost one reading. Used by one thread.
struct StoredSubtrees: SubtreeSource {
    /// About 16 KB each; more are read again.
    private static let largestCount = 256

    private let leaves: Statement
    private let tiles: Statement
    private let path: String
    /// By level and position the hashes of a tile, and above them those of its subtrees.
    private var known: [Place: [[Digest]]] = [:]

    private struct Place: Hashable {
        let level: Int
        let position: Int
    }

    init(_ connection: Connection) throws(LedgerError) {
        path = connection.path
        leaves = try connection.prepare("SELECT leaf_hash FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        tiles = try connection.prepare(
            "SELECT hash FROM tile_root WHERE position >= ? AND position < ? AND level = ? ORDER BY position")
    }

    /// Forgets what was read: for the next transaction.
    func fresh() -> StoredSubtrees {
        var copy = self
        copy.known.removeAll()
        return copy
    }

    mutating func root(height: Int, position: Int, _ hash: inout SHA256) throws(LedgerError) -> Digest {
        let (level, row) = height.quotientAndRemainder(dividingBy: 8)
        let rows = try rows(Place(level: level, position: position >> (8 - row)), &hash)
        let index = position & ((1 << (8 - row)) - 1)
        guard rows[row].indices.contains(index) else { throw FrontierLoader.contradiction("entries or tile roots are missing", path) }
        return rows[row][index]
    }

    private mutating func rows(_ place: Place, _ hash: inout SHA256) throws(LedgerError) -> [[Digest]] {
        if let rows = known[place] { return rows }
        var rows = [try hashes(place)]
        for height in 1..<8 {
            let below = rows[height - 1]
            rows.append((0..<below.count / 2).map { hash.node(below[2 * $0], below[2 * $0 + 1]) })
        }
        if known.count >= Self.largestCount { known.removeAll() }
        known[place] = rows
        return rows
    }

    /// The hashes that a tile has so far.
    private func hashes(_ place: Place) throws(LedgerError) -> [Digest] {
        let rows = place.level == 0 ? leaves : tiles
        try rows.bind(1, place.position << 8)
        try rows.bind(2, (place.position + 1) << 8)
        if place.level > 0 { try rows.bind(3, place.level - 1) }
        defer { rows.reset() }
        var hashes: [Digest] = []
        while try rows.step() {
            guard let hash = rows.digest(0) else { throw FrontierLoader.contradiction("a hash doesn't have 32 bytes", path) }
            hashes.append(hash)
        }
        return hashes
    }
}
