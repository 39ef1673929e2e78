import Audit
import Certificate
import Configuration
import Ingest
import Linux
import Validate
import Hashing

/// The first pass of validation: reads, merges and checks every record, in batches on all processors, and writes what it found beside the
/// submission. Knows nothing yet of other submissions.
struct RecordCheck {
    let engine: Engine
    let folder: SubmissionFolder

    static let records = "records.checked"
    static let findings = "findings.checked"

    struct Outcome {
        var repeated: RepeatedVehicles
        var identities: Identities
        var source: Source
    }

    func run() throws -> Outcome {
        let source = try SubmissionSource.load(folder)
        let reader = try RecordReader(path: folder.original, profile: source.profile)
        let library = engine.references.library
        let directory = try Directory(folder.path)
        let records = try BufferedFile(Self.records, in: directory)
        let findings = try BufferedFile(Self.findings, in: directory)
        var text = RecordLine.heading
        var used: [String: ReferenceRecord] = [:]
        var repeated = RepeatedVehicles()
        var identities = Identities()
        let earlier = EarlierCheck(known: engine.ledger, messages: EarlierMessages(spool: engine.spool))
        let context = CheckSettings(reader: reader, source: source, library: library)
        let id = folder.submission.id.text
        try engine.forEachBatch(of: id, { try nextBatch(reader) }, { record in Result { try earlier.judge(context.check(record)) } }) {
            for checked in try $0.map({ try $0.get() }) {
                checked.line.write(to: &text)
                if !checked.findings.isEmpty {
                    try findings.write(try FindingLine(row: checked.line.row, findings: checked.findings).encoded())
                }
                if let reference = checked.reference { used[reference.sha256] = reference }
                repeated.note(checked.line)
                identities.note(checked.line)
            }
            try records.write(text.utf8)
            text = ""
        }
        // Read once more by the second pass, and made anew after a stop: nothing here needs to be on disk.
        try records.flush()
        try findings.flush()
        try keep(used.values, in: directory)
        return Outcome(repeated: repeated, identities: identities, source: source)
    }

    private func nextBatch(_ reader: RecordReader) throws(FileRejection) -> [Ingest.Record] {
        var batch: [Ingest.Record] = []
        while batch.count < ValidateStage.batchSize, let record = try reader.next() { batch.append(record) }
        return batch
    }

    /// The reference files used are kept with the submission: what comes later must not depend on a folder that people change.
    private func keep(_ records: some Sequence<ReferenceRecord>, in directory: borrowing Directory) throws(SystemError) {
        if try directory.statusIfPresent("reference") != nil { try directory.removeTree("reference") }
        try directory.makeDirectory("reference")
        let references = try directory.openDirectory("reference")
        for record in records { try references.writeFile("\(record.sha256).xml", record.bytes) }
        try references.sync()
    }
}

/// What one record is checked with; the same for all records of a submission.
struct CheckSettings: Sendable {
    init(reader: RecordReader, source: Source, library: ReferenceLibrary) {
        constants = reader.constants
        ruleSet = source.ruleSet
        manufacturers = source.manufacturers
        vehiclesOwn = VehicleElements(overrides: source.overrides)
        self.library = library
        today = .todayInUTC()
        isReadyMessage = source.profile.isMessage
        if isReadyMessage {
            columnNames = { "line \($0)" }
        } else {
            let names = (1...source.profile.limits.columns).lazy.map { reader.columnName($0) }.prefix { $0 != nil }.compactMap(\.self)
            let columns = Array(names)
            columnNames = { columns.indices.contains($0 - 1) ? columns[$0 - 1] : nil }
        }
    }

    let constants: FieldValues
    let ruleSet: RuleSet
    let manufacturers: Set<String>
    let vehiclesOwn: VehicleElements
    let library: ReferenceLibrary
    let isReadyMessage: Bool
    let columnNames: @Sendable (Int) -> String?
    let today: CalendarDate

    struct Checked: Sendable {
        private(set) var line: RecordLine
        private(set) var findings: [Finding]
        let reference: ReferenceRecord?
        let values: FieldValues
        let isReadyMessage: Bool

        init(line: RecordLine, findings: [Finding], reference: ReferenceRecord?, values: FieldValues, isReadyMessage: Bool) {
            self.line = line
            self.findings = []
            self.reference = reference
            self.values = values
            self.isReadyMessage = isReadyMessage
            add(findings)
        }

        /// Findings decide whether the record is acceptable.
        mutating func add(_ more: [Finding]) {
            findings += more
            line.outcome = findings.contains { $0.severity == .error } ? .rejected : .accepted
            line.warnings = findings.count { $0.severity == .warning }
            line.rules = FindingLine.rules(findings)
        }
    }

    /// A cell that couldn't be read stays as it is, so the catalogue has something to say of it, too: what decoding said is nearer the cause.
    private static func isTold(_ finding: Finding, by decoding: [Finding]) -> Bool {
        ["CAT-01", "CAT-06", "CAT-07"].contains(finding.rule)
            && decoding.contains { $0.element == finding.element && $0.value == finding.value }
    }

    func check(_ record: Ingest.Record) -> Checked {
        let context = RecordContext(
            row: record.row, today: today, headerAssigned: !isReadyMessage, manufacturers: manufacturers,
            vehiclesOwn: vehiclesOwn, columnName: columnNames, receivedText: { record.received.text(of: $0) })
        let draft = RecordValidation.validate(
            record: record.values, constants: constants, library: library, ruleSet: ruleSet, context: context)
        let findings = record.findings + draft.findings.filter { !Self.isTold($0, by: record.findings) }
        let header = isReadyMessage ? ReadyHeader(draft.values) : nil
        let line = RecordLine(
            row: record.row, outcome: .accepted, vin: draft.vehicleIdentificationNumber ?? "", stage: draft.stage ?? 1,
            version: header?.version ?? 0, referenceID: header?.referenceID ?? "", issuedAt: header?.issuedAt ?? "",
            referenceSHA256: draft.reference?.sha256 ?? "", contentSHA256: SHA256.hexadecimal(of: draft.contentDigestInput()),
            warnings: 0)
        return Checked(
            line: line, findings: findings, reference: draft.reference, values: draft.values, isReadyMessage: isReadyMessage)
    }
}

extension CalendarDate {
    static func todayInUTC() -> CalendarDate {
        guard let today = CalendarDate(ofDateTime: Timestamp.now().text) else { fatalError("the clock gives no date of our calendar") }
        return today
    }
}
