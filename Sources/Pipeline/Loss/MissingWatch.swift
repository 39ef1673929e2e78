import Audit
import Control
import Linux
import Logging
import Spool

/// Submissions in work whose directories are gone: shown as incidents for as long as they are, and carried on when they are back. Looked for
/// by recovery and at each rescan, by one thread at a time.
struct MissingWatch {
    let engine: Engine
    let logger: Logger

    /// - Returns: those that are back, with the stages that they lie in.
    @discardableResult
    func look() throws(SpoolError) -> [(id: SubmissionID, stage: Stage)] {
        let known = engine.board.state.read(\.missing)
        let now = try engine.spool.missing(suspects: Set(known.keys.compactMap { SubmissionID($0) }))
        let fresh = now.filter { known[$0.id.text]?.what != $0.incident.what }
        try engine.spool.record(fresh.map(\.incident))
        for submission in fresh { logger.critical("Incident: \(submission.incident)") }
        let missing = Dictionary(now.map { ($0.id.text, Self.shown($0.incident)) }) { first, _ in first }
        engine.board.state.withLock { $0.missing = missing }
        var returned: [(id: SubmissionID, stage: Stage)] = []
        for id in known.keys.sorted() where missing[id] == nil { if let back = try back(id) { returned.append(back) } }
        return returned
    }

    /// Nil for one that was declared lost meanwhile.
    private func back(_ text: String) throws(SpoolError) -> (id: SubmissionID, stage: Stage)? {
        guard let id = SubmissionID(text), let stage = try engine.spool.stage(of: id), try engine.spool.isAtHome(id, in: stage) else {
            return nil
        }
        engine.ledger.enqueue([
            Event(
                .recovered, submission: id.text, ["what": "its directory is back where the ledger has it", "stage": .text(stage.rawValue)])
        ])
        logger.notice("\(id) is back in '\(stage.rawValue)'; ecocd goes on with it")
        return (id, stage)
    }

    private static func shown(_ incident: Recovery.Incident) -> StatusReport.Incident {
        .init(submission: incident.submission, what: incident.what, remedy: incident.remedy)
    }
}
