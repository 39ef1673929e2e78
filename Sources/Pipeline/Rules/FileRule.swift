public import Certificate
import Ingest

/// A rule about files, messages, identities and receipts, beside the rule set that judges vehicles: what `ecocctl rules` and
/// docs/file-rules.md say of it.
public struct FileRule: Sendable {
    public let id: String
    /// What it asks, without a full stop.
    public let title: String
    public let severity: Finding.Severity
    /// What it looks at, in words.
    public let appliesTo: String
    /// The page that describes it.
    public let source: String
    /// What becomes of what breaks it.
    public let explanation: String
    public let remedy: String

    /// All of them, in the order in which a file meets them; those about the answers to it come last.
    public static let all: [FileRule] =
        IntakeRule.allCases.map(FileRule.init) + DecodingRule.allCases.map(FileRule.init) + StructureRule.allCases.map(FileRule.init)
        + SubmissionRule.allCases.map(FileRule.init) + ReceiptRule.allCases.map(FileRule.init)

    /// The rule of that exact id, or nil.
    public static func rule(_ id: String) -> FileRule? { all.first { $0.id == id } }

    private init(
        _ id: String, _ sentence: String, _ severity: Finding.Severity, appliesTo: String, source: String, explanation: String,
        remedy: String
    ) {
        self.id = id
        title = String(sentence.dropLast())
        self.severity = severity
        self.appliesTo = appliesTo
        self.source = source
        self.explanation = explanation
        self.remedy = remedy
    }

    private init(_ rule: IntakeRule) {
        self.init(
            rule.rawValue, rule.title, .error, appliesTo: rule.appliesTo, source: "docs/spool.md",
            explanation: rule.consequence, remedy: rule.remedy)
    }

    private init(_ rule: DecodingRule) {
        let isAboutFile = rule.rawValue.hasPrefix("FILE")
        self.init(
            rule.rawValue, rule.title, rule == .signatureDiscarded ? .information : .error,
            appliesTo: rule == .signaturePresent || rule == .signatureDiscarded
                ? "ready messages" : isAboutFile ? "files" : "rows of tables",
            source: "docs/input-formats.md", explanation: rule.consequence, remedy: rule.remedy)
    }

    private init(_ rule: StructureRule) {
        self.init(
            rule.rawValue, rule.title, rule == .emptyGroup ? .warning : .error, appliesTo: "ready messages and reference data",
            source: rule == .oldMessage ? "RULES 3, 7; docs/input-formats.md" : "docs/input-formats.md", explanation: rule.consequence,
            remedy: rule.remedy)
    }

    private init(_ rule: SubmissionRule) {
        self.init(
            rule.rawValue, rule.title, rule.severity, appliesTo: rule.rawValue.hasPrefix("FILE") ? "files" : "every record",
            source: rule.source,
            explanation: rule.consequence,
            remedy: rule.remedy)
    }

    private init(_ rule: ReceiptRule) {
        self.init(
            rule.rawValue, rule.title, .error, appliesTo: "an authority's receipts", source: "docs/receipts.md",
            explanation: rule.consequence, remedy: rule.remedy)
    }
}
