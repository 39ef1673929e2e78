/// The projections by their names in the database.
enum ProjectionTable: String, Sendable, CaseIterable {
    case certificate, submission, receipt, rejection, delivery, acknowledgement, landmark
    case openMove = "open_move"
}

/// What the replay found wrong, still without the names that only entries tell.
struct ReplayFindings: Sendable {
    enum Verdict: Sendable { case unfounded, different, doubled }

    enum Finding: Sendable {
        /// Events follow each other as no ecocd writes them.
        case order(Int, String)
        /// A stored row isn't what the entries make it; with its name.
        case stored(ProjectionTable, Verdict, Int, String)
        /// A row that the entry at the position asks for isn't there.
        case missing(ProjectionTable, position: Int)
        /// An index and its table disagree on the row whose newest entry stands at the position; nil where it has no row.
        case index(ProjectionScan, Int?)

        var position: Int {
            switch self {
            case .order(let position, _), .stored(_, _, let position, _), .missing(_, let position): position
            case .index(_, let position): position ?? .max
            }
        }
    }

    private(set) var kept: [Finding] = []
    private(set) var count = 0

    mutating func add(_ finding: Finding) {
        count += 1
        if kept.count < LedgerVerification.largestProblemCount { kept.append(finding) }
    }

    mutating func add(_ others: ReplayFindings) {
        count += others.count
        kept += others.kept
    }

    /// Tells them in the order of their entries. `record` gives an entry's record, to name the rows that are missing.
    func tell(_ problems: inout ProblemList, _ record: (Int) throws(LedgerError) -> Record?) throws(LedgerError) {
        let sorted = kept.sorted { $0.position < $1.position }.prefix(LedgerVerification.largestProblemCount)
        for finding in sorted {
            switch finding {
            case .order(let position, let sentence): problems.add(.order, at: position, sentence)
            case .stored(let table, let verdict, let position, let name):
                problems.add(.projection, at: position, "\(table.rawValue) \(name) \(Self.sentence(verdict))")
            case .missing(let table, let position):
                let name = try record(position).map { Self.name(table, $0, position) } ?? "of entry \(position)"
                problems.add(.projection, at: position, "\(table.rawValue) \(name) is missing in the projection")
            case .index(let scan, let position):
                let name = try position.flatMap { (at) throws(LedgerError) in try record(at).map { Self.name(scan.table, $0, at) } }
                problems.add(
                    .unreadable, at: position,
                    "the index '\(scan.index ?? "")' is damaged: it and the table disagree on \(name.map { "'\($0)'" } ?? "a row that isn't there")"
                )
            }
        }
        problems.addUnkept(count - sorted.count)
    }

    private static func sentence(_ verdict: Verdict) -> String {
        switch verdict {
        case .unfounded: "is in the projection, but not in the entries"
        case .different: "differs from the entries"
        case .doubled: "is in the projection twice"
        }
    }

    private static func name(_ table: ProjectionTable, _ record: Record, _ position: Int) -> String {
        switch table {
        case .certificate: "\(record.text("vin") ?? "") \(record.number("stage") ?? 0) \(record.number("version") ?? 0)"
        case .delivery, .acknowledgement:
            "\(record.text("vin") ?? "") \(record.number("stage") ?? 0) \(record.number("version") ?? 0) \(record.text("destination") ?? "")"
        case .submission, .receipt, .openMove: record.submission ?? ""
        case .rejection: "\(position)"
        case .landmark: "of entry \(position)"
        }
    }
}
