import Certificate
import Synchronization

/// An accepted record with what validation said of it.
struct AcceptedRecord: Sendable {
    let line: RecordLine
    let findings: [Finding]
}

/// The accepted records of a submission in groups, in row order, for lanes to pull.
final class CertificateBatches: Sendable {
    private let source: Mutex<Source>
    private let size: Int
    private let isIncluded: @Sendable (RecordLine) -> Bool
    private let engine: Engine

    private struct Source: ~Copyable {
        let sheet: RecordSheet.Reader
        let findings: FindingSheet
    }

    init(_ engine: Engine, _ folder: SubmissionFolder, size: Int, where isIncluded: @escaping @Sendable (RecordLine) -> Bool) throws {
        self.engine = engine
        self.size = size
        self.isIncluded = isIncluded
        source = Mutex(try Self.open(folder))
    }

    private static func open(_ folder: SubmissionFolder) throws -> sending Source {
        Source(sheet: try RecordSheet.Reader(RecordSheet(path: folder.records)), findings: try FindingSheet(path: folder.findings))
    }

    /// The next group; nil at the end.
    @Sendable func next() throws -> [AcceptedRecord]? {
        try engine.continueOrStop()
        let (size, isIncluded) = (size, isIncluded)
        let batch = try source.withLock { source in
            try source.sheet.next(size) { $0.outcome == .accepted && isIncluded($0) }.map { line in
                AcceptedRecord(line: line, findings: try source.findings.findings(row: line.row)?.findings.map(\.finding) ?? [])
            }
        }
        return batch.isEmpty ? nil : batch
    }
}
