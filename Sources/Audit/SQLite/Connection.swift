internal import CSQLite
import Glibc
import Linux

/// One SQLite connection, used by one thread at a time. Closed with its last reference; statements keep it alive.
final class Connection {
    enum Purpose { case writing, reading }

    let path: String
    private let purpose: Purpose
    private let handle: OpaquePointer

    /// How long others are waited for, in milliseconds.
    private static let patience: Int32 = 5_000

    /// Without its count of memory, which takes a lock of the whole process at each allocation. Asked for before the first connection; where
    /// somebody else has used SQLite before, the count stays, which costs only time.
    private static let countsNoMemory = ecocd_sqlite3_forgo_memory_statistics() == SQLITE_OK

    /// Pages in the write-ahead log after the newest commit of this connection.
    private let logPages: UnsafeMutablePointer<Int32>

    /// - Parameter create: whether to make a missing database. A reading connection can never write or checkpoint.
    init(path: String, _ purpose: Purpose, create: Bool = false) throws(LedgerError) {
        _ = Self.countsNoMemory
        self.path = path
        self.purpose = purpose
        logPages = .allocate(capacity: 1)
        logPages.initialize(to: 0)
        let access = purpose == .reading ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | (create ? SQLITE_OPEN_CREATE : 0)
        var opened: OpaquePointer?
        let layer = purpose == .writing ? GatheringLog.name : nil
        let code = sqlite3_open_v2(path, &opened, access | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, layer)
        guard let opened, code == SQLITE_OK else {
            let reason = String(cString: sqlite3_errstr(code))
            sqlite3_close_v2(opened)
            logPages.deallocate()
            throw LedgerError(
                .open, "the ledger can't be opened: \(reason)", path: path, remedy: "Check the path and who may read and write it.")
        }
        handle = opened
        try check(ecocd_sqlite3_set_defensive(handle), "protecting the schema")
        try check(sqlite3_busy_timeout(handle, Self.patience), "setting the waiting time")
        try run(purpose == .reading ? "PRAGMA query_only = 1" : "PRAGMA temp_store = MEMORY")
        try require("PRAGMA trusted_schema", 0, setting: "PRAGMA trusted_schema = 0")
    }

    deinit {
        // v2 waits for statements that still hold the connection; its code says nothing more.
        sqlite3_close_v2(handle)
        logPages.deallocate()
    }

    func prepare(_ sql: String) throws(LedgerError) -> Statement {
        var prepared: OpaquePointer?
        try check(sqlite3_prepare_v3(handle, sql, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &prepared, nil), "preparing")
        guard let prepared else {
            throw LedgerError(.corrupt, "an empty statement was prepared", path: path, remedy: "This is a fault in ecocd: report it.")
        }
        return Statement(adopting: prepared, of: self)
    }

    /// Runs statements that give no rows worth reading.
    func run(_ sql: String) throws(LedgerError) { try check(sqlite3_exec(handle, sql, nil, nil, nil), "running") }

    /// The one number that a statement gives.
    func number(_ sql: String) throws(LedgerError) -> Int {
        let statement = try prepare(sql)
        return try statement.step() ? statement.number(0) : 0
    }

    /// The one text that a statement gives.
    func text(_ sql: String) throws(LedgerError) -> String? {
        let statement = try prepare(sql)
        return try statement.step() ? statement.optionalText(0) : nil
    }

    /// Sets a pragma and refuses to go on unless it then reads back as wanted.
    func require(_ query: String, _ wanted: Int, setting: String) throws(LedgerError) {
        try run(setting)
        guard try number(query) == wanted else {
            throw LedgerError(
                .open, "SQLite didn't take '\(setting)'", path: path, remedy: "Use the SQLite library that this system ships.")
        }
    }

    /// Rows that the last statement changed, triggers left out.
    var changes: Int { Int(sqlite3_changes64(handle)) }

    /// What the connection does in a transaction that ends with `ROLLBACK`; used for short consistent reads.
    func reading<Result>(_ body: () throws(LedgerError) -> Result) throws(LedgerError) -> Result {
        try run("BEGIN")
        do throws(LedgerError) {
            let result = try body()
            try run("ROLLBACK")
            return result
        } catch {
            // The first error is the one to tell; the transaction holds nothing that could be lost.
            try? run("ROLLBACK")
            throw error
        }
    }

