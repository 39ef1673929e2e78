import Hashing

/// Rebuilds the tree's right edge from the stored tile roots and the leaf hashes after the last full tile: at most 255 rows per level.
enum FrontierLoader {
    static func load(_ connection: Connection, _ hash: inout SHA256) throws(LedgerError) -> MerkleFrontier {
        let size = try connection.number("SELECT coalesce(max(position) + 1, 0) FROM entry")
        let leaves = try connection.prepare("SELECT leaf_hash FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        let tiles = try connection.prepare(
            "SELECT hash FROM tile_root WHERE position >= ? AND position < ? AND level = ? ORDER BY position")
        return try MerkleFrontier(size: size, hash: &hash) { (height, range) throws(LedgerError) in
            let rows = height == 0 ? leaves : tiles
            try rows.bind(1, range.lowerBound)
            try rows.bind(2, range.upperBound)
            if height > 0 { try rows.bind(3, height / 8 - 1) }
            return try digests(rows, count: range.count, connection.path)
        }
    }

    private static func digests(_ rows: Statement, count: Int, _ path: String) throws(LedgerError) -> [Digest] {
        var digests: [Digest] = []
        while try rows.step() { if let digest = rows.digest(0) { digests.append(digest) } }
        guard digests.count == count else { throw contradiction("entries or tile roots are missing", path) }
        return digests
    }

    static func contradiction(_ what: String, _ path: String) -> LedgerError {
        LedgerError(
            .corrupt, what, path: path, remedy: "Keep the file as evidence, run 'ecocctl ledger verify', and check the key and the origin.")
    }
}
