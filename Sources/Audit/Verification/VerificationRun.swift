import Linux

/// One verification: entries in pages on several threads, and beside them the stored projections, all in short transactions; then the rest
/// with the head in one last transaction; then the replay.
final class VerificationRun {
    private let connection: Connection
    private let key: VerifierKey?
    private let total: Int
    private let entries: EntryCheck
    private let page: EntryPage
    private let projections: ProjectionJudgement
    private let newest: Statement
    private var problems = ProblemList()
    private var headNote: String?
    private var isSignatureVerified = false
    private var incompleteness: String?

    init(_ connection: Connection, _ key: VerifierKey?) throws(LedgerError) {
        self.connection = connection
        self.key = key
        newest = try connection.prepare("SELECT coalesce(max(position) + 1, 0) FROM entry")
        // A page that can't be read is told when the entries are.
        total = (try? Self.size(newest)) ?? 0
        projections = ProjectionJudgement(path: connection.path, size: total)
        entries = EntryCheck(projections.entries)
        page = try EntryPage(connection, key, projections.prints)
    }

    func verify(_ progress: (Int, Int) -> Void) {
        do throws(LedgerError) {
            let reading = try readPages(progress)
            try readRest(reading.sizes, progress)
            try connection.reading { () throws(LedgerError) in try judge(reading.sizes) }
            try projections.replay(reading.readFrom).tell(&problems, record)
            progress(entries.size, max(total, entries.size))
        } catch {
            problems.add(entries.takeProblems())
            switch error.code {
            case .write, .full: incompleteness = error.description
            default: problems.add(.unreadable, at: entries.size, error.what)
            }
        }
    }

    func result() -> LedgerVerification {
        LedgerVerification(
            size: entries.size, rootHash: entries.root().hexadecimal, headNote: headNote, isSignatureVerified: isSignatureVerified,
            incompleteness: incompleteness, problems: problems.problems, problemCount: problems.count)
    }

    // MARK: Reading

    /// The entries that there were at the start, and the projections beside them.
    private func readPages(_ progress: (Int, Int) -> Void) throws(LedgerError) -> ProjectionJudgement.Reading {
        let outcome = Monitor<Result<ProjectionJudgement.Reading, LedgerError>?>(nil)
        let read: @Sendable () -> Void = { [projections] in
            do throws(LedgerError) {
                let reading = try projections.readKept()
                outcome.withLock { $0 = .success(reading) }
            } catch {
                outcome.withLock { $0 = .failure(error) }
            }
        }
        let relay = PageRelay(entries, total: total)
        let count = Crew.count(pieces: relay.pageCount)
        let beside = count > 1 ? try? Thread(name: "verify-rows", read) : nil
        Crew.run(
            count, mine: { relay.work(page) { progress($0, total) } },
            theirs: { [path = connection.path, key, prints = projections.prints] in
                // Whoever can't have a connection of its own leaves the pages to the others.
                if let page = try? EntryPage(Connection(path: path, .reading), key, prints) { relay.work(page) }
            })
        if let beside { beside.join() } else { read() }
        if let failure = relay.failure { throw failure }
        // Set by the thread that was joined, or by this one.
        return try (outcome.read { $0 } ?? .success(ProjectionJudgement.Reading(sizes: [], readFrom: .init()))).get()
    }

    /// What was written since, but for the last few entries.
    private func readRest(_ sizes: [Int], _ progress: (Int, Int) -> Void) throws(LedgerError) {
        while try connection.reading({ () throws(LedgerError) in try readPage(sizes) }) > 0 { progress(entries.size, entries.size) }
    }

    /// - Returns: how many entries are left in the transaction's state.
    private func readPage(_ sizes: [Int]) throws(LedgerError) -> Int {
        let (first, size) = (entries.size, try Self.size(newest))
        guard size > first, !entries.isBroken else { return 0 }
        let boundary = sizes.first { $0 > first } ?? size
        try page.read(first..<min(first + EntryPage.capacity, boundary, size))
        try entries.take(page)
        return entries.isBroken ? 0 : size - entries.size
    }

    private static func size(_ newest: Statement) throws(LedgerError) -> Int {
        defer { newest.reset() }
        return try newest.step() ? newest.number(0) : 0
    }

    private func record(_ position: Int) throws(LedgerError) -> Record? {
        let rows = try connection.prepare("SELECT record FROM entry WHERE position = ?")
        try rows.bind(1, position)
        return try rows.step() ? rows.withBlob(0) { try? RecordParser.parse($0) } : nil
    }

    // MARK: Judging

    /// Everything in here sees one state of the database: the entries written since the last page are checked first.
    private func judge(_ sizes: [Int]) throws(LedgerError) {
        while try readPage(sizes) > 0 {}
        entries.finish()
        problems.add(entries.takeProblems())
        try SchemaCheck.check(connection, &problems)
        try checkRest()
        try checkCheckpoints()
        try checkHead()
        try projections.readOpen(connection)
    }

    /// Entries and tile roots that no check on the way came across.
    private func checkRest() throws(LedgerError) {
        let negative = try connection.prepare("SELECT position FROM entry WHERE position < 0 ORDER BY position")
        while try negative.step() { problems.add(.unexpected, at: negative.number(0), "an entry has a negative position") }
        let tiles = try connection.prepare("SELECT level, position FROM tile_root ORDER BY level, position")
        while try tiles.step() {
            let (level, position) = (tiles.number(0), tiles.number(1))
            let isPlaced = (0..<7).contains(level) && position >= 0 && position < entries.size >> (8 * (level + 1))
            if !isPlaced { problems.add(.unexpected, "tile root \(position) of level \(level) stands for entries that aren't there") }
        }
    }

    private func checkHead() throws(LedgerError) {
        headNote = try connection.text("SELECT note FROM head WHERE one = 1")
        guard let headNote, let head = CheckpointNote(headNote) else {
            return problems.add(.head, "the signed head is missing or isn't a checkpoint")
        }
        if let key {
            isSignatureVerified = head.isSigned(by: key)
            if !isSignatureVerified { problems.add(.signature, "the signed head doesn't bear the signature of \(key.name)") }
            if head.origin != key.name { problems.add(.head, "the signed head speaks of '\(head.origin)', not of '\(key.name)'") }
        }
        if head.size > entries.size {
            problems.add(
                .missing, at: entries.size, "the signed head covers \(head.size) entries: the last \(head.size - entries.size) are missing")
        } else if head.size < entries.size {
            problems.add(
                .unexpected, at: head.size, "the signed head covers \(head.size) entries: \(entries.size - head.size) more were added")
        } else if head.root != entries.root() {
            problems.add(.head, "the root hash of the entries isn't the one in the signed head: something was changed in them")
        }
    }

    /// Kept checkpoints that end at no entry; the others were checked on the way.
    private func checkCheckpoints() throws(LedgerError) {
        let rows = try connection.prepare("SELECT size FROM checkpoint WHERE size < 1 OR size > ? ORDER BY size")
        try rows.bind(1, entries.size)
        while try rows.step() {
            let size = rows.number(0)
            if size < 1 {
                problems.add(.unexpected, "a checkpoint is kept of size \(size), which covers no entry")
            } else {
                problems.add(.missing, at: entries.size, "a checkpoint covers \(size) entries")
            }
        }
    }
}
