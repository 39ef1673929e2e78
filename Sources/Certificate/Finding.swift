/// One result of one rule on one record: what an ERP team needs to mend it without asking.
public struct Finding: Sendable, Hashable {
    /// The rule's id, such as `VIN-03`.
    public let rule: String
    public let severity: Severity
    /// The row of the submission, from 1 (the header is row 1); nil for a finding about the whole file.
    public var row: Int?
    /// The column as the ERP named it; nil when the value came from elsewhere.
    public var column: String?
    /// The full path of the element (`FieldPath`), or nil.
    public let element: String?
    /// The item of the certificate of conformity, such as `13.2`.
    public let item: String?
    /// The offending value as received, cut at 200 characters.
    public let value: String?
    /// What is wrong, in whole sentences with their full stops.
    public let message: String
    /// What to do about it, in whole sentences with their full stops.
    public let remedy: String

    public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
        case information, warning, error

        public static func < (left: Severity, right: Severity) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!  // every case is in allCases
        }
    }

    public init(
        rule: String, severity: Severity, row: Int? = nil, column: String? = nil, element: String? = nil, item: String? = nil,
        value: String? = nil, message: String, remedy: String
    ) {
        self.rule = rule
        self.severity = severity
        self.row = row
        self.column = column
        self.element = element
        self.item = item
        self.value = value.map { String($0.prefix(200)) }
        self.message = message
        self.remedy = remedy
    }
}
