import Audit
public import Certificate
public import Configuration
import Ingest
import Linux
import Validate

/// Says what the daemon would make of a file, and publishes and records nothing. Judges by the daemon's own steps (`CheckSettings`,
/// `EarlierCheck`, `IdentityJudge`, `HoldDecision`); works without the daemon.
public struct DryRun: Sendable {
    private let source: Source
    private let grounds: DryRunGrounds

    public init(source: Source, grounds: DryRunGrounds) {
        self.source = source
        self.grounds = grounds
    }

    /// What would become of a file.
    public struct Forecast: Sendable {
        /// Why nothing in it would be looked at, or not yet; nil when each record is decided by itself.
        public var file: Finding?
        /// The file as a whole would be rejected.
        public var isRejected = false
        public var records = 0
        /// Certificates that would be made; the corrections are among them.
        public var accepted = 0
        public var corrections = 0
        public var duplicates = 0
        public var rejected = 0
        /// Why a person would have to release it; nil when nobody has to.
        public var hold: HoldReason?
        /// The record that was asked for.
        public var vehicle: VehicleForecast?
        /// The first and the last row with a record.
        public var rows: ClosedRange<Int>?
    }

    /// What becomes of every record. Takes some hundred bytes of memory a record.
    /// - Parameters:
    ///   - row: the record to look at closely.
    ///   - progress: is told how many records were read so far.
    ///   - found: is told every finding, those of one rule in row order, with the VIN of its record.
    /// - Throws: when the file can't be read.
    public func run(
        _ path: String, row: Int? = nil, progress: (Int) -> Void = { _ in }, found: (Finding, String?) -> Void
    ) throws -> Forecast {
        var forecast = Forecast()
        for finding in try [incompleteness(path), repetition(path)].compactMap(\.self) {
            found(finding, nil)
            forecast.file = forecast.file ?? finding
        }
        let reading: Reading
        do { reading = try read(path, row, progress, found) } catch let rejection as FileRejection {
            guard rejection.cause != .system else { throw Unreadable(description: rejection.finding.message) }
            found(rejection.finding, nil)
            (forecast.file, forecast.isRejected) = (rejection.finding, true)
            return forecast
        }
        try decide(reading, &forecast, found)
        return forecast
    }

    /// This machine couldn't read the file: that is no verdict about it.
    public struct Unreadable: Error, CustomStringConvertible {
        public let description: String
    }

    // MARK: Reading

    /// The records as the first pass leaves them.
    private struct Reading {
        var lines: [RecordLine] = []
        var repeated = RepeatedVehicles()
        var chosen: ChosenRecord?
    }

    private func read(
        _ path: String, _ row: Int?, _ progress: (Int) -> Void, _ found: (Finding, String?) -> Void
    ) throws -> Reading {
        let reader = try RecordReader(path: path, profile: source.profile)
        let settings = CheckSettings(reader: reader, source: source, library: grounds.library ?? ReferenceLibrary([]))
        let earlier = grounds.known.map { EarlierCheck(known: $0, messages: grounds.messages) }
        var reading = Reading()
        while let record = try reader.next() {
            var checked = settings.check(record)
            if grounds.library == nil { checked = checked.withoutReferenceFindings() }
            if let earlier { checked = try earlier.judge(checked) }
            for finding in checked.findings { found(finding, checked.line.vin) }
            reading.repeated.note(checked.line)
            if record.row == row {
                reading.chosen = ChosenRecord(
                    record: record, checked: checked, constants: reader.constants, columnName: settings.columnNames)
            }
            reading.lines.append(checked.line)
            progress(reading.lines.count)
        }
        return reading
    }

    // MARK: Deciding

    private func decide(_ reading: Reading, _ forecast: inout Forecast, _ found: (Finding, String?) -> Void) throws {
        let judge = grounds.known.map { known in
            IdentityJudge(
                known: known, messages: grounds.messages, repeated: reading.repeated, corrections: source.corrections, now: { .now() })
        }
        let rejectsAll = try source.policy == .all && isRejectingAll(reading, judge)
        var tally = RecordTally()
        for line in reading.lines {
            var line = line
            let verdict = try verdict(&line, judge, reading.repeated, rejectsAll: rejectsAll)
            for finding in verdict.findings { found(finding, line.vin) }
            tally.add(line)
            if verdict.corrected != nil { forecast.corrections += 1 }
            if let chosen = reading.chosen, chosen.record.row == line.row {
                forecast.vehicle = VehicleForecast(chosen, line, verdict, isLedgerKnown: judge != nil)
            }
        }
        (forecast.records, forecast.accepted) = (tally.records, tally.accepted)
        (forecast.duplicates, forecast.rejected) = (tally.duplicates, tally.rejected)
        forecast.rows = reading.lines.first.flatMap { first in reading.lines.last.map { first.row...$0.row } }
        if tally.accepted > 0 { forecast.hold = HoldDecision.reason(source, corrections: forecast.corrections) }
    }

    private func isRejectingAll(_ reading: Reading, _ judge: IdentityJudge?) throws -> Bool {
        var tally = RecordTally()
        for line in reading.lines {
            var line = line
            _ = try verdict(&line, judge, reading.repeated, rejectsAll: false)
            tally.add(line)
        }
        return IdentityJudge.rejectsAll(source.policy, tally)
    }

    /// Without the ledger only the rest of the file can say something against a record.
    private func verdict(
        _ line: inout RecordLine, _ judge: IdentityJudge?, _ repeated: RepeatedVehicles, rejectsAll: Bool
    ) throws -> IdentityJudge.Verdict {
        if let judge { return try judge.decide(&line, rejectsAll: rejectsAll) }
        if let finding = IdentityJudge.repetition(&line, repeated) { return .init(findings: [finding]) }
        guard rejectsAll, line.outcome == .accepted else { return .init() }
        line.outcome = .rejected
        return .init(findings: [IdentityRule.allOrNothing(line)])
    }

    // MARK: The file

    /// Why the daemon would wait for the rest of the file, or nil when it ends as it should.
    private func incompleteness(_ path: String) throws -> Finding? {
        guard case .incomplete(let reason) = try Structure.check(Descriptor.open(path), profile: source.profile) else { return nil }
        return Finding(
            rule: SubmissionRule.incompleteFile.rawValue, severity: SubmissionRule.incompleteFile.severity,
            message: "The daemon would wait: the file \(reason).",
            remedy: SubmissionRule.incompleteFile.remedy)
    }

    /// That the same bytes came before from this source, and were answered then.
    private func repetition(_ path: String) throws -> Finding? {
        guard let known = grounds.known else { return nil }
        let digest = try Claim.sha256(of: Descriptor.open(path))
        return try known.firstSubmission(source: source.name, sha256: digest, before: "").map(Rejection.repetition)
    }
}

extension CheckSettings.Checked {
    /// As if reference data played no part: it isn't known what is in force, so nothing can be said about it.
    fileprivate func withoutReferenceFindings() -> Self {
        Self(
            line: line, findings: findings.filter { !RecordValidation.rulesOfMissingReference.contains($0.rule) }, reference: nil,
            values: values,
            isReadyMessage: isReadyMessage)
    }
}
