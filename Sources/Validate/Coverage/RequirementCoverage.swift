/// What decides one published requirement.
public struct RequirementCoverage: Sendable {
    public let requirement: Requirement
    /// The rules whose source names it.
    public let rules: [Rule]
    /// What else decides it, or why nothing can.
    public let others: [Decision]

    /// A decision that isn't one of the rules about vehicles.
    public enum Decision: Sendable {
        /// The schema's types and cardinalities: CAT-01, CAT-02 and CAT-03, and the names of elements and columns.
        case schema(String)
        /// Another part of ecocd, by the rules about files where there are some, and the test that shows it, as `Suite.test`.
        case elsewhere(String, rules: [String] = [], test: String)
        /// It can't be decided from one message, its reference data and the ledger.
        case undecidable(String)

        /// As the table says it.
        public var words: String {
            switch self {
            case .schema(let what): "the schema (CAT-01 to CAT-03): \(what)"
            case .elsewhere(let what, let rules, let test): "\(what)\(rules.isEmpty ? "" : " (\(rules.listed))"); shown by \(test)"
            case .undecidable(let why): "not decided: \(why)"
            }
        }
    }

    /// Every requirement, in the order of the two books.
    public static func all(of rules: RuleSet) -> [RequirementCoverage] {
        var citing: [Requirement: [Rule]] = [:]
        for rule in rules.rules {
            for requirement in Requirement.cited(in: rule.source) { citing[requirement, default: []].append(rule) }
        }
        return requirements.map { RequirementCoverage(requirement: $0, rules: citing[$0] ?? [], others: others[$0] ?? []) }
    }
}

extension RuleSet {
    /// The table of docs/rules.md that says what decides each published requirement.
    func coverageTable() -> String {
        let rows = RequirementCoverage.all(of: self).map { coverage in
            let rules = coverage.rules.map { "[\($0.id)](#\($0.id.lowercased())) \($0.title)" }
            return "| \(coverage.requirement) | \((rules + coverage.others.map(\.words)).joined(separator: "<br>")) |\n"
        }
        return """

            ## What decides each published requirement

            RULES are the 98 numbered rules, MODEL section 5 of the model: its paragraphs 5.1 to 5.3 and the relationship rules of 5.4. A
            rule is listed where its source names the requirement.

            | requirement | decided by |
            |---|---|

            """ + rows.joined()
    }
}
