/// Writes both files of a return report, record by record, so that a report of any length needs one buffer.
///
/// The same summary and entries give the same bytes. Not thread-safe: one writer, one thread. `finish()` must be the last call.
public struct ReturnReportWriter: ~Copyable {
    /// Takes the next piece of a file.
    public typealias Sink = ([UInt8]) throws -> Void

    public init(summary: ReturnReport.Summary, csv: @escaping Sink, json: @escaping Sink) throws {}

    public mutating func append(_ entry: ReturnReport.Entry) throws {}

    /// Writes what is left and closes the JSON text.
    public mutating func finish() throws {}
}
