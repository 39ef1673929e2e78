/// Writes the rejected rows of a submission in the source's own format: the header as received, then the rows as received.
///
/// So what comes back can be mended and dropped again with the same profile. Not thread-safe.
public struct ReturnReportRejectedRows: ~Copyable {
    private let sink: ReturnReportWriter.Sink
    private let header: [UInt8]
    private var isEmpty = true

    /// - Parameter header: byte order mark and header row (`RecordReader.header`).
    public init(header: [UInt8], sink: @escaping ReturnReportWriter.Sink) {
        self.header = header
        self.sink = sink
    }

    /// - Parameter row: the row's bytes with their line end (`RecordReader.currentRow`), in the order of the file.
    public mutating func append(_ row: [UInt8]) throws {
        if isEmpty, !header.isEmpty { try sink(header) }
        isEmpty = false
        try sink(row)
    }
}
