import Audit
import Certificate
import Configuration
import Linux
import Publish
import Spool
import Validate

/// Takes a dropped file of reference data from `ingest` to its end: checked, stored and on record, or rejected. It makes no stage in between.
///
/// Whatever stops it, running it again goes on: storing the same version twice changes nothing, and the ledger hears of all versions of the
/// file in the commit of the move that ends it.
struct ReferenceArrival {
    let engine: Engine

    func run(_ folder: SubmissionFolder) throws {
        let submission = folder.submission
        switch try ReferenceFile.read(path: folder.original, name: submission.name, today: .todayInUTC()) {
        case .rejected(let findings):
            try Rejection(engine: engine).reject(folder, from: .ingest, findings: Array(findings.prefix(Self.reported)))
        case .sound(let candidates):
            try engine.references.store.put(candidates.map { ($0.record.sha256, $0.record.bytes) })
            try engine.references.decide { decision in try settle(folder, candidates, &decision) }
        }
    }

    /// Findings that a report shows; a sheet may have thousands of cells with one and the same mistake.
    private static let reported = 500

    private func settle(_ folder: SubmissionFolder, _ candidates: [ReferenceFile.Candidate], _ decision: inout ReferenceDecision) throws {
        let submission = folder.submission
        var findings: [Finding] = []
        for candidate in candidates {
            findings += candidate.warnings
            findings += try otherVersions(of: candidate.record, decision)
            findings.append(take(candidate, submission, &decision))
        }
        let outcome: ReturnReport.Outcome = decision.events.isEmpty ? .duplicate : .stored
        let reported = try Reporting(engine: engine).write(folder, outcome, RecordTally(), findings: findings)
        try engine.spool.move(
            submission.id, from: .ingest, to: .archive, digest: submission.sha256, with: decision.events + [reported])
        for finding in findings { engine.logger.notice("\(submission.name): \(finding.message)") }
    }

    /// What earlier versions of the same approval say against this one.
    private func otherVersions(of record: ReferenceRecord, _ decision: ReferenceDecision) throws -> [Finding] {
        let others = decision.versions.filter { version in
            version.state != .retired && version.sha256 != record.sha256 && version.key.isSameApproval(as: record.key)
        }
        // A version that can't be read has been told of at the start.
        return ReferenceCheck.approvalDate(record, among: others.compactMap { try? engine.references.record(of: $0) })
    }

    private func take(_ candidate: ReferenceFile.Candidate, _ submission: Submission, _ decision: inout ReferenceDecision) -> Finding {
        let (record, place) = (candidate.record, candidate.place)
        let known = decision.version(record.sha256)
        let version = known ?? ReferenceVersion(record, broughtBy: submission)
        if known == nil { decision.receive(version, for: record.validity) }
        func said(_ message: String, _ remedy: String) -> Finding {
            ReferenceCheck.stored("\(record.id), for \(record.key): \(message)", remedy, row: place.row, column: place.column)
        }
        guard engine.configuration.reference.activation == .auto else {
            return known == nil ? said("received.", Self.activation(record.id)) : said(Self.standing(version), Self.activation(record.id))
        }
        do {
            let notes = try decision.activate(version, for: record.validity, replacing: true, by: .daemon)
            return said((["in force for \(record.validity)."] + notes).joined(separator: " "), "Nothing.")
        } catch {
            return said(error.description, version.state == .active ? "Nothing." : Self.activation(record.id))
        }
    }

    private static func activation(_ id: String) -> String {
        "See 'ecocctl reference show \(id)', then 'ecocctl reference activate \(id)'."
    }

    private static func standing(_ version: ReferenceVersion) -> String {
        "the same was received before, with \(version.submission); it is \(version.state.rawValue)."
    }
}
