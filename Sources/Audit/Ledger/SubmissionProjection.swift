/// The table `submission`: where each one is and how its records fared. Counts are gathered over a batch and written once.
final class SubmissionProjection {
    private struct Change {
        var stage: String?
        var validated = 0
        var rejected = 0
        var sealed = 0
        var published = 0
        var refused = 0
        var reported = 0
        var last = 0
    }

    /// The stage of a submission whose directory is gone for good, as an administrator says.
    static let lost = "lost"

    private let connection: Connection
    private let isInWork: Statement
    private let insert: Statement
    private let updateStage: Statement
    private let updateCounts: Statement
    private var changes: [(id: String, change: Change)] = []

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        isInWork = try connection.prepare(
            "SELECT 1 FROM submission WHERE id = ? AND stage NOT IN ('archive', 'rejected', '\(Self.lost)')")
        insert = try connection.prepare(
            "INSERT INTO submission VALUES(?, ?, ?, ?, ?, 'tmp', 0, 0, 0, 0, 0, 0, ?6, ?6) ON CONFLICT DO NOTHING")
        // An index has the stage, and SQLite writes its page whenever a statement sets the column, though to the same value.
        let counts = """
            validated = validated + ?3, rejected = rejected + ?4, sealed = sealed + ?5, published = published + ?6, \
            refused = max(refused, ?7), reported = max(reported, ?8), last = ?9 WHERE id = ?1
            """
        updateCounts = try connection.prepare("UPDATE submission SET \(counts)")
        updateStage = try connection.prepare(
            "UPDATE submission SET stage = coalesce(?2, CASE WHEN ?7 AND stage = 'tmp' THEN 'rejected' ELSE stage END), \(counts)")
    }

    /// Forgets what a refused batch left.
    func begin() { changes.removeAll(keepingCapacity: true) }

    func add(_ event: Event, _ position: Int) throws(LedgerError) {
        try insert.bind(1, event.submission)
        try insert.bind(2, event.text("source"))
        try insert.bind(3, event.text("name"))
        try insert.bind(4, event.number("size"))
        try insert.bind(5, event.text("sha256"))
        try insert.bind(6, position)
        try insert.run()
        guard connection.changes == 1 else { throw .refused(.submissionExists(event.submission ?? ""), path: connection.path) }
    }

    /// Only of what is in work can be said that it is lost.
    func checkInWork(_ event: Event) throws(LedgerError) {
        // What this batch did before counts, too.
        try flush()
        try isInWork.bind(1, event.submission)
        defer { isInWork.reset() }
        guard try isInWork.step() else { throw .refused(.notInWork(event.submission ?? ""), path: connection.path) }
    }

    func apply(_ event: Event, _ position: Int) throws(LedgerError) {
        // What comes after publication may come years later: it doesn't make a submission's part of the ledger longer.
        guard let id = event.submission, event.kind != .collected, event.kind != .acknowledged else { return }
        // Batches are of one submission, or of few.
        let index = changes.lastIndex { $0.id == id } ?? changes.endIndex
        if index == changes.endIndex { changes.append((id, Change())) }
        change(&changes[index].change, by: event, position)
    }

    private func change(_ change: inout Change, by event: Event, _ position: Int) {
        switch event.kind {
        case .moved: change.stage = event.text("to")
        case .declaredLost: change.stage = Self.lost
        case .validated: change.validated += 1
        case .sealed: change.sealed += 1
        case .published: change.published += 1
        case .reported: change.reported = 1
        case .rejected:
            if event.fields["row"] != nil { change.rejected += 1 } else { change.refused = 1 }
        case .received, .claimed, .moving, .generated, .publishing, .configured, .recovered, .incident, .started, .stopped,
            .referenceReceived, .referenceActivated, .referenceSuperseded, .referenceRetired, .keyUsed, .corrected, .held, .released,
            .withdrawn, .findingWaived, .collected, .acknowledged,
            .anchored, .ledgerRestored, .carried, .carriedDelivery, .backedUp, .volumeClosed, .volumeOpened:
            break
        }
        change.last = position
    }

    func flush() throws(LedgerError) {
        for (id, change) in changes {
            let update = change.stage != nil || change.refused > 0 ? updateStage : updateCounts
            try update.bind(1, id)
            try update.bind(2, change.stage)
            for (index, count) in [
                change.validated, change.rejected, change.sealed, change.published, change.refused, change.reported, change.last,
            ].enumerated() { try update.bind(Int32(index + 3), count) }
            try update.run()
        }
        changes.removeAll(keepingCapacity: true)
    }
}
