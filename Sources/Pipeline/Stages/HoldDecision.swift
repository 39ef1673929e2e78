import Audit
import Configuration
import Spool

/// Whether a submission goes on to the seal by itself, and where it waits if not (docs/release.md).
struct HoldDecision {
    let engine: Engine

    /// Moves the submission on, with these events and its own in the same commit.
    func decide(_ folder: SubmissionFolder, _ source: Source, with events: [Event]) throws -> Released? {
        let id = folder.submission.id
        let corrected = try DifferenceSheet.write(folder, engine)
        guard let reason = Self.reason(source, corrections: corrected.count) else {
            try engine.spool.move(id, from: .generate, to: .sign, digest: folder.submission.sha256, with: events + corrected)
            return Released(folder: folder.moved(to: engine.spool.path(.sign, id)))
        }
        let tally = try RecordTally(RecordSheet(path: folder.records))
        let held = Event(
            .held, submission: id.text,
            ["reason": .text(reason.rawValue), "certificates": .number(tally.accepted), "corrections": .number(corrected.count)])
        let reported = try Reporting(engine: engine).write(folder, .held, tally)
        try engine.spool.move(
            id, from: .generate, to: .hold, digest: folder.submission.sha256, with: events + corrected + [held, reported])
        engine.logger.notice(
            "'\(folder.submission.name)' of '\(folder.submission.source)' (\(id)) is held: \(tally.accepted) certificates, \(corrected.count) corrections. 'ecocctl held \(id)' shows them"
        )
        return nil
    }

    /// Nil when nobody has to release it.
    static func reason(_ source: Source, corrections: Int) -> HoldReason? {
        if source.release != .auto { return .policy }
        return corrections > 0 && source.corrections == .hold ? .corrections : nil
    }
}

/// Why a submission waits for a person, as the ledger has it.
public enum HoldReason: String, Sendable {
    /// The source's files are released by a person.
    case policy
    /// It holds corrections.
    case corrections
}
