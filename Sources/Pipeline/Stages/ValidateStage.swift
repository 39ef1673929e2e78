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
        // The rules judge by today's date, and new certificates get their date-time.
        _ = try engine.clock.now()
        let recorded = try recordedBefore(folder.submission.id)
        do {
            let checked = try recorded == 0 ? RecordCheck(engine: engine, folder: folder).run() : nil
            // Certificates are given their version and made known in one go: no other submission comes between.
            let identities = try checked?.identities ?? identities(in: folder)
            return try engine.identities.withLock(identities) {
                let tally = try checked.map { try decide(folder, $0) } ?? RecordTally(RecordSheet(path: folder.records))
                return try settle(folder, tally, after: recorded)
            }
        } catch let rejection as FileRejection {
            // What this machine couldn't read is no fault of the file: it is tried again. A finding's message ends with a full stop.
            guard rejection.cause != .system else {
                throw SubmissionFault(what: String(rejection.finding.message.dropLast()), remedy: rejection.finding.remedy)
            }
            try Rejection(engine: engine).reject(folder, from: .validate, findings: [rejection.finding])
            return nil
        }
    }

    /// The records of which the ledger already speaks: a stop may lie between two commits of `settle`. They are the first ones, in row order.
    private func recordedBefore(_ id: SubmissionID) throws(LedgerError) -> Int {
        let state = try LedgerReader(path: engine.ledger.path).submission(id.text)
        return state.map { $0.validated + $0.rejected } ?? 0
    }

    private func identities(in folder: SubmissionFolder) throws -> Identities {
        var identities = Identities()
        try RecordSheet(path: folder.records).forEach { identities.note($0) }
        return identities
    }

    private func decide(_ folder: SubmissionFolder, _ checked: RecordCheck.Outcome) throws -> RecordTally {
        let decision = IdentityDecision(
            engine: engine, folder: folder, repeated: checked.repeated, corrections: checked.source.corrections)
        let tally = try decision.run()
        guard IdentityJudge.rejectsAll(checked.source.policy, tally) else { return tally }
        return try decision.run(rejectsAll: true)
    }

    /// Records what was decided but for the first `recorded` records, and moves on. The last events share the commit of the move.
    private func settle(_ folder: SubmissionFolder, _ tally: RecordTally, after recorded: Int) throws -> Validated? {
        let id = folder.submission.id
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        for _ in 0..<recorded { _ = try sheet.next() }
        // In the commit of the first records, so that they are on record exactly once.
        var events = recorded == 0 ? try changedFindings(folder) : []
        while case let lines = try sheet.next(Self.commitSize, where: { _ in true }), !lines.isEmpty {
            if events.count >= Self.commitSize {
                _ = try engine.ledger.commit(events)
                events = []
            }
            events += lines.map { event($0, folder) }
        }
        guard tally.accepted > 0 else {
            try Rejection(engine: engine).finish(folder, from: .validate, tally, with: events)
            return nil
        }
        try engine.spool.move(id, from: .validate, to: .generate, digest: folder.submission.sha256, with: events)
        return Validated(folder: folder.moved(to: engine.spool.path(.generate, id)))
    }

    private func changedFindings(_ folder: SubmissionFolder) throws -> [Event] {
        guard try !SubmissionSource.load(folder).rules.isEmpty else { return [] }
        return try ChangedFindings.count(in: folder).events(folder.submission.id)
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
