import Certificate
import Foundation
import Testing

@testable import Validate

/// Every line of the collection of items, its conditions of presence and its limits, is decided by something or says why not.
@Suite struct ConditionCoverageTests {
    private struct Condition: Decodable {
        let elements: String
        let must: [Clause]
        let never: [Clause]
        let check: String

        struct Clause: Decodable {
            let categories: String
            let stages: String

            /// Each category with its number, where the letter stands for all of them.
            var bases: [String] { categories.split(separator: " ").flatMap { Clause.numbers(of: String($0)) } }
            var completions: [Character] { stages.split(separator: " ").compactMap(\.first) }

            private static func numbers(of code: String) -> [String] {
                let counts = ["M": 3, "N": 3, "O": 4, "L": 7]
                return counts[code].map { (1...$0).map { "\(code)\($0)" } } ?? [code.count == 1 ? "\(code)1" : code]
            }
        }
    }

    private static let folder = SharedMaterial.folder.appending(path: "ivi")
    private static var hasCollection: Bool { FileManager.default.fileExists(atPath: folder.appending(path: "coc-rules.json").path) }

    private static func conditions() throws -> [Condition] {
        try JSONDecoder().decode([Condition].self, from: Data(contentsOf: folder.appending(path: "coc-rules.json")))
    }

    /// For each category and each stage of completion that a line names, there is a clause, of the row or of another rule.
    @Test(.enabled(if: hasCollection, "coc-rules.json isn't beside the project (ECOCD_SHARED)"))
    func everyConditionIsDecided() throws {
        let conditions = try Self.conditions()
        #expect(conditions.count == 100)
        var decided = 0
        for (row, condition) in zip(ItemTable.current.rows, conditions) {
            for (kind, clauses) in [(ItemClause.Kind.demanded, condition.must), (.forbidden, condition.never)] {
                for clause in clauses {
                    for base in clause.bases {
                        let category = try #require(VehicleCategory(base))
                        for completion in clause.completions {
                            let isDecided = row.clauses.contains {
                                $0.kind == kind && $0.completions.contains(completion) && $0.categories.contains(category)
                            }
                            #expect(isDecided, "\(row.id) \(condition.elements): \(kind) for \(base) \(completion)")
                            decided += 1
                        }
                    }
                }
            }
        }
        #expect(decided > 3000)
    }

    @Test(.enabled(if: hasCollection, "coc-rules.json isn't beside the project (ECOCD_SHARED)"))
    func everyCheckOfAValueIsDecided() throws {
        let numbers = try Self.conditions().enumerated().filter { !$0.element.check.isEmpty }.map { String($0.offset + 1) }
        #expect(numbers.count > 20 && PlausibilityLimit.checks.map(\.key) == numbers)
    }

    /// The rows of the tables of part 2, in their order; tyre sizes, dates and VIN stand in sentences there.
    @Test(.enabled(if: hasCollection, "COC-ITEMS.md isn't beside the project (ECOCD_SHARED)"))
    func everyLimitIsDecided() throws {
        let text = try String(contentsOf: Self.folder.appending(path: "COC-ITEMS.md"), encoding: .utf8)
        let part = text[try #require(text.range(of: "\n## Part 2.")).upperBound...]
        let keys = part.split(separator: "\n").compactMap { line in
            try? /\| ((?:CAT|DIM|MAS|TYR|POW|EMI)[0-9]+b?) \|.*/.wholeMatch(in: line)?.output.1
        }.map(String.init)
        #expect(keys.count > 60 && Set(PlausibilityLimit.limits.map(\.key)) == Set(keys).union(["TyreSize", "Dates", "VIN"]))
        #expect(PlausibilityLimit.limits.count == Set(PlausibilityLimit.limits.map(\.key)).count)
    }

    /// A limit is decided by rules that exist, or its note says why not.
    @Test func limitsNameRulesOrSayWhyNot() {
        for limit in PlausibilityLimit.limits + PlausibilityLimit.checks {
            #expect(!limit.rules.isEmpty || limit.note != nil, "\(limit.key)")
            for rule in limit.rules { #expect(RuleSet.current.rule(rule) != nil, "\(limit.key) names \(rule)") }
        }
    }

    /// RULES 19: the indicators and codes that RULES say are never left out are demanded of their categories.
    @Test func indicatorsAreDemanded() {
        let ids = [11, 12, 13, 16, 19, 44, 62, 63, 78, 94, 99, 100].map { "COC-\($0)" }
        for id in ids {
            let row = ItemTable.current.rows.first { $0.id == id }
            #expect(row?.clauses.contains { $0.kind == .demanded } == true, "\(id)")
            for place in row?.elements.flatMap(\.places) ?? [] {
                guard case .codes = place.element.simpleType?.form else {
                    Issue.record("\(id): \(place.element.name) is no code")
                    continue
                }
            }
        }
    }
}
