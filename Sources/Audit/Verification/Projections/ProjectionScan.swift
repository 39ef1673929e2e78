/// What is read of the stored projections from end to end: the tables whose rows stay, and their indexes, in which damage would make
/// questions go wrong while every row is right.
enum ProjectionScan: Int, Sendable, CaseIterable {
    case certificate, submission, rejection, delivery, acknowledgement, landmark
    case certificateSubmission, certificateReference, submissionContent, submissionStage, rejectionVIN, deliveryWaiting

    var table: ProjectionTable {
        switch self {
        case .certificate, .certificateSubmission, .certificateReference: .certificate
        case .submission, .submissionContent, .submissionStage: .submission
        case .rejection, .rejectionVIN: .rejection
        case .delivery, .deliveryWaiting: .delivery
        case .acknowledgement: .acknowledgement
        case .landmark: .landmark
        }
    }

    /// The index's name; nil for a table itself.
    var index: String? {
        switch self {
        case .certificate, .submission, .rejection, .delivery, .acknowledgement, .landmark: nil
        case .certificateSubmission: "certificate_submission"
        case .certificateReference: "certificate_reference"
        case .submissionContent: "submission_content"
        case .submissionStage: "submission_stage"
        case .rejectionVIN: "rejection_vin"
        case .deliveryWaiting: "delivery_waiting"
        }
    }

    /// The columns by which it is sorted come first.
    fileprivate var columns: [String] {
        switch self {
        case .certificate:
            [
                "vin", "stage", "version", "submission", "\"row\"", "state", "content_sha256", "reference_id", "reference_sha256",
                "xml_sha256", "bundle", "bundle_sha256", "first", "last",
            ]
        case .submission:
            [
                "id", "source", "name", "size", "sha256", "stage", "validated", "rejected", "sealed", "published", "refused", "reported",
                "first", "last",
            ]
        case .rejection: ["position", "vin", "submission"]
        case .delivery: ["vin", "stage", "version", "destination", "bundle", "published", "collected"]
        case .acknowledgement: ["vin", "stage", "version", "destination", "sha256", "outcome", "position"]
        case .landmark: ["kind", "position"]
        case .certificateSubmission: ["submission", "\"row\"", "vin", "stage", "version"]
        case .certificateReference: ["reference_id", "vin", "stage", "version"]
        case .submissionContent: ["source", "sha256", "first", "id"]
        case .submissionStage: ["stage", "first", "id"]
        // With a column that the index hasn't, so that each row is looked up by its position as well.
        case .rejectionVIN: ["vin", "position", "submission"]
        case .deliveryWaiting: ["destination", "published", "vin", "stage", "version"]
        }
    }

    fileprivate var sortedColumns: Int {
        switch self {
        case .certificate: 3
        case .submission, .rejection: 1
        case .rejectionVIN, .landmark: 2
        case .delivery: 4
        case .acknowledgement: 6
        case .deliveryWaiting, .certificateSubmission, .certificateReference, .submissionContent, .submissionStage: columns.count
        }
    }

    /// What rows an index has, when it hasn't all.
    fileprivate var condition: String { self == .deliveryWaiting ? "collected IS NULL" : "true" }

    fileprivate var collation: String { self == .certificateReference ? " COLLATE NOCASE" : "" }
}

/// Pages through one of them, each page going on behind the last row of the one before. Used by one thread.
final class ProjectionPages {
    static let size = 2_048

    private enum Value {
        case null
        case text([UInt8])
        case number(Int)
    }

    private let first: Statement
    /// What still has the last row's first column, and what comes behind that.
    private let rest: Statement?
    private let behind: Statement
    private let behindNull: Statement
    private let sortedColumns: Int
    private var last: [Value] = []

    init(_ scan: ProjectionScan, _ connection: Connection) throws(LedgerError) {
        let sorted = scan.columns.prefix(scan.sortedColumns)
        let head = scan.columns[0], tail = sorted.dropFirst()
        let place = scan.index.map { " INDEXED BY \($0)" } ?? ""
        let selection = "SELECT \(scan.columns.joined(separator: ", ")) FROM \(scan.table.rawValue)\(place) WHERE \(scan.condition)"
        let order = "ORDER BY \(([head + scan.collation] + tail).joined(separator: ", ")) LIMIT \(Self.size)"
        let marks = (0..<tail.count).map { "?\($0 + 2)" }.joined(separator: ", ")
        first = try connection.prepare("\(selection) \(order)")
        rest =
            tail.isEmpty
            ? nil
            : try connection.prepare(
                "\(selection) AND \(head)\(scan.collation) IS ?1 AND (\(tail.joined(separator: ", "))) > (\(marks)) \(order)")
        behind = try connection.prepare("\(selection) AND \(head)\(scan.collation) > ?1 \(order)")
        behindNull = try connection.prepare("\(selection) AND \(head) IS NOT NULL \(order)")
        sortedColumns = scan.sortedColumns
    }

    /// Reads at most a page, within a transaction of the caller's. False when there is nothing behind it.
    func read(_ row: (Statement) -> Void) throws(LedgerError) -> Bool {
        if last.isEmpty { return try read(first, [], Self.size, row) == Self.size }
        let values = last
        var count = 0
        if let rest { count = try read(rest, values, Self.size, row) }
        if count == Self.size { return true }
        if case .null = values[0] {
            count += try read(behindNull, [], Self.size - count, row)
        } else {
            count += try read(behind, Array(values.prefix(1)), Self.size - count, row)
        }
        return count == Self.size
    }

    private func read(_ rows: Statement, _ values: [Value], _ limit: Int, _ row: (Statement) -> Void) throws(LedgerError) -> Int {
        for (index, value) in values.enumerated() { try Self.bind(value, Int32(index + 1), rows) }
        defer { rows.reset() }
        var count = 0
        while count < limit, try rows.step() {
            row(rows)
            count += 1
            if count == limit { last = (0..<Int32(sortedColumns)).map { Self.value(rows, $0) } }
        }
        return count
    }

    private static func value(_ row: Statement, _ column: Int32) -> Value {
        switch row.kind(column) {
        case .null: .null
        case .text: .text(row.withText(column) { Array($0) })
        case .other: .number(row.number(column))
        }
    }

    private static func bind(_ value: Value, _ index: Int32, _ statement: Statement) throws(LedgerError) {
        switch value {
        case .null: try statement.bind(index, nil)
        case .text(let bytes): try statement.bind(index, text: bytes)
        case .number(let number): try statement.bind(index, number)
        }
    }
}
