import Foundation
import Testing

@testable import Validate

@Suite struct RulePageTests {
    /// `ECOCD_WRITE_RULES=1` writes the page instead of comparing it.
    @Test func pageIsUpToDate() throws {
        let page = SharedMaterial.packageRoot.appending(path: "docs/rules.md")
        let expected = RuleSet.current.markdown()
        if ProcessInfo.processInfo.environment["ECOCD_WRITE_RULES"] != nil { try Data(expected.utf8).write(to: page) }
        #expect(try String(contentsOf: page, encoding: .utf8) == expected)
    }

    @Test func everyRuleIsExplained() {
        for rule in RuleSet.current.rules {
            #expect(rule.remedy.hasSuffix(".") && rule.explanation.hasSuffix("."), "\(rule.id)")
            #expect(!rule.appliesTo.isEmpty && !rule.source.isEmpty && !rule.title.hasSuffix("."), "\(rule.id)")
        }
    }
}
