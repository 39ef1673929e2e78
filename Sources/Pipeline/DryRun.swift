import Audit
public import Certificate
public import Configuration
import Ingest
import Linux
import Validate

/// Checks a file as the daemon would, and publishes nothing. Works without daemon, ledger and spool; what only the ledger knows (whether a
/// vehicle was published before) it can't say.
public struct DryRun: Sendable {
    /// What would become of one record.
    public struct Outcome: Sendable {
        public let row: Int
        public let vin: String
        public let isAcceptable: Bool
        public let findings: [Finding]
    }

    private let source: Source
    private let library: ReferenceLibrary

    /// Checks against the reference data in force.
    public init(source: Source, references: StoredReferences) throws {
        self.source = source
        library = try references.library()
    }

    /// Checks against all reference data in a folder, whether it was ever received or not; nil for none.
    public init(source: Source, referenceFolder: String?) throws {
        self.source = source
        library = try Self.library(referenceFolder)
    }

    /// All reference records of a folder; none without a folder.
    static func library(_ folder: String?) throws -> ReferenceLibrary {
        guard let folder else { return ReferenceLibrary([]) }
        return ReferenceLibrary(
            try Directory(folder).entries().compactMap(\.text).filter { Self.isReference($0) }.sorted().flatMap { name in
                switch try ReferenceFile.read(path: "\(folder)/\(name)", name: name, today: .todayInUTC()) {
                case .sound(let candidates): return candidates.map(\.record)
                case .rejected(let findings): throw ReferenceRejection(name: name, findings: findings)
                }
            })
    }

    private static func isReference(_ name: String) -> Bool { !name.hasPrefix(".") && ReferenceFile.Kind(name: name) != nil }

    /// What would become of every record, in row order.
    /// - Throws: `FileProblem` when the file as a whole would be rejected.
    public func run(_ path: String) throws -> [Outcome] {
        let checked: [CheckSettings.Checked]
        do { checked = try check(path) } catch { throw FileProblem(finding: error.finding) }
        var repeated = RepeatedVehicles()
        for record in checked { repeated.note(record.line) }
        return checked.map { outcome($0, repeated) }
    }

    private func check(_ path: String) throws(FileRejection) -> [CheckSettings.Checked] {
        let reader = try RecordReader(path: path, profile: source.profile)
        let settings = CheckSettings(reader: reader, source: source, library: library)
        var checked: [CheckSettings.Checked] = []
        while let record = try reader.next() { checked.append(settings.check(record)) }
        return checked
    }

    private func outcome(_ checked: CheckSettings.Checked, _ repeated: RepeatedVehicles) -> Outcome {
        let line = checked.line
        let findings = checked.findings + (repeated.rows[line.row].map { [IdentityRule.repeated(line, other: $0)] } ?? [])
        return Outcome(
            row: line.row, vin: line.vin, isAcceptable: !findings.contains { $0.severity == .error }, findings: findings)
    }

    /// Why the daemon would wait for the rest of the file, or nil when it ends as it should.
    public func incompleteness(_ path: String) throws -> Finding? {
        guard case .incomplete(let reason) = try Structure.check(Descriptor.open(path), profile: source.profile) else { return nil }
        return Finding(
            rule: SubmissionRule.incompleteFile.rawValue, severity: SubmissionRule.incompleteFile.severity,
            message: "The daemon would wait: the file \(reason).",
            remedy: SubmissionRule.incompleteFile.remedy)
    }

    /// The whole file would be rejected.
    public struct FileProblem: Error {
        public let finding: Finding
    }
}
