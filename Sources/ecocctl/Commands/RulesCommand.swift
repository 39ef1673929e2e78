import ArgumentParser
import Pipeline
import Validate

/// `ecocctl rules`: what files and records are checked against. Works offline.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List and explain the rules.", subcommands: [ListRules.self, ExplainRule.self, RulesCoverage.self],
        defaultSubcommand: ListRules.self)

    struct ListRules: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules.")

        @OptionGroup var common: CommonOptions

        private struct Answer: Encodable {
            let ruleSet: String
            let rules: [RuleExplanation]
        }

        func run() throws {
            let set = RuleSet.current
            let rules = FileRule.all.map(RuleExplanation.init) + set.rules.map(RuleExplanation.init)
            if common.json { return try Console.json(Answer(ruleSet: set.version, rules: rules)) }
            Console.table(["RULE", "SEVERITY", "TITLE"], rules.map { [$0.id, $0.severity, $0.title] }, breaksWords: true)
            Console.line()
            Console.text(
                "Rule set \(set.version), \(set.rules.count) rules about vehicles, and \(FileRule.all.count) about files and receipts. 'ecocctl rules explain ID' tells more."
            )
        }
    }

    struct ExplainRule: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "explain", abstract: "Explain one rule.")

        @OptionGroup var common: CommonOptions

        @Argument(help: "The rule's id, such as VIN-01.")
        var id: String

        func run() throws {
            let id = id.uppercased()
            guard let rule = RuleSet.current.rule(id).map(RuleExplanation.init) ?? FileRule.rule(id).map(RuleExplanation.init) else {
                throw CommandRefusal(.no, "There is no rule '\(id)'. 'ecocctl rules list' names them all.")
            }
            if common.json { return try Console.json(rule) }
            Console.sentences("\(rule.id) (\(rule.severity)): \(rule.title)\n")
            Console.sentences(
                "Applies to: \(rule.appliesTo)\nSource:     \(rule.source)\n\n\(rule.explanation)\n\nWhat to do: \(rule.remedy)")
            if let reason = rule.fixedBecause { Console.sentences("Its severity is fixed, because \(reason).") }
            if let example = rule.breaks {
                Console.sentences("\nBreaks it:    \(example.vehicle).\n              \(example.findings.joined(separator: " "))")
            }
            if let example = rule.satisfies { Console.sentences("Satisfies it: \(example.vehicle).") }
        }
    }

    struct RulesCoverage: ParsableCommand {
        static let configuration = CommandConfiguration(
            commandName: "coverage", abstract: "Say what decides each published requirement.")

        @OptionGroup var common: CommonOptions

        private struct Row: Encodable {
            let requirement: String
            let rules: [String]
            let others: [String]
        }

        func run() throws {
            let rows = RequirementCoverage.all(of: .current).map { coverage in
                Row(requirement: "\(coverage.requirement)", rules: coverage.rules.map(\.id), others: coverage.others.map(\.words))
            }
            if common.json { return try Console.json(rows) }
            Console.table(
                ["REQUIREMENT", "RULES", "ELSE"],
                rows.map { [$0.requirement, $0.rules.joined(separator: " "), $0.others.joined(separator: "; ")] }, breaksWords: true)
        }
    }
}

/// A rule as people and programs get it told.
struct RuleExplanation: Encodable {
    let id, severity, title, appliesTo, source, explanation, remedy: String
    /// Why no source may change the severity.
    let fixedBecause: String?
    /// A vehicle that breaks the rule, and one that satisfies it.
    let breaks, satisfies: Example?

    struct Example: Encodable {
        /// The vehicle in words.
        let vehicle: String
        /// What is changed in a sound vehicle.
        let changes: [String]
        /// What the rules say of it.
        let findings: [String]

        init(_ example: RuleExample) {
            vehicle = example.description
            changes = example.changes
            findings = example.findings().map(\.message)
        }
    }

    init(_ rule: FileRule) {
        id = rule.id
        severity = rule.severity.rawValue
        title = rule.title
        appliesTo = rule.appliesTo
        source = rule.source
        explanation = rule.explanation
        remedy = rule.remedy
        (fixedBecause, breaks, satisfies) = (nil, nil, nil)
    }

    init(_ rule: Rule) {
        id = rule.id
        severity = rule.severity.rawValue
        title = rule.title
        appliesTo = rule.appliesTo
        source = rule.source
        explanation = rule.explanation
        remedy = rule.remedy
        fixedBecause = rule.whyFixed
        breaks = RuleExample.breaking(rule.id).map(Example.init)
        satisfies = RuleExample.sound(rule.id).map(Example.init)
    }
}
