import Audit

/// One submission: where it came from, its counts, and its way through the stages (docs/show.md describes the JSON).
struct SubmissionReport: Encodable {
    var submission: String
    var source: String
    var file: String
    var size: Int
    var sha256: String
    var owner: Int?
    /// The folder it lies in; `tmp` before the first move.
    var stage: String
    var refused: Bool
    var counts: Counts
    var destinations: [Destination]
    var way: [Step]

    struct Counts: Encodable {
        var accepted, rejected, sealed, published: Int
    }

    struct Destination: Encodable {
        var name: String
        var published, collected: Int
        var answers: [String: Int]
    }

    struct Step: Encodable {
        var position: Int
        var at: String
        var by: String
        var what: String
    }

    /// Nil when the ledger doesn't know it.
    init?(_ id: String, from ledger: LedgerHistory) throws(LedgerError) {
        let reader = (try ledger.newest(knowing: id) ?? ledger.newest).reader
        guard let state = try reader.submission(id) else { return nil }
        submission = state.id
        (source, file, size, sha256) = (state.source, state.name, state.size, state.sha256)
        (stage, refused) = (state.stage, state.isRefused)
        // Each certificate's `published` is counted once for each destination.
        let delivered = try ledger.deliveryCounts(submission: id)
        counts = Counts(
            accepted: state.validated, rejected: state.rejected, sealed: state.sealed,
            published: delivered.map(\.published).max() ?? 0)
        destinations = delivered.map {
            Destination(name: $0.destination, published: $0.published, collected: $0.collected, answers: $0.answers)
        }
        let milestones = try reader.milestones(submission: id)
        owner = milestones.first { $0.record?.kind == Event.Kind.received.rawValue }?.record?.number("owner")
        way = milestones.compactMap(Step.init)
    }

    func show() {
        Console.line("\(submission)  \(refused ? "REJECTED AS A WHOLE" : stage.uppercased())")
        Console.line()
        Console.line("file       \(Console.visible("\(source)/\(file)")), \(size) bytes\(owner.map { ", from user \($0)" } ?? "")")
        Console.line("           sha256 \(sha256)")
        Console.line(
            "records    \(counts.accepted) accepted, \(counts.rejected) rejected; \(counts.sealed) sealed, \(counts.published) published")
        for destination in destinations {
            let answers = destination.answers.sorted { $0.key < $1.key }.map { ", \($0.value) \($0.key)" }.joined()
            let label = "to \(destination.name)"
            Console.line(
                label + String(repeating: " ", count: max(1, 11 - label.count))
                    + "\(destination.published) published, \(destination.collected) collected\(answers)")
        }
        Console.line()
        Console.table(["ENTRY", "TIME (UTC)", "BY", "WHAT"], way.map { [String($0.position), $0.at, $0.by, $0.what] })
    }
}

extension SubmissionReport.Step {
    /// Nil for what only prepares the next.
    fileprivate init?(_ entry: LedgerEntry) {
        guard let record = entry.record, let kind = Event.Kind(rawValue: record.kind) else { return nil }
        let what: String
        switch kind {
        case .moving, .claimed: return nil
        case .moved: what = "moved from \(record.text("from") ?? "?") to \(record.text("to") ?? "?")"
        case .rejected: what = "rejected: \(record.text("rules") ?? "") \(record.text("reason") ?? "")"
        case .reported: what = "reported: \(record.text("name") ?? "")"
        case .held: what = "held: \(record.text("reason") ?? "")"
        case .released: what = "released under \(record.text("policy") ?? "?")\(record.text("reason").map { ": \($0)" } ?? "")"
        case .declaredLost: what = "declared lost: \(record.text("reason") ?? "")"
        case .incident, .recovered: what = "\(kind.rawValue): \(record.text("what") ?? "")"
        default: what = kind.rawValue
        }
        self.init(position: entry.position, at: record.time, by: record.actor, what: what)
    }
}
