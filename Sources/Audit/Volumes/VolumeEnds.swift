import Hashing

/// How a volume begins and ends: what links it with its neighbours.
struct VolumeEnds {
    /// The newest head.
    let head: CheckpointNote
    let first: Record?
    let last: Record?

    /// Reads one; nil when the file isn't a ledger yet, as in the moment of its creation.
    init?(_ path: String) throws(LedgerError) {
        let connection = try Connection(path: path, .reading)
        guard try connection.number("PRAGMA application_id") == Schema.applicationID else { return nil }
        guard let head = try connection.text("SELECT note FROM head WHERE one = 1").flatMap({ CheckpointNote($0) }) else {
            throw FrontierLoader.contradiction("the signed head is missing or isn't a checkpoint", path)
        }
        self.head = head
        first = try Self.record("SELECT record FROM entry WHERE position = 0", connection)
        last = try Self.record("SELECT record FROM entry ORDER BY position DESC LIMIT 1", connection)
    }

    private static func record(_ sql: String, _ connection: Connection) throws(LedgerError) -> Record? {
        let statement = try connection.prepare(sql)
        defer { statement.reset() }
        return try statement.step() ? try? RecordParser.parse(statement.blob(0)) : nil
    }

    /// Whether its last entry says that nothing comes after.
    var isClosed: Bool { last?.kind == Event.Kind.volumeClosed.rawValue }

    /// Whether it names a volume before it.
    var hasPredecessor: Bool { first?.kind == Event.Kind.volumeOpened.rawValue }

    /// The year that it is for: the one named when it was opened, otherwise that of its first entry.
    var year: Int? { first?.number("year") ?? first.flatMap { Int($0.time.prefix(4)) } }

    /// What contradicts that this volume follows that one; nil when each names the other.
    func flaw(asSuccessorOf older: VolumeEnds) -> String? {
        guard older.isClosed else { return "the volume before it was never closed" }
        guard older.last?.text("next") == head.origin else {
            return "the volume before it names '\(older.last?.text("next") ?? "")' as the next one"
        }
        guard hasPredecessor else { return "its first entry doesn't name the volume before it" }
        guard first?.text("previous") == older.head.origin, first?.number("size") == older.head.size,
            first?.text("root") == older.head.root.hexadecimal
        else { return "the volume before it isn't the one that its first entry names, or was changed after it was closed" }
        return nil
    }
}
