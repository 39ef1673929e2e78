import Hashing

/// Stores batches: one transaction for a group, with finished tile roots, projections and the newly signed head. Used by one thread.
final class LedgerWriter {
    private let logLimits: LogLimits
    /// The length at which folding in the log is tried again, after readers were in the way.
    private var nextFolding: Int
    private let file: LedgerFile
    private let head: HeadSigner
    private let projections: Projections
    private let older: OlderVolumes
    private let pace: LedgerPace
    /// Nil once the log was left: from then on the volume is closed, and its file is moved.
    private var place: LedgerPlace?
    private let inWork: Statement
    private var frontier: MerkleFrontier
    private var hash: SHA256

    private let begin: Statement
    private let commitTransaction: Statement
    private let rollback: Statement
    private let savepoint: Statement
    private let release: Statement
    private let rollbackToSavepoint: Statement
    private let insertEntry: Statement
    private let insertTile: Statement
    private let replaceHead: Statement
    private let keepHead: Statement
    private let anchors: AnchorStore

    /// The newest signed head that is on disk.
    private(set) var newestHead = ""

    private var connection: Connection { file.connection }

    /// - Parameters:
    ///   - older: the closed volumes, whose identities may not come again.
    ///   - pace: is told how long commits take, and what they wait for.
    init(
        path: String, head: HeadSigner, lock: WriterLock, older: OlderVolumes, pace: LedgerPace = .untold,
        logLimits: LogLimits = .standard
    ) throws(LedgerError) {
        self.pace = pace
        self.logLimits = logLimits
        nextFolding = logLimits.long
        var hash = SHA256()
        let emptyRoot = MerkleFrontier().root(&hash)
        let file = try LedgerFile(path: path, lock: lock) { () throws(LedgerError) in try head.note(size: 0, root: emptyRoot) }
        let connection = file.connection
        begin = try connection.prepare("BEGIN IMMEDIATE")
        commitTransaction = try connection.prepare("COMMIT")
        rollback = try connection.prepare("ROLLBACK")
        savepoint = try connection.prepare("SAVEPOINT batch")
        release = try connection.prepare("RELEASE batch")
        rollbackToSavepoint = try connection.prepare("ROLLBACK TO batch")
        insertEntry = try connection.prepare("INSERT INTO entry VALUES(?, ?, ?)")
        insertTile = try connection.prepare("INSERT INTO tile_root VALUES(?, ?, ?)")
        replaceHead = try connection.prepare("UPDATE head SET note = ? WHERE one = 1")
        keepHead = try connection.prepare("INSERT INTO checkpoint VALUES(?, ?)")
        anchors = try AnchorStore(connection)
        projections = try Projections(connection)
        self.older = older
        inWork = try connection.prepare(
            """
            SELECT 1 FROM open_move UNION ALL SELECT 1 FROM receipt UNION ALL SELECT 1 FROM submission WHERE stage < 'archive' \
            OR (stage > 'archive' AND stage < 'lost') OR (stage > 'lost' AND stage < 'rejected') OR stage > 'rejected' LIMIT 1
            """)
        frontier = try FrontierLoader.load(connection, &hash)
        self.file = file
        self.head = head
        self.hash = hash
        try checkHead()
        place = try LedgerPlace(ofOpened: path)
    }

    /// Commits a group durably, and looks whether it is where the ledger's name leads to. A batch that the ledger refuses leaves nothing, and
    /// the others go through; any other error means that nothing of the group may be relied on and that this writer must not be used again.
    func commit(_ batches: [EventBatch]) throws(LedgerError) -> [Result<Range<Int>, LedgerError>] {
        let outcomes = try write(batches)
        // After the commit: what was written into a file that had lost its name by then isn't told to be on record.
        do throws(LedgerError) { try place?.confirm() } catch {
            guard error.code == .replaced, let place else { throw error }
            throw LedgerRescue(connection: connection, place: place).keep(after: error)
        }
        return outcomes
    }

    private func write(_ batches: [EventBatch]) throws(LedgerError) -> [Result<Range<Int>, LedgerError>] {
        guard batches.contains(where: { !$0.events.isEmpty }) else { return batches.map { _ in .success(frontier.size..<frontier.size) } }
        let before = frontier
        try beginWhenFree()
        pace.begin()
        var isDone = false
        defer { pace.end(isDone) }
        do throws(LedgerError) {
            var outcomes: [Result<Range<Int>, LedgerError>] = []
            if batches.count == 1 {
                outcomes.append(try appendAlone(batches[0]))
            } else {
                for batch in batches { outcomes.append(try appendOrRefuse(batch)) }
            }
            if frontier.size == before.size {
                try rollback.run()
            } else {
                let note = try signHead()
                if isSealing(batches, outcomes) { try keep(note) }
                try commitTransaction.run()
                newestHead = note
                // The log has begun anew since it was folded in, whoever asks for that next.
                if connection.logSize < logLimits.long { nextFolding = logLimits.long }
                isDone = true
            }
            return outcomes
        } catch {
            frontier = before
            // The first error is the one to tell; SQLite may have rolled back already.
            try? rollback.run()
            throw error
        }
    }

    /// Begins a transaction, and waits for who holds the ledger locked until it lets go or nobody wants to wait any more.
    private func beginWhenFree() throws(LedgerError) {
        while true {
            do throws(LedgerError) {
                try begin.run()
                return pace.unblocked()
            } catch {
                begin.reset()
                guard error.code == .locked, pace.waits(for: error) else { throw error }
            }
        }
    }

