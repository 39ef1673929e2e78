import Audit
import Certificate
import Configuration
import Linux

/// The second pass of validation: which certificates are new, which were there before, and the header values of the new ones.
///
/// The first message of a (VIN, stage) is version 1. The same content again is a duplicate. Other content is a correction: the next version.
struct IdentityDecision {
    let engine: Engine
    let folder: SubmissionFolder
    let repeated: RepeatedVehicles
    let corrections: Source.Corrections

    /// Writes `records.tsv` and `findings.jsonl`, on disk when it returns. Runs under the lock on its identities.
    func run(rejectsAll: Bool = false) throws -> RecordTally {
        let directory = try Directory(folder.path)
        let records = try BufferedFile(RecordSheet.name, in: directory)
        let findings = try BufferedFile(FindingSheet.name, in: directory)
        let checkedFindings = try FindingSheet(path: "\(folder.path)/\(RecordCheck.findings)")
        var tally = RecordTally()
        var text = RecordLine.heading
        try RecordSheet(path: "\(folder.path)/\(RecordCheck.records)").forEach { checked in
            var line = checked
            var own = try checkedFindings.findings(row: line.row)?.findings.map(\.finding) ?? []
            own += try decide(&line, rejectsAll: rejectsAll)
            line.rules = FindingLine.rules(own)
            line.warnings = own.count { $0.severity == .warning }
            tally.add(line)
            line.write(to: &text)
            if !own.isEmpty { try findings.write(FindingLine(row: line.row, findings: own).encoded()) }
            if text.utf8.count > 1 << 16 {
                try records.write(text.utf8)
                text = ""
            }
        }
        try records.write(text.utf8)
        try records.finish()
        try findings.finish()
        try directory.sync()
        return tally
    }

    /// Completes an acceptable line, or turns it down and says why.
    private func decide(_ line: inout RecordLine, rejectsAll: Bool) throws -> [Finding] {
        if let other = repeated.rows[line.row] {
            line.outcome = .rejected
            return [IdentityRule.repeated(line, other: other)]
        }
        guard line.outcome == .accepted else { return [] }
        let (earlier, last) = try newest(line)
        if let earlier, earlier.contentSHA256 == line.contentSHA256, earlier.state != .withdrawn {
            line.outcome = .duplicate
            line.version = earlier.version
            line.first = earlier.submission
            return [IdentityRule.duplicate(line, earlier)]
        }
        if let problem = try refusal(line, earlier) ?? completeHeader(&line, earlier, last: last)
            ?? (rejectsAll ? IdentityRule.allOrNothing(line) : nil)
        {
            line.outcome = .rejected
            return [problem]
        }
        return earlier.map { [IdentityRule.correction(line, $0)] } ?? []
    }

    /// The newest version that stands, and the highest that is used up: a sealed one that was lost stands no more, but its number isn't given
    /// again (docs/ledger.md, "Lost submissions").
    private func newest(_ line: RecordLine) throws -> (standing: CertificateState?, last: Int) {
        let newest = try engine.ledger.certificate(vin: line.vin, stage: line.stage)
        guard let newest, newest.state == .lost else { return (newest, newest?.version ?? 0) }
        return (try engine.ledger.certificate(vin: line.vin, stage: line.stage, standingBelow: newest.version), newest.version)
    }

    /// Why this can't be a correction of the newest version, where there is one.
    private func refusal(_ line: RecordLine, _ earlier: CertificateState?) -> Finding? {
        guard let earlier else { return nil }
        if corrections == .reject { return IdentityRule.correctionsRefused(line, earlier) }
        return earlier.state < .published ? IdentityRule.underWay(line, earlier) : nil
    }

    /// Gives the header's new values, or looks whether those that a ready message brings along may stand.
    private func completeHeader(_ line: inout RecordLine, _ earlier: CertificateState?, last: Int) throws -> Finding? {
        let version = last + 1
        guard !line.referenceID.isEmpty else {
            line.version = version
            line.referenceID = NewHeaderValues.referenceID()
            line.issuedAt = NewHeaderValues.dateTime()
            return nil
        }
        guard line.version == version else {
            if last > earlier?.version ?? 0 { return IdentityRule.usedVersion(line, last: last) }
            return earlier.map { IdentityRule.nextVersion(line, $0) } ?? IdentityRule.firstVersion(line)
        }
        return try engine.ledger.certificate(referenceID: line.referenceID).map { IdentityRule.usedReferenceID(line, $0) }
    }
}
