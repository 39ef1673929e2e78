public import Certificate

/// One check of a record and all that a person needs to understand it: the page docs/rules.md is made of these.
public struct Rule: Sendable {
    /// Such as `VIN-01`. An id is never given to another rule.
    public let id: String
    public let title: String
    /// That of the findings: the rule's own, or the one that a source gives it.
    public private(set) var severity: Finding.Severity
    /// What a source decided about it.
    private(set) var change: Finding.Change?
    /// The vehicles or messages that the rule looks at, in words.
    public let appliesTo: String
    /// Where it is written, such as `RULES 16; ISO 3779`.
    public let source: String
    /// Why the rule exists and what exactly it compares.
    public let explanation: String
    /// What to do about a finding, in one sentence.
    public let remedy: String
    public let scope: Scope
    /// Why no source may change its severity, as a clause; nil where it may.
    public let whyFixed: String?
    /// Nil for the rules that the one pass over the catalogue or the merge with reference data decides.
    let check: (@Sendable (inout CheckContext) -> Void)?

    /// How much of the vehicle must be there for the rule to make sense.
    public enum Scope: Sendable {
        /// Judges given values, even of a record whose reference data is missing.
        case values
        /// Judges the vehicle as a whole.
        case vehicle
    }

    init(
        _ id: String, _ title: String, _ severity: Finding.Severity, appliesTo: String, source: String, explanation: String, remedy: String,
        scope: Scope = .vehicle, whyFixed: String? = nil, check: (@Sendable (inout CheckContext) -> Void)? = nil
    ) {
        self.id = id
        self.title = title
        self.severity = severity
        self.appliesTo = appliesTo
        self.source = source
        self.explanation = explanation
        self.remedy = remedy
        self.scope = scope
        self.whyFixed = whyFixed
        self.check = check
    }

    /// The rule as a source wants it.
    func changed(by change: RuleChange) -> Rule {
        var rule = self
        rule.change = Finding.Change(from: severity, reason: change.reason, decidedBy: change.decidedBy)
        rule.severity = change.severity
        return rule
    }
}
