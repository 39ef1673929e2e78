import Hashing

/// A ledger's tree as of one signed head, read in short transactions: what lies below the head never changes, so no state has to be held.
/// Used by one thread.
final class ExportedTree {
    static let pageSize = 4_096

    let path: String
    let note: String
    let head: CheckpointNote
    private let rows: Statement
    private let leaves: Statement
    private let tiles: Statement

    var size: Int { head.size }

    /// - Throws: `corrupt` when entries and head disagree.
    init(_ path: String, key: VerifierKey?) throws(LedgerError) {
        let reader = try LedgerReader(path: path)
        self.path = path
        note = try reader.head()
        guard let head = CheckpointNote(note) else { throw FrontierLoader.contradiction("the signed head isn't a checkpoint", path) }
        if let key = key?.forVolume(head.origin), !head.isSigned(by: key) {
            throw FrontierLoader.contradiction("the signed head doesn't bear the signature of \(key.name)", path)
        }
        self.head = head
        guard try reader.root(ofFirst: head.size) == head.root else {
            throw FrontierLoader.contradiction("the signed head and the entries disagree", path)
        }
        let connection = try Connection(path: path, .reading)
        rows = try connection.prepare(
            "SELECT position, leaf_hash, record FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        leaves = try connection.prepare("SELECT leaf_hash FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        tiles = try connection.prepare(
            "SELECT hash FROM tile_root WHERE position >= ? AND position < ? AND level = ? ORDER BY position")
    }

    struct Row {
        let position: Int
        let leafHash: Digest
        let record: [UInt8]
    }

    /// These entries, all of which the head covers.
    func entries(_ range: Range<Int>) throws(LedgerError) -> [Row] {
        try rows.bind(1, range.lowerBound)
        try rows.bind(2, range.upperBound)
        defer { rows.reset() }
        var found: [Row] = []
        while try rows.step() {
            guard rows.number(0) == range.lowerBound + found.count, let leafHash = rows.digest(1) else { break }
            found.append(Row(position: rows.number(0), leafHash: leafHash, record: rows.blob(2)))
        }
        guard found.count == range.count else {
            throw FrontierLoader.contradiction("entry \(range.lowerBound + found.count) is missing", path)
        }
        return found
    }

    /// Hashes of one level: of 256^level entries each.
    func hashes(level: Int, _ range: Range<Int>) throws(LedgerError) -> [UInt8] {
        let rows = level == 0 ? leaves : tiles
        try rows.bind(1, range.lowerBound)
        try rows.bind(2, range.upperBound)
        if level > 0 { try rows.bind(3, level - 1) }
        defer { rows.reset() }
        var bytes: [UInt8] = []
        while try rows.step() { if let digest = rows.digest(0) { bytes += digest.bytes } }
        guard bytes.count == 32 * range.count else { throw FrontierLoader.contradiction("entries or tile roots are missing", path) }
        return bytes
    }
}
