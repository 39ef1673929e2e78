import Certificate
import Synchronization

/// An accepted record's unsigned message with what validation said of the record.
struct UnsignedCertificate: Sendable {
    let line: RecordLine
    let message: [UInt8]
    let provenance: [UInt8]
    let findings: [Finding]
}

/// The unsigned messages of a submission in groups, in row order, for lanes to pull.
final class CertificateBatches: Sendable {
    private let source: Mutex<Source>
    private let size: Int
    private let isIncluded: @Sendable (RecordLine) -> Bool
    private let engine: Engine

    private struct Source: ~Copyable {
        let messages: MessagePack.Reader
        let findings: FindingSheet
    }

    init(_ engine: Engine, _ folder: SubmissionFolder, size: Int, where isIncluded: @escaping @Sendable (RecordLine) -> Bool) throws {
        self.engine = engine
        self.size = size
        self.isIncluded = isIncluded
        source = Mutex(try Self.open(folder))
    }

    private static func open(_ folder: SubmissionFolder) throws -> sending Source {
        Source(messages: try MessagePack.Reader(path: folder.unsigned), findings: try FindingSheet(path: folder.findings))
    }

    /// The next group; nil at the end.
    @Sendable func next() throws -> [UnsignedCertificate]? {
        try engine.continueOrStop()
        let (size, isIncluded) = (size, isIncluded)
        let batch = try source.withLock { source in
            var batch: [UnsignedCertificate] = []
            while batch.count < size, let entry = try source.messages.next() {
                guard isIncluded(entry.line) else { continue }
                let findings = try source.findings.findings(row: entry.line.row)?.findings.map(\.finding) ?? []
                batch.append(
                    UnsignedCertificate(line: entry.line, message: entry.message, provenance: entry.provenance, findings: findings))
            }
            return batch
        }
        return batch.isEmpty ? nil : batch
    }
}
