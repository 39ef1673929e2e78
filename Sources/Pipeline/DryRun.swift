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

    /// - Parameter referenceFolder: the folder with the reference files; nil for none.
    public init(source: Source, referenceFolder: String?) throws {
        self.source = source
        guard let referenceFolder else {
            library = ReferenceLibrary([])
            return
        }
        let directory = try Directory(referenceFolder)
        library = ReferenceLibrary(
            try directory.entries().compactMap(\.text).filter { $0.hasSuffix(".xml") && !$0.hasPrefix(".") }.sorted().map { name in
                let bytes = try directory.readFile(name, limit: ReferenceShelf.maximumBytes)
                return try ReferenceLibrary.read(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
            })
    }

    /// Calls `body` with every record, in row order.
    /// - Throws: `FileProblem` when the file as a whole would be rejected.
    public func run(_ path: String, _ body: (Outcome) -> Void) throws {
        do {
            if case .incomplete(let reason) = try Structure.check(Descriptor.open(path), profile: source.profile) {
                body(Outcome(row: 1, vin: "", isAcceptable: true, findings: [Self.incomplete(reason)]))
            }
            let reader = try RecordReader(path: path, profile: source.profile)
            let settings = CheckSettings(reader: reader, source: source, library: library)
            var rows: [String: Int] = [:]
            while let record = try reader.next() {
                let checked = settings.check(record)
                var findings = checked.findings
                let vehicle = "\(checked.line.vin)-\(checked.line.stage)"
                if !checked.line.vin.isEmpty, let first = rows.updateValue(record.row, forKey: vehicle) {
                    findings.append(IdentityRule.repeated(checked.line, other: first))
                }
                body(
                    Outcome(
                        row: record.row, vin: checked.line.vin, isAcceptable: !findings.contains { $0.severity == .error },
                        findings: findings))
            }
        } catch let rejection as FileRejection {
            throw FileProblem(finding: rejection.finding)
        }
    }

    /// The whole file would be rejected.
    public struct FileProblem: Error {
        public let finding: Finding
    }

    private static func incomplete(_ reason: String) -> Finding {
        Finding(
            rule: "FILE-91", severity: .warning, message: "The daemon would wait: the file \(reason)",
            remedy: "Send the rest of it, or end the last line properly")
    }
}
