import Linux

/// The files that a writer has open, so that it notices when their names lead elsewhere: somebody replaced, moved or deleted the ledger
/// under it, and what it writes would be gone with its descriptors. Used by one thread at a time.
struct LedgerPlace {
    private let path: String
    private let database: FileStatus
    private var log: FileStatus?

    private var logPath: String { path + "-wal" }

    /// Notes the files just opened.
    init(ofOpened path: String) throws(LedgerError) {
        self.path = path
        guard let database = try Self.status(path) else { throw Self.gone(path, path) }
        self.database = database
        log = try Self.status(logPath)
    }

    /// - Throws: `replaced` when a name leads to another file or to none. Two lookups.
    mutating func confirm() throws(LedgerError) {
        guard let now = try Self.status(path) else { throw Self.gone(path, path) }
        guard now.isSameFile(as: database) else { throw Self.replaced(path, path) }
        let logNow = try Self.status(logPath)
        // The log of a new ledger comes with its first commit.
        guard let log else { return self.log = logNow }
        guard let logNow else { throw Self.gone(logPath, path) }
        guard logNow.isSameFile(as: log) else { throw Self.replaced(logPath, path) }
    }

    /// Takes the writer's own log away from a database that isn't its own: SQLite would lay its pages over that one at the next opening.
    ///
    /// - Returns: the log's new path, or nil where it was left: it isn't beside another database, or isn't the writer's any more.
    func putLogAside(as name: String) -> String? {
        guard let log, let now = try? Self.status(logPath), now.isSameFile(as: log) else { return nil }
        if let other = try? Self.status(path), other.isSameFile(as: database) { return nil }
        let (folder, logName) = LedgerBackup.split(logPath)
        let moved: Void? = try? { () throws(SystemError) in
            let directory = try Directory(folder)
            try directory.renameNoReplace(logName, to: directory, as: name)
            try directory.sync()
        }()
        return moved.map { "\(folder)/\(name)" }
    }

    private static func status(_ path: String) throws(LedgerError) -> FileStatus? {
        do { return try FileStatus.ifPresent(path) } catch {
            throw LedgerError(.read, "ecocd \(error)", path: path, remedy: "Check the disk and the folder, then restart ecocd.")
        }
    }

    private static func gone(_ file: String, _ path: String) -> LedgerError { contradiction("'\(file)' is gone", path) }

    private static func replaced(_ file: String, _ path: String) -> LedgerError {
        contradiction("'\(file)' is another file than the one that ecocd has open", path)
    }

    private static func contradiction(_ what: String, _ path: String) -> LedgerError {
        LedgerError(
            .replaced, "somebody moved, replaced or deleted the ledger under the running daemon: \(what)", path: path,
            remedy: "Nothing more is recorded or published. Put the right ledger in place before ecocd starts again "
                + "(docs/operations.md, 'Restore').")
    }
}
