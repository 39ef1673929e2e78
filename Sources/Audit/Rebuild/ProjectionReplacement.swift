import Hashing

/// Reads every entry once more and applies it to empty projections, exactly as it was applied when it was written; on the way the tree is
/// built over the records as they are read, and must end in the signed head. Runs inside the caller's transaction.
final class ProjectionReplacement {
    private static let pageSize = 4_096

    private let connection: Connection
    private let projections: Projections
    private let page: Statement
    private var frontier = MerkleFrontier()
    private var hash = SHA256()

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        projections = try Projections(connection)
        page = try connection.prepare("SELECT position, record FROM entry WHERE position >= ? ORDER BY position LIMIT \(Self.pageSize)")
    }

    func run() throws(LedgerError) {
        while try applyPage() == Self.pageSize {}
        guard let note = try connection.text("SELECT note FROM head WHERE one = 1").flatMap({ CheckpointNote($0) }),
            note.size == frontier.size, note.root == frontier.root(&hash)
        else { throw FrontierLoader.contradiction("the entries don't lead to the signed head", connection.path) }
    }

    /// - Returns: the number of its rows.
    private func applyPage() throws(LedgerError) -> Int {
        try page.bind(1, frontier.size)
        defer { page.reset() }
        projections.beginBatch()
        var count = 0
        while try page.step() {
            count += 1
            try apply(page.number(0), page.blob(1))
        }
        try projections.finishBatch()
        return count
    }

    private func apply(_ position: Int, _ record: [UInt8]) throws(LedgerError) {
        guard position == frontier.size, let event = Self.event(record) else {
            throw FrontierLoader.contradiction("entry \(frontier.size) is missing or can't be read", connection.path)
        }
        do throws(LedgerError) { try projections.apply(event, at: position) } catch {
            guard case .refused = error.code else { throw error }
            throw FrontierLoader.contradiction("entry \(position) contradicts those before it: \(error.what)", connection.path)
        }
        let leaf = record.withUnsafeBytes { hash.leaf($0) }
        try frontier.append(leaf, &hash) { (_) throws(LedgerError) in }
    }

    /// Who did it says nothing to the projections.
    private static func event(_ bytes: [UInt8]) -> Event? {
        guard let record = try? RecordParser.parse(bytes), let kind = Event.Kind(rawValue: record.kind) else { return nil }
        return Event(kind, submission: record.submission, record.fields)
    }
}
