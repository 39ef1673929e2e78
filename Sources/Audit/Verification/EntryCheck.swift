import Hashing

/// Checks entries in order: dense positions, leaf hashes over the exact bytes, canonical records, tile roots and kept checkpoints.
final class EntryCheck {
    /// A longer gap isn't filled: nothing after it could be placed in the tree.
    private static let largestGap = 65_536

    private let replay: ProjectionReplay
    private let page: Statement
    private let tile: Statement
    private let checkpoint: Statement
    private let extraTiles: Statement
    private let negative: Statement
    private let catalogue = Dictionary(uniqueKeysWithValues: Event.Kind.allCases.map { ($0.rawValue, EventCatalogue.entry($0)) })
    private var tree = TileTree()
    private var hash = SHA256()
    /// The kept checkpoint whose size the tree reaches next.
    private var nextCheckpoint: (size: Int, note: String)?
    private var isBroken = false

    var size: Int { tree.size }

    init(_ connection: Connection, _ replay: ProjectionReplay) throws(LedgerError) {
        self.replay = replay
        page = try connection.prepare("SELECT position, leaf_hash, record FROM entry WHERE position >= ? ORDER BY position LIMIT ?")
        tile = try connection.prepare("SELECT hash FROM tile_root WHERE level = ? AND position = ?")
        checkpoint = try connection.prepare("SELECT size, note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1")
        extraTiles = try connection.prepare("SELECT level, position FROM tile_root ORDER BY level, position")
        negative = try connection.prepare("SELECT position FROM entry WHERE position < 0 ORDER BY position")
    }

    func root() -> Digest { tree.root(&hash) }

    /// Checks the next page and gives the number of its rows.
    func checkPage(_ problems: inout ProblemList) throws(LedgerError) -> Int {
        if isBroken { return 0 }
        try page.bind(1, tree.size)
        try page.bind(2, LedgerVerifier.pageSize)
        defer { page.reset() }
        try findNextCheckpoint()
        var count = 0
        while try page.step() {
            count += 1
            let position = page.number(0)
            if position > tree.size { try bridge(to: position, &problems) }
            if isBroken { return 0 }
            try checkEntry(position, &problems)
        }
        try replay.commitPage()
        return count
    }

    /// Tile roots and entries that no check on the way came across.
    func checkRest(_ problems: inout ProblemList) throws(LedgerError) {
        while try negative.step() { problems.add(.unexpected, at: negative.number(0), "an entry has a negative position") }
        while try extraTiles.step() {
            let (level, position) = (extraTiles.number(0), extraTiles.number(1))
            let isPlaced = (0..<7).contains(level) && position >= 0 && position < tree.size >> (8 * (level + 1))
            if !isPlaced { problems.add(.unexpected, "tile root \(position) of level \(level) stands for entries that aren't there") }
        }
    }

    private func bridge(to position: Int, _ problems: inout ProblemList) throws(LedgerError) {
        problems.add(.missing, at: tree.size, "\(position - tree.size) entries are missing here")
        guard position - tree.size <= Self.largestGap else {
            isBroken = true
            return
        }
        while tree.size < position { try append(.zero, &problems) }
    }

    private func checkEntry(_ position: Int, _ problems: inout ProblemList) throws(LedgerError) {
        let leaf = page.withBlob(2) { hash.leaf($0) }
        if page.digest(1) != leaf {
            problems.add(.leafHash, at: position, "the record was changed: its hash isn't the one stored beside it")
        }
        switch page.withBlob(2, Self.parse) {
        case .success(let record): try check(record, position, &problems)
        case .failure(let flaw): problems.add(.record, at: position, "the record isn't in canonical form: \(flaw)")
        }
        try append(leaf, &problems)
    }

    private static func parse(_ bytes: UnsafeRawBufferPointer) -> Result<Record, RecordParser.Flaw> {
        do throws(RecordParser.Flaw) { return .success(try RecordParser.parse(bytes)) } catch { return .failure(error) }
    }

    private func check(_ record: Record, _ position: Int, _ problems: inout ProblemList) throws(LedgerError) {
        guard let entry = catalogue[record.kind] else { return problems.add(.record, at: position, "the kind '\(record.kind)' is unknown") }
        if let flaw = flaw(record, entry) { return problems.add(.record, at: position, "\(record.kind): \(flaw)") }
        if let flaw = try replay.apply(record, entry.kind, at: position) { problems.add(.order, at: position, flaw) }
    }

    private func flaw(_ record: Record, _ entry: EventCatalogue.Entry) -> String? {
        if entry.needsSubmission && record.submission == nil { return "it names no submission" }
        var known = 0
        for field in entry.fields {
            switch (record.fields[field.name], field.type) {
            case (.text, .text), (.number, .number): known += 1
            case (nil, _): if field.isRequired { return "'\(field.name)' is missing" }
            default: return "'\(field.name)' has the wrong type"
            }
        }
        return known == record.fields.count ? nil : "it has a field that its kind doesn't have"
    }

    private func append(_ leaf: Digest, _ problems: inout ProblemList) throws(LedgerError) {
        for finished in tree.append(leaf, &hash) { try check(finished, &problems) }
        guard let next = nextCheckpoint, tree.size == next.size else { return }
        try findNextCheckpoint()
        if CheckpointNote(next.note)?.root != tree.root(&hash) {
            problems.add(
                .head, at: tree.size - 1, "the first \(tree.size) entries no longer have the root of the checkpoint that left the machine")
        }
    }

    private func findNextCheckpoint() throws(LedgerError) {
        try checkpoint.bind(1, tree.size)
        nextCheckpoint = try checkpoint.step() ? (checkpoint.number(0), checkpoint.text(1)) : nil
        checkpoint.reset()
    }

    private func check(_ finished: TileTree.FinishedTile, _ problems: inout ProblemList) throws(LedgerError) {
        try tile.bind(1, finished.level)
        try tile.bind(2, finished.position)
        let isStored = try tile.step()
        let stored = isStored ? tile.digest(0) : nil
        tile.reset()
        guard stored != finished.root else { return }
        let width = 1 << (8 * (finished.level + 1))
        let first = finished.position * width
        problems.add(
            .tileRoot, at: first,
            "the root over entries \(first) to \(first + width - 1) \(isStored ? "isn't the stored one: a record or the root was changed" : "is missing")"
        )
    }
}
