import Hashing

/// Reads some neighbouring entries and checks all of them that doesn't need the others: leaf hashes, canonical form, members by kind, and
/// the signatures of the kept checkpoints that end here. Used by one thread at a time.
final class EntryPage {
    static let capacity = 4_096

    /// A kept checkpoint whose root the tree must have.
    struct Checkpoint {
        let size: Int
        /// Nil when it isn't one.
        let root: Digest?
    }

    private(set) var first = 0
    private(set) var count = 0
    private let leaves = UnsafeMutablePointer<Digest>.allocate(capacity: capacity)
    /// Parts of the range that no entry stands in.
    private(set) var gaps: [Range<Int>] = []
    private(set) var checkpoints: [Checkpoint] = []
    /// The positions of the entries that speak of anchors.
    private(set) var anchored: [Int] = []
    private(set) var problems = ProblemList()
    var effects: EffectBuffer { entryEffects.buffer }

    let connection: Connection
    private let rows: Statement
    private let checkpointRows: Statement
    private let tile: Statement
    private let key: VerifierKey?
    private let scanner = RecordScanner()
    private let forms: RecordForms
    private let entryEffects: EntryEffects
    private var hash = SHA256()

    init(_ connection: Connection, _ key: VerifierKey?, _ prints: Fingerprints) throws(LedgerError) {
        self.connection = connection
        self.key = key
        rows = try connection.prepare(
            "SELECT position, leaf_hash, record FROM entry WHERE position >= ? AND position < ? ORDER BY position")
        checkpointRows = try connection.prepare("SELECT size, note FROM checkpoint WHERE size > ? AND size <= ? ORDER BY size")
        tile = try connection.prepare("SELECT hash FROM tile_root WHERE level = ? AND position = ?")
        forms = RecordForms(scanner)
        entryEffects = EntryEffects(forms, prints)
        leaves.initialize(repeating: .zero, count: Self.capacity)
    }

    deinit { leaves.deallocate() }

    /// The leaf hash of an entry, computed; zero where none is.
    func leaf(_ index: Int) -> Digest { leaves[index] }

    /// Reads at most `capacity` entries, within a transaction of the caller's.
    func read(_ range: Range<Int>) throws(LedgerError) {
        (first, count) = (range.lowerBound, 0)
        gaps.removeAll()
        checkpoints.removeAll()
        anchored.removeAll()
        problems = ProblemList()
        entryEffects.beginPage()
        try rows.bind(1, range.lowerBound)
        try rows.bind(2, range.upperBound)
        defer { rows.reset() }
        while try rows.step() {
            let position = rows.number(0)
            fill(to: position)
            check(position)
        }
        fill(to: range.upperBound)
        entryEffects.endPage()
        try readCheckpoints(range)
    }

    /// The stored root of a tile, or nil when there is none.
    func storedTile(level: Int, position: Int) throws(LedgerError) -> Digest?? {
        try tile.bind(1, level)
        try tile.bind(2, position)
        defer { tile.reset() }
        return try tile.step() ? .some(tile.digest(0)) : nil
    }

    private func fill(to position: Int) {
        let next = first + count
        guard position > next else { return }
        gaps.append(next..<position)
        while first + count < position {
            leaves[count] = .zero
            count += 1
        }
    }

    private func check(_ position: Int) {
        let leaf = rows.withBlob(2) { record in
            let leaf = hash.leaf(record)
            if scanner.scan(record), let kind = forms.match() {
                entryEffects.apply(kind, at: position)
                if kind == .anchored { anchored.append(position) }
            } else {
                problems.add(.record, at: position, RecordFlaw.describe(record))
            }
            return leaf
        }
        if rows.digest(1) != leaf {
            problems.add(.leafHash, at: position, "the record was changed: its hash isn't the one stored beside it")
        }
        leaves[count] = leaf
        count += 1
    }

    private func readCheckpoints(_ range: Range<Int>) throws(LedgerError) {
        try checkpointRows.bind(1, range.lowerBound)
        try checkpointRows.bind(2, range.upperBound)
        defer { checkpointRows.reset() }
        while try checkpointRows.step() {
            let size = checkpointRows.number(0)
            let note = CheckpointNote(checkpointRows.text(1))
            checkpoints.append(Checkpoint(size: size, root: note?.size == size ? note?.root : nil))
            if let key, let note, !note.isSigned(by: key) {
                problems.add(.signature, "the checkpoint of size \(size) isn't signed by \(key.name)")
            }
        }
    }
}
