/// Writes the rejected rows of a submission in the source's own format: what the file began with, the rows as received, what it ended with.
///
/// So what comes back can be mended and dropped again with the same profile. Not thread-safe.
public struct ReturnReportRejectedRows: ~Copyable {
    private let sink: ReturnReportWriter.Sink
    private let header: [UInt8]
    private let separator: [UInt8]
    private var isEmpty = true

    /// - Parameters:
    ///   - header: byte order mark and header row (`RecordReader.header`).
    ///   - separator: what stands between two rows (`RecordReader.separator`).
    public init(header: [UInt8], separator: [UInt8] = [], sink: @escaping ReturnReportWriter.Sink) {
        self.header = header
        self.separator = separator
        self.sink = sink
    }

    /// - Parameter row: the row's bytes with their line end (`RecordReader.currentRow`), in the order of the file.
    public mutating func append(_ row: [UInt8]) throws {
        let before = isEmpty ? header : separator
        if !before.isEmpty { try sink(before) }
        isEmpty = false
        try sink(row)
    }

    /// - Parameter footer: what the file ends with (`RecordReader.footer`); not written where there is no row.
    public mutating func finish(footer: [UInt8]) throws {
        if !isEmpty, !footer.isEmpty { try sink(footer) }
    }
}
