import Glibc

/// Opens the database for its writer: creates it when new, and refuses anything but a ledger with the settings that durability needs.
struct LedgerFile {
    let connection: Connection
    private let lock: WriterLock

    /// - Parameters:
    ///   - lock: keeps other writers out for as long as this is used.
    ///   - firstHead: signs the head of the empty tree for a new ledger.
    init(path: String, lock: WriterLock, firstHead: () throws(LedgerError) -> String) throws(LedgerError) {
        self.lock = lock
        try Self.createEmpty(path)
        connection = try Connection(path: path, .writing)
        try Self.checkWritable(connection)
        try Self.makeDurable(connection)
        if try connection.number("PRAGMA application_id") == 0, try connection.number("SELECT count(*) FROM sqlite_schema") == 0 {
            try Self.create(connection, head: try firstHead())
            try FolderSync.sync(folderOf: path)
        }
        try Self.checkIdentity(connection)
    }

    /// The file itself, with the mode that its log and index then inherit: the group may read and verify.
    private static func createEmpty(_ path: String) throws(LedgerError) {
        let file = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o640)
        if file >= 0 {
            close(file)
        } else if errno != EEXIST {
            throw LedgerError(
                .open, "the ledger can't be created: \(String(cString: strerror(errno)))", path: path,
                remedy: "Check that the folder exists and that ecocd may write in it.")
        }
    }

    private static func checkWritable(_ connection: Connection) throws(LedgerError) {
        guard access(connection.path, R_OK | W_OK) == 0 else {
            throw LedgerError(.open, "the ledger is read-only", path: connection.path, remedy: "Give it to the user that ecocd runs as.")
        }
    }

    /// SQLite may answer a pragma with another value than asked for: each is read back.
    static func makeDurable(_ connection: Connection) throws(LedgerError) {
        guard try connection.text("PRAGMA journal_mode = WAL") == "wal", try connection.text("PRAGMA journal_mode") == "wal" else {
            throw LedgerError(
                .open, "the ledger's file system has no shared memory for SQLite's write-ahead log", path: connection.path,
                remedy: "Put the ledger on a local file system.")
        }
        try connection.require("PRAGMA synchronous", 2, setting: "PRAGMA synchronous = FULL")
        try connection.require("PRAGMA cache_size", -8_192, setting: "PRAGMA cache_size = -8192")
        connection.countLogPages()
    }

    private static func create(_ connection: Connection, head: String) throws(LedgerError) {
        try connection.run("BEGIN IMMEDIATE")
        for object in Schema.all { try connection.run(object.sql) }
        let insert = try connection.prepare("INSERT INTO head VALUES(1, ?)")
        try insert.bind(1, head)
        try insert.run()
        try connection.run("PRAGMA application_id = \(Schema.applicationID)")
        try connection.run("PRAGMA user_version = \(Schema.version)")
        try connection.run("COMMIT")
    }

    static func checkIdentity(_ connection: Connection) throws(LedgerError) {
        guard try connection.number("PRAGMA application_id") == Schema.applicationID else {
            throw LedgerError(.open, "this database isn't a ledger", path: connection.path, remedy: "Correct the path.")
        }
        let version = try connection.number("PRAGMA user_version")
        guard version == Schema.version else {
            throw LedgerError(
                .open, "the ledger has version \(version) and this ecocd writes version \(Schema.version)", path: connection.path,
                remedy: "Use the ecocd that wrote it.")
        }
    }
}
