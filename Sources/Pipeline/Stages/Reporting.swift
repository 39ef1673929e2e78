import Audit
import Certificate
import Ingest
import Linux
import Publish
import Spool
import Validate
import Hashing

/// The answer to the ERP: report and rejected rows in `returns/<source>/`, each by one rename. Making it again gives the same bytes.
struct Reporting {
    let engine: Engine

    /// The report's copy in the submission's own directory; where it is, the ERP has its answer.
    static let ownCopy = "report.json"
    /// The copy of the report that says that the submission is held.
    static let heldCopy = "held-report.json"

    /// Reports a submission whose records are published, and puts it into the archive.
    func finish(_ folder: SubmissionFolder) throws {
        let tally = try RecordTally(RecordSheet(path: folder.records))
        let outcome: ReturnReport.Outcome = tally.rejected + tally.duplicates == 0 ? .published : .partlyPublished
        let reported = try write(folder, outcome, tally)
        try Self.removeScratch(folder)
        try engine.spool.move(
            folder.submission.id, from: .publish, to: .archive, digest: folder.submission.sha256, with: [reported])
        engine.board.count { totals in
            totals.rejected += tally.rejected
            totals.duplicates += tally.duplicates
        }
        let submission = folder.submission
        engine.logger.info(
            "Done with '\(submission.name)' of '\(submission.source)' (\(submission.id)): \(tally.accepted) published, \(tally.rejected) rejected, \(tally.duplicates) repeated"
        )
    }

    /// Answers the ERP for an entry that was refused in the inbox, if that isn't done yet.
    func reportRefusal(_ id: SubmissionID) throws {
        let directory = try engine.spool.open(id, in: .rejected)
        guard try directory.statusIfPresent(Self.ownCopy) == nil, let refusal = try Refusal.load(id, from: engine.spool) else { return }
        let folder = SubmissionFolder(path: engine.spool.path(.rejected, id), submission: try engine.spool.load(id, in: .rejected))
        engine.ledger.enqueue([try write(folder, .rejected, RecordTally(), findings: [refusal.finding])])
    }

    /// Writes the files of the report.
    /// - Parameters:
    ///   - findings: about the file as a whole.
    ///   - first: the submission that brought the same bytes first.
    /// - Returns: the event that says so; it belongs into the commit of the move that follows.
    func write(
        _ folder: SubmissionFolder, _ outcome: ReturnReport.Outcome, _ tally: RecordTally, findings: [Finding] = [], first: String? = nil
    ) throws -> Event {
        let submission = folder.submission
        let isPublished = outcome == .published || outcome == .partlyPublished
        let summary = ReturnReport.Summary(
            submission: submission.id.text, source: submission.source, file: submission.name, sha256: submission.sha256,
            receivedAt: submission.receivedAt, outcome: outcome,
            counts: .init(
                records: tally.records, published: isPublished ? tally.accepted : 0, rejected: tally.rejected, duplicates: tally.duplicates,
                warnings: tally.warnings),
            firstSubmission: first, ruleSetVersion: try ruleSet(folder, tally), findings: findings)
        let returns = try Directory("\(engine.spool.root)/returns/\(submission.source)")
        let stem = outcome == .held ? "\(Self.stem(submission)).held" : Self.stem(submission)
        let csv = try BufferedFile(".\(stem).report.csv.part", in: returns)
        let json = try BufferedFile(".\(stem).report.json.part", in: returns)
        var writer = try ReturnReportWriter(summary: summary, csv: { try csv.write($0) }, json: { try json.write($0) })
        if tally.records > 0 { try append(folder, outcome, to: &writer) }
        try writer.finish()
        try csv.finish()
        try json.finish()
        // A source that sends rejected rows again must get them once: with the report that says that the rest is held.
        let wasHeld = try Directory(folder.path).statusIfPresent(Self.heldCopy) != nil
        let isDue = tally.rejected > 0 && (outcome == .held || !wasHeld)
        let rejected = try isDue ? writeRejectedRows(folder, stem, returns) : nil
        let names = ["\(stem).report.csv"] + (rejected.map { [$0] } ?? []) + ["\(stem).report.json"]
        for name in names { try returns.rename(".\(name).part", to: returns, as: name) }
        try returns.sync()
        let sha256 = try keepCopy(of: "\(stem).report.json", as: outcome == .held ? Self.heldCopy : Self.ownCopy, in: returns, folder)
        return Event(
            .reported, submission: submission.id.text,
            [
                "source": .text(submission.source), "name": .text("\(stem).report.json"), "sha256": .text(sha256),
                "published": .number(summary.counts.published), "rejected": .number(tally.rejected),
            ])
    }

