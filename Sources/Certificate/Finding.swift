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
    /// What the source decided about the rule; nil where the rule's own severity holds.
    public let change: Change?

    /// A source's decision about a rule: which severity the rule has by itself, why it has another here, and who decided it.
    public struct Change: Sendable, Hashable {
        public let from: Severity
        public let reason: String
        public let decidedBy: String

        public init(from: Severity, reason: String, decidedBy: String) {
            self.from = from
            self.reason = reason
            self.decidedBy = decidedBy
        }
    }

    /// The message, and behind it what the source decided about the rule.
    public var messageWithChange: String {
        guard let change else { return message }
        let reason = change.reason.hasSuffix(".") ? String(change.reason.dropLast()) : change.reason
        return
            "\(message) By decision of \(change.decidedBy), this is \(severity.words) for this source, not \(change.from.words): \(reason)."
    }

    public enum Severity: String, Sendable, Hashable, Comparable, CaseIterable {
        /// Only by a source's decision: the rule is broken, and nothing follows from it.
        case waived
        case information, warning, error

        /// As a sentence has it: `an error`, `waived`.
        var words: String {
            switch self {
            case .waived: "waived"
            case .information: "an information"
            case .warning: "a warning"
            case .error: "an error"
            }
        }

        public static func < (left: Severity, right: Severity) -> Bool {
            allCases.firstIndex(of: left)! < allCases.firstIndex(of: right)!  // every case is in allCases
        }
    }

    public init(
        rule: String, severity: Severity, row: Int? = nil, column: String? = nil, element: String? = nil, item: String? = nil,
        value: String? = nil, message: String, remedy: String, change: Change? = nil
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
        self.change = change
    }
}
