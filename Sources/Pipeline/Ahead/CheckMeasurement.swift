import Certificate
public import Configuration
import Generate
import Hashing
import Ingest
import Linux
import Validate

/// How long it takes to check one record and to write its message, on one core and without file, ledger and signature: the same code as
/// in the stages validate and generate. `Tests/scripts/bench` asks for it.
public struct CheckMeasurement: Sendable {
    /// How many values the certificate has.
    public let values: Int
    /// How many findings are errors; the measurement of a record that is turned down says little.
    public let errors: Int
    /// The median time for merging, rules and the digest of the content, in nanoseconds.
    public let check: UInt64
    /// The median time for merging, writing and the digest of the message, in nanoseconds.
    public let generation: UInt64

    /// Measures the first record of a file.
    /// - Parameters:
    ///   - referenceFolder: the folder with reference data.
    ///   - stored: used instead where there is no folder.
    ///   - rounds: how often; at least 1.
    public init(of path: String, source: Source, referenceFolder: String?, otherwise stored: StoredReferences?, rounds: Int) throws {
        let library = try stored?.library() ?? DryRunGrounds.library(referenceFolder)
        let reader = try RecordReader(path: path, profile: source.profile)
        guard let record = try reader.next() else { throw NoRecord(path: path) }
        let settings = CheckSettings(reader: reader, source: source, library: library)
        let checked = settings.check(record)
        let references = checked.reference.map { [$0.sha256: $0.values] } ?? [:]
        let merge = MergeSettings(constants: reader.constants, references: references)
        var checks: [UInt64] = []
        var generations: [UInt64] = []
        var line = checked.line
        (line.version, line.referenceID, line.issuedAt) = (1, NewHeaderValues.referenceID(), Timestamp.now().text)
        for _ in 0..<max(rounds, 1) {
            let began = MonotonicClock.now()
            _ = settings.check(record)
            let middle = MonotonicClock.now()
            _ = SHA256.hexadecimal(of: MessageWriter.write(merge.values(record, line)).bytes)
            generations.append(MonotonicClock.now() - middle)
            checks.append(middle - began)
        }
        values = merge.values(record, line).count
        errors = checked.findings.count { $0.severity == .error }
        check = checks.sorted()[checks.count / 2]
        generation = generations.sorted()[generations.count / 2]
    }

    public struct NoRecord: Error, CustomStringConvertible {
        let path: String

        public var description: String { "\(path) has no record" }
    }
}
