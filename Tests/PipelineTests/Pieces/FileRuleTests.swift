import Foundation
import Testing

@testable import Pipeline
@testable import Validate

@Suite struct FileRuleTests {
    /// `ECOCD_WRITE_RULES=1` writes the page instead of comparing it.
    @Test func pageIsUpToDate() throws {
        let page = URL(filePath: "\(Programs.packageRoot)/docs/file-rules.md")
        let expected = FileRule.markdown()
        if ProcessInfo.processInfo.environment["ECOCD_WRITE_RULES"] != nil { try Data(expected.utf8).write(to: page) }
        #expect(try String(contentsOf: page, encoding: .utf8) == expected)
    }

    /// What is said to decide a published requirement beside the rules about vehicles is a rule about files.
    @Test func coverageNamesRulesThatExist() {
        for decision in RequirementCoverage.all(of: .current).flatMap(\.others) {
            guard case .elsewhere(_, let rules, _) = decision else { continue }
            for rule in rules { #expect(FileRule.rule(rule) != nil, "\(rule)") }
        }
    }

    /// The other way round: where a rule about files cites a published requirement, the coverage names it.
    @Test func coverageNamesEveryRuleThatCites() {
        let coverage = Dictionary(uniqueKeysWithValues: RequirementCoverage.all(of: .current).map { ($0.requirement, $0.others) })
        for rule in FileRule.all {
            for requirement in Requirement.cited(in: rule.source) {
                let named = coverage[requirement, default: []].flatMap { decision -> [String] in
                    if case .elsewhere(_, let rules, _) = decision { rules } else { [] }
                }
                #expect(named.contains(rule.id), "\(requirement) is decided by \(rule.id), too")
            }
        }
    }

    /// docs/receipts.md has the rules about receipts among the others that a receipt meets.
    @Test func receiptsPageDemandsTheSame() throws {
        let page = try String(contentsOfFile: "\(Programs.packageRoot)/docs/receipts.md", encoding: .utf8)
        let rows = page.matches(of: /(?m)^\| (RCPT-\d\d) \| (.+) \|$/).map { "\($0.1) \($0.2)" }
        #expect(rows == FileRule.all.filter { $0.id.hasPrefix("RCPT-") }.map { "\($0.id) \($0.title)" } && !rows.isEmpty)
    }

    @Test func everyIdIsGivenOnceAndExplained() {
        let ids = FileRule.all.map(\.id) + RuleSet.current.rules.map(\.id)
        #expect(Set(ids).count == ids.count)
        for rule in FileRule.all {
            #expect(rule.explanation.hasSuffix(".") && rule.remedy.hasSuffix(".") && !rule.title.hasSuffix("."), "\(rule.id)")
            #expect(rule.id.wholeMatch(of: /[A-Z]+-\d\d/) != nil)
            #expect(!"\(rule.title)\(rule.explanation)\(rule.remedy)".contains("|"), "\(rule.id): a bar would end the page's column")
        }
    }
}
