import Audit

/// What was recorded since the last look, gathered by submission.
struct WatchFeed {
    /// One step of one submission, or so many certificates' same step.
    struct Step: Encodable, Equatable {
        /// Of the newest entry.
        var at: String
        var position: Int
        var submission: String?
        var source: String?
        var file: String?
        var kind: String
        /// Certificates or records; nil for a step of the submission or the daemon.
        var count: Int?
        var detail: String?
    }

    private let reader: LedgerReader
    private let source: String?
    private var position: Int
    private var known: [String: SubmissionState] = [:]

    private static let page = 4_096

    /// - Parameter position: the first entry to look at.
    init(reader: LedgerReader, source: String?, position: Int) {
        (self.reader, self.source, self.position) = (reader, source, position)
    }

    /// What is on its way now, oldest first.
    func unfinished() throws(LedgerError) -> [SubmissionState] {
        var found: [SubmissionState] = []
        for stage in ["tmp", "ingest", "validate", "generate", "hold", "sign", "publish"] {
            found += try reader.submissions(source: source, stage: stage, limit: 100)
        }
        return found.sorted { $0.id < $1.id }
    }

    mutating func next() throws(LedgerError) -> [Step] {
        var steps: [Step] = []
        while true {
            let entries = try reader.entries(position..<position + Self.page)
            for entry in entries { try add(entry, &steps) }
            position += entries.count
            if entries.count < Self.page { return steps }
        }
    }

    private mutating func add(_ entry: LedgerEntry, _ steps: inout [Step]) throws(LedgerError) {
        guard let record = entry.record, let kind = Event.Kind(rawValue: record.kind), Self.isShown(kind) else { return }
        let state = try record.submission.flatMap { (id) throws(LedgerError) in try submission(id) }
        if let source, state?.source != source { return }
        let isCounted = record.fields["vin"] != nil || record.fields["row"] != nil
        var detail = Self.detail(kind, record)
        if isCounted { detail = record.text("destination").map { "\(kind == .published ? "to" : "from") \($0)" } }
        if kind == .acknowledged { detail = "\(record.text("outcome") ?? "") by \(record.text("destination") ?? "")" }
        if isCounted,
            let index = steps.lastIndex(where: { $0.submission == record.submission && $0.kind == record.kind && $0.detail == detail })
        {
            steps[index].count = (steps[index].count ?? 0) + 1
            (steps[index].at, steps[index].position) = (record.time, entry.position)
            return
        }
        steps.append(
            Step(
                at: record.time, position: entry.position, submission: record.submission, source: state?.source, file: state?.name,
                kind: record.kind, count: isCounted ? 1 : nil, detail: detail))
    }

    /// A step that only announces another isn't worth a line.
    private static func isShown(_ kind: Event.Kind) -> Bool {
        switch kind {
        case .moving, .claimed, .publishing, .referenceReceived, .referenceActivated, .keyUsed: false
        default: true
        }
    }

    private static func detail(_ kind: Event.Kind, _ record: Record) -> String? {
        switch kind {
        case .received: record.number("size").map { "\($0) bytes" }
        case .moved: record.text("to").map { "to \($0)" }
        case .rejected: record.text("rules")
        case .reported: record.text("name")
        case .declaredLost: record.text("reason")
        case .recovered, .incident: record.text("what")
        case .started: record.text("version").map { "ecocd \($0)" }
        case .stopped: record.text("reason")
        case .configured: record.text("path")
        default: nil
        }
    }

    private mutating func submission(_ id: String) throws(LedgerError) -> SubmissionState? {
        if let state = known[id] { return state }
        if known.count > 1_000 { known = [:] }
        let state = try reader.submission(id)
        known[id] = state
        return state
    }
}