    /// The rules that judged the records. A file that was refused before it was read has no settings of its source beside it.
    private func ruleSet(_ folder: SubmissionFolder, _ tally: RecordTally) throws -> String {
        try tally.records > 0 ? SubmissionSource.load(folder).ruleSet.version : RuleSet.current.version
    }

    /// - Returns: the report's SHA-256.
    private func keepCopy(of name: String, as copyName: String, in returns: borrowing Directory, _ folder: SubmissionFolder)
        throws(SystemError) -> String
    {
        var digest = SHA256()
        let own = try Directory(folder.path)
        let copy = try BufferedFile(copyName, in: own)
        let report = try returns.open(name)
        var chunk = [UInt8](repeating: 0, count: 1 << 16)
        while case let count = try report.read(into: &chunk), count > 0 {
            digest.update(Array(chunk[..<count]))
            try copy.write(chunk[..<count])
        }
        try copy.finish()
        try own.sync()
        return digest.finish().hexadecimal
    }

    /// `<name>.<id>`: a name near the limit of 255 bytes is cut so that the endings fit.
    private static func stem(_ submission: Submission) -> String {
        var name = submission.name
        while name.utf8.count > 180 { name.removeLast() }
        return "\(name).\(submission.id.text)"
    }

    private func append(_ folder: SubmissionFolder, _ outcome: ReturnReport.Outcome, to writer: inout ReturnReportWriter) throws {
        let findings = try FindingSheet(path: folder.findings)
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        while let line = try sheet.next() {
            let own = try findings.findings(row: line.row)?.findings.map(\.finding) ?? []
            try writer.append(
                ReturnReport.Entry(
                    row: line.row, vin: line.vin.isEmpty ? nil : line.vin, status: Self.status(line, outcome),
                    certificate: Self.certificate(line, outcome),
                    findings: own))
        }
    }

    private static func status(_ line: RecordLine, _ outcome: ReturnReport.Outcome) -> ReturnReport.Status {
        switch line.outcome {
        case .accepted: outcome == .held ? .held : outcome == .rejected ? .notPublished : .published
        case .rejected: line.rules == SubmissionRule.allOrNothing.rawValue ? .notPublished : .rejected
        case .duplicate: .duplicate
        }
    }

    private static func certificate(_ line: RecordLine, _ outcome: ReturnReport.Outcome) -> ReturnReport.Certificate? {
        guard line.outcome != .rejected, line.outcome == .duplicate || outcome != .rejected else { return nil }
        let hasBundle = line.outcome == .accepted && outcome != .held
        return .init(name: line.name, stage: line.stage, version: line.version, bundle: hasBundle ? "\(line.name).asice" : nil)
    }

    /// The rejected rows as they came, to be mended and sent again; nothing for a format of one record a file.
    ///
    /// - Returns: the file's name, under which it isn't yet.
    private func writeRejectedRows(_ folder: SubmissionFolder, _ stem: String, _ returns: borrowing Directory) throws -> String? {
        let source = try SubmissionSource.load(folder)
        guard let ending = source.profile.returnedEnding else { return nil }
        let name = "\(stem).rejected.\(ending)"
        let reader = try RecordReader(path: folder.original, profile: source.profile)
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        let file = try BufferedFile(".\(name).part", in: returns)
        var rows = ReturnReportRejectedRows(header: reader.header, separator: reader.separator) { try file.write($0) }
        while let line = try sheet.next(), try reader.next() != nil {
            if line.outcome == .rejected { try rows.append(reader.currentRow) }
        }
        // To the end, where the footer is.
        while try reader.next() != nil {}
        try rows.finish(footer: reader.footer)
        try file.finish()
        return name
    }

    /// What only stages needed: the sealed messages stay in the bundles.
    static func removeScratch(_ folder: SubmissionFolder) throws(SystemError) {
        let directory = try Directory(folder.path)
        for name in [RecordCheck.records, RecordCheck.findings, "certificates"] where try directory.statusIfPresent(name) != nil {
            try directory.removeTree(name)
        }
    }
}
