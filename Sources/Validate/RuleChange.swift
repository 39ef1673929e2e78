public import Certificate

/// What a source decides about one rule: another severity, or none, with a reason and the person who decided it.
public struct RuleChange: Sendable, Hashable {
    public let rule: String
    public let severity: Finding.Severity
    public let reason: String
    /// The person, as the settings name them.
    public let decidedBy: String

    public init(rule: String, severity: Finding.Severity, reason: String, decidedBy: String) {
        self.rule = rule
        self.severity = severity
        self.reason = reason
        self.decidedBy = decidedBy
    }

    /// Why a source can't make this change; nil when it can.
    public func problem(in rules: RuleSet = .current) -> Problem? {
        guard let known = rules.rule(rule) else { return .unknown }
        if let reason = known.whyFixed, severity != known.severity { return .fixed(reason) }
        return severity == known.severity ? .nothingChanges : nil
    }

    public enum Problem: Sendable, Hashable {
        /// There is no such rule about vehicles.
        case unknown
        /// The rule can't be changed; the text says why, as a clause.
        case fixed(String)
        /// The rule has this severity anyway.
        case nothingChanges
    }
}

extension RuleSet {
    /// These rules with the changes of a source. A change that can't be made is left out; the configuration refuses it earlier.
    public func changed(by changes: [RuleChange]) -> RuleSet {
        let possible = changes.filter { $0.problem(in: self) == nil }
        guard !possible.isEmpty else { return self }
        let byRule = Dictionary(possible.map { ($0.rule, $0) }) { $1 }
        return RuleSet(year: year, rules: rules.map { rule in byRule[rule.id].map { rule.changed(by: $0) } ?? rule })
    }
}
