/// Collects the bytes of one file of a report and hands them on in pieces of about 64 KB.
struct ReturnReportBuffer: ~Copyable {
    private var bytes: [UInt8] = []
    private let sink: ReturnReportWriter.Sink
    private static let pieceSize = 64 << 10

    init(_ sink: @escaping ReturnReportWriter.Sink) {
        self.sink = sink
        bytes.reserveCapacity(Self.pieceSize + 4096)
    }

    mutating func append(_ more: [UInt8]) throws {
        bytes += more
        if bytes.count >= Self.pieceSize { try flush() }
    }

    mutating func flush() throws {
        guard !bytes.isEmpty else { return }
        try sink(bytes)
        bytes.removeAll(keepingCapacity: true)
    }
}
