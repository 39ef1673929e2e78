public import Certificate

/// One vehicle of a submission, as text at its places: nothing in it has been judged yet.
public struct Record: Sendable {
    /// The row, from 1; the header is row 1 where there is one, and empty rows count. 1 for a message.
    public let row: Int
    /// The values in the file, each with origin `.record(column)`, or `.record(line)` in a message. A value that could not be converted
    /// is here as received; its problem is among the findings. Empty when the row could not be cut into its columns.
    public let values: FieldValues
    /// Problems of this row alone: wrong number of fields, control characters, numbers, dates and codes that could not be converted.
    public let findings: [Finding]
    /// Where a conversion made another text of a cell: what was received, trimmed.
    public let received: [ReceivedText]

    public init(row: Int, values: FieldValues, findings: [Finding], received: [ReceivedText] = []) {
        self.row = row
        self.values = values
        self.findings = findings
        self.received = received
    }
}

/// The text of one cell before its conversion.
public struct ReceivedText: Sendable {
    public let key: FieldKey
    public let text: String
}

extension [ReceivedText] {
    /// Looked for only where something is said of a value.
    public func text(of key: FieldKey) -> String? { first { $0.key == key }?.text }
}
