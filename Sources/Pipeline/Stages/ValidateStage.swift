import Audit
import Certificate
import Ingest
import Linux
import Spool
import Validate

/// Decides every record of a submission: merge, rules, identity. Afterwards `records.tsv` and `findings.jsonl` say what happens to each.
struct ValidateStage {
    let engine: Engine

    /// Records that are checked together on the processors.
    static let batchSize = 128
    /// Events of one ledger commit.
    static let commitSize = 1000

    /// - Returns: nil when nothing of the submission may go on; it then lies in `rejected`.
    func run(_ admitted: Admitted) throws -> Validated? {
        let folder = admitted.folder
        let recorded = try engine.ledger.certificates(submission: folder.submission.id.text).map(\.row).max()
        do {
            let checked = try recorded == nil ? RecordCheck(engine: engine, folder: folder).run() : nil
            // Certificates are given their version and made known in one go: no other submission comes between.
            return try engine.identities.withLock { _ in
                let tally = try checked.map { try decide(folder, $0) } ?? RecordTally(RecordSheet(path: folder.records))
                return try settle(folder, tally, after: recorded ?? 0)
            }
        } catch let rejection as FileRejection {
            try Rejection(engine: engine).reject(folder, from: .validate, findings: [rejection.finding])
            return nil
        }
    }

    private func decide(_ folder: SubmissionFolder, _ checked: RecordCheck.Result) throws -> RecordTally {
        let decision = IdentityDecision(engine: engine, folder: folder, repeatedRows: checked.repeatedRows)
        let tally = try decision.run()
        guard checked.policy == .all, tally.rejected > 0, tally.accepted > 0 else { return tally }
        return try decision.run(rejectsAll: true)
    }

    /// Records what was decided, from behind `row`, and moves on. The last events share the commit of the move.
    private func settle(_ folder: SubmissionFolder, _ tally: RecordTally, after row: Int) throws -> Validated? {
        let id = folder.submission.id
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        var events: [Event] = []
        while case let lines = try sheet.next(Self.commitSize, where: { $0.row > row }), !lines.isEmpty {
            if !events.isEmpty { _ = try engine.ledger.commit(events) }
            events = lines.map { event($0, folder) }
        }
        guard tally.accepted > 0 else {
            try Rejection(engine: engine).finish(folder, from: .validate, tally, with: events)
            return nil
        }
        try engine.spool.move(id, from: .validate, to: .generate, digest: folder.submission.sha256, with: events)
        return Validated(folder: folder.moved(to: engine.spool.path(.generate, id)))
    }

    private func event(_ line: RecordLine, _ folder: SubmissionFolder) -> Event {
        let id = folder.submission.id.text
        guard line.outcome == .accepted else {
            var fields: [String: Event.Scalar] = ["reason": .text(line.reason), "rules": .text(line.rules), "row": .number(line.row)]
            if !line.vin.isEmpty { fields["vin"] = .text(line.vin) }
            return Event(.rejected, submission: id, fields)
        }
        var fields: [String: Event.Scalar] = [
            "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "row": .number(line.row),
            "reference-id": .text(line.referenceID), "content-sha256": .text(line.contentSHA256), "warnings": .number(line.warnings),
        ]
        if !line.referenceSHA256.isEmpty { fields["reference-sha256"] = .text(line.referenceSHA256) }
        return Event(.validated, submission: id, fields)
    }
}
