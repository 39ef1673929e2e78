import ArgumentParser
import Pipeline
import Validate

/// `ecocctl rules`: what files and records are checked against. Works offline.
struct RulesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rules", abstract: "List and explain the rules.", subcommands: [ListRules.self, ExplainRule.self],
        defaultSubcommand: ListRules.self)

    struct ListRules: ParsableCommand {
        static let configuration = CommandConfiguration(commandName: "list", abstract: "List the rules.")

        @OptionGroup var common: CommonOptions

        func run() throws {
            let rules = FileRule.all.map(Explanation.init) + RuleSet.current.rules.map(Explanation.init)
            if common.json { return try Console.json(rules) }
            Console.table(["RULE", "SEVERITY", "TITLE"], rules.map { [$0.id, $0.severity, $0.title] })
            Console.line(
                "\nRule set \(RuleSet.current.version), \(RuleSet.current.rules.count) rules about vehicles, and \(FileRule.all.count) about files. 'ecocctl rules explain ID' tells more."
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
            guard let rule = RuleSet.current.rule(id).map(Explanation.init) ?? FileRule.rule(id).map(Explanation.init) else {
                throw CommandRefusal(.no, "There is no rule '\(id)'. 'ecocctl rules list' names them all.")
            }
            if common.json { return try Console.json(rule) }
            Console.line("\(rule.id) (\(rule.severity)): \(rule.title)\n")
            Console.line("Applies to: \(rule.appliesTo)\nSource:     \(rule.source)\n\n\(rule.explanation)\n\nWhat to do: \(rule.remedy)")
        }
    }

    private struct Explanation: Encodable {
        let id, severity, title, appliesTo, source, explanation, remedy: String

        init(_ rule: FileRule) {
            id = rule.id
            severity = rule.severity.rawValue
            title = rule.title
            appliesTo = rule.appliesTo
            source = rule.source
            explanation = rule.explanation
            remedy = rule.remedy
        }

        init(_ rule: Rule) {
            id = rule.id
            severity = rule.severity.rawValue
            title = rule.title
            appliesTo = rule.appliesTo
            source = rule.source
            explanation = rule.explanation
            remedy = rule.remedy
        }
    }
}
