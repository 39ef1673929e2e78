/// Why a file is no IVI 2.0 message that can be read at all.
public struct MessageReadingFailure: Error, Equatable, CustomStringConvertible {
    /// The line, from 1, on which reading ended.
    public let line: Int
    /// What is wrong, in one sentence.
    public let reason: String
    /// What to do about it, in one sentence.
    public let remedy: String
    /// The same as an error for the return report; its rule is one of `XML-01` to `XML-07`.
    public let finding: Finding

    init(_ rule: StructureRule, line: Int, reason: String, remedy: String) {
        self.line = line
        self.reason = reason
        self.remedy = remedy
        finding = Finding(rule: rule.rawValue, severity: .error, row: line, message: reason, remedy: remedy)
    }

    public var description: String { "line \(line): \(reason) \(remedy)" }
}