    /// Whether `foldLogWhenLong` would do something.
    var wantsFolding: Bool { connection.logSize >= nextFolding }

    /// Bounds the write-ahead log, which begins anew only in a moment in which nobody reads from it. Called after the callers have been
    /// answered.
    func foldLogWhenLong() throws(LedgerError) {
        guard wantsFolding else { return }
        let length = connection.logSize
        if length >= logLimits.tooLong { try connection.restartLog(waiting: logLimits.patience) } else { try connection.foldLog() }
        nextFolding = length + logLimits.long / 4
    }

    func close() throws(LedgerError) { try connection.truncateLog() }

    /// After a failed write the database is left as it is on disk.
    func abandon() {
        // A connection that can't even take this setting has nothing left to lose; the failure has been told.
        try? connection.forgoCheckpointAtClose()
    }

    /// Whether every submission of this volume has come to its end.
    func hasNothingInWork() throws(LedgerError) -> Bool {
        defer { inWork.reset() }
        return try !inWork.step()
    }

    /// Folds in the write-ahead log and does without it from now on. False when somebody else has the database open.
    func leaveLog() throws(LedgerError) -> Bool {
        guard try connection.leaveLog() else { return false }
        place = nil
        return true
    }

    // MARK: One batch

    /// Needs no savepoint, which would copy every page before it changes: when nothing was added, the transaction is rolled back.
    private func appendAlone(_ batch: EventBatch) throws(LedgerError) -> Result<Range<Int>, LedgerError> {
        let before = frontier
        do throws(LedgerError) {
            try append(batch)
            return .success(before.size..<frontier.size)
        } catch {
            guard case .refused = error.code else { throw error }
            frontier = before
            return .failure(error)
        }
    }

    private func appendOrRefuse(_ batch: EventBatch) throws(LedgerError) -> Result<Range<Int>, LedgerError> {
        let before = frontier
        try savepoint.run()
        do throws(LedgerError) {
            try append(batch)
            try release.run()
            return .success(before.size..<frontier.size)
        } catch {
            guard case .refused = error.code else { throw error }
            frontier = before
            try rollbackToSavepoint.run()
            try release.run()
            return .failure(error)
        }
    }

    private func append(_ batch: EventBatch) throws(LedgerError) {
        let first = frontier.size
        projections.beginBatch()
        try insertRecords(batch)
        for (index, event) in batch.events.enumerated() {
            try older.check(event, connection.path)
            try projections.apply(event, at: first + index)
        }
        for leaf in batch.leafHashes {
            try frontier.append(leaf, &hash) { (tile) throws(LedgerError) in try insert(tile) }
        }
        if let anchor = batch.anchor { try anchors.store(anchor, at: first) }
        try projections.finishBatch()
    }

    private func insertRecords(_ batch: EventBatch) throws(LedgerError) {
        let first = frontier.size
        let code = batch.bytes.withUnsafeBytes { bytes in
            var start = 0
            for (index, end) in batch.ends.enumerated() {
                let record = UnsafeRawBufferPointer(rebasing: bytes[start..<end])
                let code = batch.leafHashes[index].withUnsafeBytes { insertEntry(first + index, $0, record) }
                if code != 0 { return code }
                start = end
            }
            return 0
        }
        try insertEntry.check(code, "recording")
    }

    private func insertEntry(_ position: Int, _ leafHash: UnsafeRawBufferPointer, _ record: UnsafeRawBufferPointer) -> Int32 {
        for code in [insertEntry.bindInPlace(1, position), insertEntry.bindInPlace(2, leafHash), insertEntry.bindInPlace(3, record)]
        where code != 0 {
            return code
        }
        return insertEntry.runInPlace()
    }

    private func insert(_ tile: MerkleFrontier.TileRoot) throws(LedgerError) {
        try insertTile.bind(1, tile.level)
        try insertTile.bind(2, tile.position)
        try insertTile.bind(3, tile.hash)
        try insertTile.run()
    }

    private func signHead() throws(LedgerError) -> String {
        let note = try head.note(size: frontier.size, root: frontier.root(&hash))
        try replaceHead.bind(1, note)
        try replaceHead.run()
        guard connection.changes == 1 else { throw FrontierLoader.contradiction("the signed head is missing", connection.path) }
        return note
    }

    /// Whether certificates were sealed: the proofs in their bundles lead to this commit's head.
    private func isSealing(_ batches: [EventBatch], _ outcomes: [Result<Range<Int>, LedgerError>]) -> Bool {
        zip(batches, outcomes).contains { batch, outcome in
            if case .success = outcome { batch.events.contains { $0.kind == .sealed } } else { false }
        }
    }

    private func keep(_ note: String) throws(LedgerError) {
        try keepHead.bind(1, frontier.size)
        try keepHead.bind(2, note)
        try keepHead.run()
    }

    /// Ed25519 signatures are deterministic: the same tree, origin and key give the same note, byte for byte.
    private func checkHead() throws(LedgerError) {
        let stored = try connection.text("SELECT note FROM head")
        let expected = try head.note(size: frontier.size, root: frontier.root(&hash))
        guard stored != expected else {
            newestHead = expected
            return
        }
        let storedBody = stored?.split(separator: "\n").prefix(3), expectedBody = expected.split(separator: "\n").prefix(3)
        throw FrontierLoader.contradiction(
            storedBody == expectedBody
                ? "the newest head isn't signed with this key" : "the signed head and the entries disagree on origin, size or root",
            connection.path)
    }
}