    // MARK: Write-ahead log

    /// Takes checkpoints out of SQLite's hands, which ignores their errors; `logSize` then counts.
    func countLogPages() {
        sqlite3_wal_hook(
            handle,
            { context, _, _, pages in
                context?.assumingMemoryBound(to: Int32.self).pointee = pages
                return SQLITE_OK
            }, logPages)
    }

    var logSize: Int { Int(logPages.pointee) }

    /// Copies the log into the database as far as readers allow.
    func foldLog() throws(LedgerError) { try checkpoint(SQLITE_CHECKPOINT_PASSIVE) }

    /// Waits at most so many milliseconds for the readers of the log, so that it begins anew. Readers that come meanwhile need it no more.
    func restartLog(waiting milliseconds: Int32) throws(LedgerError) {
        sqlite3_busy_timeout(handle, milliseconds)
        defer { sqlite3_busy_timeout(handle, Self.patience) }
        try checkpoint(SQLITE_CHECKPOINT_RESTART)
    }

    /// Leaves an empty log behind.
    func truncateLog() throws(LedgerError) { try checkpoint(SQLITE_CHECKPOINT_TRUNCATE) }

    private func checkpoint(_ mode: Int32) throws(LedgerError) {
        let code = sqlite3_wal_checkpoint_v2(handle, nil, mode, nil, nil)
        if code & 0xFF != SQLITE_BUSY { try check(code, "folding in the write-ahead log") }
    }

    /// Puts the whole log into the database and removes it. False when another connection is open anywhere, and then nothing has changed.
    func leaveLog() throws(LedgerError) -> Bool {
        sqlite3_busy_timeout(handle, 200)
        defer { sqlite3_busy_timeout(handle, 5_000) }
        let code = sqlite3_exec(handle, "PRAGMA journal_mode = DELETE", nil, nil, nil)
        if [SQLITE_BUSY, SQLITE_LOCKED].contains(code & 0xFF) { return false }
        try check(code, "leaving the write-ahead log")
        return try text("PRAGMA journal_mode") == "delete"
    }

    /// After a failed write nothing more may be written, not even at closing.
    func forgoCheckpointAtClose() throws(LedgerError) {
        try check(ecocd_sqlite3_set_no_checkpoint_on_close(handle), "preparing to close")
    }

    // MARK: Errors

    /// The writer's lock is on the index of the log, that of somebody who wants the ledger alone on the database.
    private func locked() -> LedgerError {
        let holders = LockHolders.writers(of: [path, path + "-shm"]).map(\.description)
        let who = holders.isEmpty ? "another process" : holders.joined(separator: " and ")
        return LedgerError(
            .locked, "\(who) holds the ledger locked", path: path,
            remedy: "ecocd goes on when it lets go of it. End that process if nobody needs it; 'fuser' names those that have the file open."
        )
    }

    func check(_ code: Int32, _ operation: String) throws(LedgerError) {
        guard code != SQLITE_OK else { return }
        let reason = "\(String(cString: sqlite3_errmsg(handle))) [\(code)]"
        let isOutOfSpace = code & 0xFF == SQLITE_IOERR && [ENOSPC, EDQUOT].contains(sqlite3_system_errno(handle))
        switch isOutOfSpace ? SQLITE_FULL : code & 0xFF {
        case SQLITE_FULL:
            throw LedgerError(.full, "no space is left for the ledger: \(reason)", path: path, remedy: "Make room and restart ecocd.")
        case SQLITE_BUSY: throw locked()
        case SQLITE_CORRUPT, SQLITE_NOTADB:
            throw LedgerError(
                .corrupt, "the ledger's file is damaged: \(reason)", path: path,
                remedy: "Keep the file as evidence, verify it, and restore the last backup.")
        default: break
        }
        throw purpose == .writing
            ? LedgerError(.write, "the ledger failed in \(operation): \(reason)", path: path, remedy: "Check the disk, then restart ecocd.")
            : LedgerError(
                .read, "reading the ledger failed in \(operation): \(reason)", path: path, remedy: "Check the disk and permissions.")
    }
}
