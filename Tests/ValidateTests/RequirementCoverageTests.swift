import Foundation
import Testing

@testable import Validate

/// Is every published requirement decided by something, or named with the reason why not?
@Suite struct RequirementCoverageTests {
    private static let coverage = RequirementCoverage.all(of: .current)

    private static func text(_ name: String) throws -> String {
        try String(contentsOf: SharedMaterial.folder.appending(path: "ivi/\(name)"), encoding: .utf8)
    }

    /// The numbered rules of section 5 of RULES.md, each with its text.
    private static func publishedRules() throws -> [Int: String] {
        let text = try text("RULES.md")
        let start = try #require(text.range(of: "\n## 5. ")).upperBound
        let end = try #require(text[start...].range(of: "\n## 6. ")).lowerBound
        var rules: [Int: String] = [:]
        var number: Int?
        for line in text[start..<end].split(separator: "\n") {
            let words = line.split(separator: " ", maxSplits: 1)
            if let first = words.first, first.hasSuffix("."), let found = Int(first.dropLast()) { number = found }
            if let number { rules[number, default: ""] += line + " " }
        }
        return rules
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "RULES.md isn't beside the project (ECOCD_SHARED)"))
    func everyNumberedRuleIsCovered() throws {
        let published = try Self.publishedRules().keys.map { Requirement(.rules, String($0)) }
        #expect(published.count == 98)
        let covered = Set(Self.coverage.filter { !$0.rules.isEmpty || !$0.others.isEmpty }.map(\.requirement))
        #expect(Set(published).subtracting(covered).map(\.description).sorted() == [])
    }

    @Test(.enabled(if: SharedMaterial.isPresent, "MODEL.md isn't beside the project (ECOCD_SHARED)"))
    func everyRelationshipRuleIsCovered() throws {
        let lines = try Self.text("MODEL.md").split(separator: "\n")
        let rows = lines.compactMap { try? /\| (R-[A-Z]+[0-9]+) \|.*/.wholeMatch(in: $0)?.output.1 }.map(String.init)
        let sections = lines.compactMap { try? /### (5\.[0-9]) .*/.wholeMatch(in: $0)?.output.1 }.map(String.init).filter { $0 != "5.4" }
        #expect(rows.count > 30 && sections == ["5.1", "5.2", "5.3"])
        let covered = Set(Self.coverage.filter { !$0.rules.isEmpty || !$0.others.isEmpty }.map(\.requirement))
        #expect(Set((rows + sections).map { Requirement(.model, $0) }).subtracting(covered).map(\.description).sorted() == [])
    }

    /// A rule that rests on second-hand reports alone doesn't keep a certificate back.
    @Test(.enabled(if: SharedMaterial.isPresent, "RULES.md isn't beside the project (ECOCD_SHARED)"))
    func secondHandRulesOnlyWarn() throws {
        let published = try Self.publishedRules()
        for rule in RuleSet.current.rules where rule.severity == .error {
            let cited = Requirement.cited(in: rule.source)
            guard !cited.isEmpty, cited.allSatisfy({ $0.book == .rules }) else { continue }
            let statuses = cited.compactMap { Int($0.key) }.compactMap { published[$0] }.flatMap { text in
                text.matches(of: /\[([^\]]*)\]/).flatMap { $0.output.1.split(whereSeparator: { " ,;+".contains($0) }) }
            }
            #expect(statuses.contains { ["N", "X", "D"].contains($0) }, "\(rule.id) is an error by \(cited.map(\.description))")
        }
    }

    /// What a rule cites exists; sections of the two books are cited, too.
    @Test func rulesCiteWhatThereIs() {
        for rule in RuleSet.current.rules {
            for requirement in Requirement.cited(in: rule.source) where !RequirementCoverage.requirements.contains(requirement) {
                let isSection = requirement.key.wholeMatch(of: /[2-9]\.[0-9]|9[a-t]/) != nil
                #expect(isSection, "\(rule.id) cites \(requirement)")
            }
        }
    }

    @Test func sourcesAreRead() {
        let cited = Requirement.cited(in: "RULES 28, 9a; SM p8-9; MODEL R-DT1, 5.1; RULES section 4; Regulation (EU) 2018/858")
        #expect(cited.map(\.description) == ["RULES 28", "RULES 9a", "MODEL R-DT1", "MODEL 5.1"])
    }

    /// The tests that are said to show a decision are there.
    @Test func namedTestsExist() throws {
        var suites: [String: String] = [:]
        let folder = SharedMaterial.packageRoot.appending(path: "Tests")
        let files = try #require(FileManager.default.enumerator(at: folder, includingPropertiesForKeys: nil))
        for case let file as URL in files where file.pathExtension == "swift" {
            let text = try String(contentsOf: file, encoding: .utf8)
            for match in text.matches(of: /struct ([A-Za-z]+Tests)/) { suites[String(match.output.1)] = text }
        }
        for decision in RequirementCoverage.others.values.joined() {
            guard case .elsewhere(_, _, let test) = decision else { continue }
            let parts = test.split(separator: ".").map(String.init)
            let text = try #require(suites[parts[0]], "no suite \(parts[0])")
            #expect(text.contains("func \(parts[1])("), "no test \(test)")
        }
    }
}
