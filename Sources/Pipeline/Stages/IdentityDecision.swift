import Certificate
import Configuration
import Linux

/// The second pass of validation: which certificates are new, which were there before, and the header values of the new ones, as
/// `IdentityJudge` decides.
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
        let judge = IdentityJudge(
            known: engine.ledger, messages: EarlierMessages(spool: engine.spool), repeated: repeated, corrections: corrections,
            now: { try engine.clock.now() })
        var tally = RecordTally()
        var text = RecordLine.heading
        try RecordSheet(path: "\(folder.path)/\(RecordCheck.records)").forEach { checked in
            var line = checked
            var own = try checkedFindings.findings(row: line.row)?.findings.map(\.finding) ?? []
            own += try judge.decide(&line, rejectsAll: rejectsAll).findings
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
}
