import Audit
import Certificate
import Publish
import Spool

/// Ends a submission of which nothing may go on: report, ledger, `rejected`. The original stays.
struct Rejection {
    let engine: Engine

    /// The file as a whole is refused.
    func reject(_ folder: SubmissionFolder, from stage: Stage, findings: [Finding]) throws {
        let reported = try Reporting(engine: engine).write(folder, .rejected, RecordTally(), findings: findings)
        try Reporting.removeScratch(folder)
        let rejected = Event(
            .rejected, submission: folder.submission.id.text,
            ["reason": .text(findings.first?.message ?? "refused"), "rules": .text(findings.map(\.rule).joined(separator: ","))])
        try move(folder, from: stage, [rejected, reported], because: findings.first?.message ?? "It was refused.")
        engine.board.count { $0.rejected += 1 }
    }

    /// The same bytes came before.
    func repeated(_ folder: SubmissionFolder, first: String) throws {
        let finding = Self.repetition(first)
        let reported = try Reporting(engine: engine).write(folder, .duplicate, RecordTally(), findings: [finding], first: first)
        let rejected = Event(
            .rejected, submission: folder.submission.id.text, ["reason": .text("duplicate of \(first)"), "rules": .text(finding.rule)])
        try move(folder, from: .ingest, [rejected, reported], because: finding.message)
        engine.board.count { $0.duplicates += 1 }
    }

    static func repetition(_ first: String) -> Finding {
        Finding(
            rule: SubmissionRule.repeatedFile.rawValue, severity: SubmissionRule.repeatedFile.severity,
            message: "The same file was received before, as submission \(first), and answered then.",
            remedy: SubmissionRule.repeatedFile.remedy)
    }

    /// A person ended a held submission. Its messages go only when it has moved: until then it may still be released.
    /// - Parameter order: the field that holds the order's id, if it had one.
    func held(
        _ folder: SubmissionFolder, by person: Event.Actor, _ name: String, because reason: String, _ order: [String: Event.Scalar]
    ) throws {
        let rule = SubmissionRule.rejectedByPerson
        let finding = Finding(
            rule: rule.rawValue, severity: rule.severity, message: "\(name) rejected the held submission: \(reason)", remedy: rule.remedy)
        let tally = try RecordTally(RecordSheet(path: folder.records))
        let reported = try Reporting(engine: engine).write(folder, .rejected, tally, findings: [finding])
        let rejected = Event(
            .rejected, submission: folder.submission.id.text, actor: person,
            order.merging(["reason": .text(reason), "rules": .text(rule.rawValue)]) { $1 })
        try move(folder, from: .hold, [rejected, reported], because: finding.message)
        try Reporting.removeScratch(folder.moved(to: engine.spool.path(.rejected, folder.submission.id)))
        engine.board.count { $0.rejected += tally.accepted + tally.rejected }
    }

    /// Every record was turned down; `events` says so for each.
    func finish(_ folder: SubmissionFolder, from stage: Stage, _ tally: RecordTally, with events: [Event]) throws {
        let outcome: ReturnReport.Outcome = tally.rejected == 0 ? .duplicate : .rejected
        let reported = try Reporting(engine: engine).write(folder, outcome, tally)
        try Reporting.removeScratch(folder)
        let rejected = Event(
            .rejected, submission: folder.submission.id.text,
            ["reason": .text(tally.rejected == 0 ? "every record is a duplicate" : "no record may be published"), "rules": .text("")])
        try move(
            folder, from: stage, events + [rejected, reported],
            because: "\(tally.rejected) records rejected, \(tally.duplicates) repeated, none published.")
        engine.board.count { totals in
            totals.rejected += tally.rejected
            totals.duplicates += tally.duplicates
        }
    }

    private func move(_ folder: SubmissionFolder, from stage: Stage, _ events: [Event], because reason: String) throws {
        let submission = folder.submission
        try engine.spool.move(submission.id, from: stage, to: .rejected, digest: submission.sha256, with: events)
        engine.logger.warning("Rejected '\(submission.name)' of '\(submission.source)' (\(submission.id)): \(reason)")
    }
}
