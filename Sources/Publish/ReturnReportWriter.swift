/// Writes both files of a return report, record by record, so that a report of any length needs one buffer a file.
///
/// The same summary and entries give the same bytes. Not thread-safe. `finish()` must be the last call: without it the files are cut off.
public struct ReturnReportWriter: ~Copyable {
    /// Takes the next piece of a file, at most about 64 KB plus one record. What it throws ends the report.
    public typealias Sink = ([UInt8]) throws -> Void

    private var csv: ReturnReportBuffer
    private var json: ReturnReportBuffer
    private var isFirst = true

    /// Writes what holds for the whole submission.
    public init(summary: ReturnReport.Summary, csv: @escaping Sink, json: @escaping Sink) throws {
        self.csv = ReturnReportBuffer(csv)
        self.json = ReturnReportBuffer(json)
        try self.csv.append(ReturnReportCSV.header)
        for finding in summary.findings { try self.csv.append(ReturnReportCSV.line(finding, outcome: summary.outcome)) }
        try self.json.append(ReturnReportJSON.start(summary))
    }

    /// Writes what became of one record, in the order of the file.
    public mutating func append(_ entry: ReturnReport.Entry) throws {
        try csv.append(ReturnReportCSV.lines(entry))
        try json.append(ReturnReportJSON.record(entry, isFirst: isFirst))
        isFirst = false
    }

    /// Writes what is left and closes the JSON text.
    public mutating func finish() throws {
        try json.append(ReturnReportJSON.end)
        try csv.flush()
        try json.flush()
    }
}
