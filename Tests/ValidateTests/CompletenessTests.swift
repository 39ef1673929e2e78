import Certificate
import Foundation
import Testing

@testable import Validate

/// The table of items, and what it finds.
@Suite struct CompletenessTests {
    /// The condition of the collection that a row was made from.
    private struct Condition: Decodable {
        let elements: String
        let must: [Clause]
        let never: [Clause]
        let severity: [String: [[String]]]

        struct Clause: Decodable {
            let categories: String
            let stages: String
            let condition: String
        }

        /// `ProductionYearSmallSeries`, without what is written around names.
        var names: [String] { elements.matches(of: /[A-Z][A-Za-z0-9]+/).map { String($0.output) } }
    }

    private static let collection = SharedMaterial.folder.appending(path: "ivi/coc-rules.json")
    private static var hasCollection: Bool { FileManager.default.fileExists(atPath: collection.path) }

    private static func conditions() throws -> [Condition] {
        try JSONDecoder().decode([Condition].self, from: Data(contentsOf: collection))
    }

    @Test(arguments: RuleExample.incomplete)
    func aMissingOrForeignItemIsFound(_ testCase: RuleExample) {
        let findings = testCase.findings().filter { $0.rule.hasPrefix("COC-") }
        #expect(!findings.isEmpty && findings.allSatisfy { $0.rule == testCase.rule }, "\(findings.map { "\($0.rule): \($0.message)" })")
    }

    @Test func everyLineOfTheCollectionHasARow() {
        let rows = ItemTable.current.rows
        #expect(rows.map(\.id) == (1...100).map { $0 < 10 ? "COC-0\($0)" : "COC-\($0)" })
        for row in rows { #expect(!row.clauses.isEmpty || row.note != nil, "\(row.id) decides nothing and says nothing") }
    }

    /// Each demand and each prohibition of the collection is decided by a clause for at least the same categories, or by a note.
    @Test(.enabled(if: hasCollection, "coc-rules.json isn't beside the project (ECOCD_SHARED)"))
    func everyConditionIsDecided() throws {
        let conditions = try Self.conditions()
        #expect(conditions.count == ItemTable.current.rows.count)
        for (row, condition) in zip(ItemTable.current.rows, conditions) where row.note == nil || !row.clauses.isEmpty {
            for (kind, clauses) in [(ItemClause.Kind.demanded, condition.must), (.forbidden, condition.never)] {
                let own = row.clauses.filter { $0.kind == kind }
                let wanted = Set(clauses.flatMap { $0.categories.split(separator: " ").map(String.init) })
                let decided = Set(own.flatMap(\.categories.codes))
                let missing = wanted.filter { code in
                    !decided.contains(code) && !decided.contains(String(code.prefix(1)))
                        && !Self.numbers(of: code).allSatisfy(decided.contains)
                }
                #expect(missing.isEmpty || row.note != nil, "\(row.id) leaves \(missing.sorted()) undecided (\(kind))")
            }
        }
    }

    /// M is decided where M1, M2 and M3 are.
    private static func numbers(of code: String) -> [String] {
        let counts = ["M": 3, "N": 3, "O": 4, "L": 7]
        guard let count = counts[code] else { return [code] }
        return (1...count).map { "\(code)\($0)" }
    }

    /// An error stands exactly where the collection says so: unconditional, complete, with a source of that very category.
    @Test(.enabled(if: hasCollection, "coc-rules.json isn't beside the project (ECOCD_SHARED)"))
    func severityIsThatOfTheCollection() throws {
        for (row, condition) in zip(ItemTable.current.rows, try Self.conditions()) {
            let errors = Set(condition.severity.filter { $0.value.contains { $0.first == "E" } }.keys)
            let own = row.ownClauses.filter { $0.kind == .demanded && $0.condition == nil }
            for code in errors {
                guard let category = VehicleCategory(code == "L" ? "L1" : code) else { continue }
                guard let clause = own.first(where: { $0.categories.contains(category) }) else {
                    #expect(row.clauses.contains { !$0.decidedBy.isEmpty && $0.categories.contains(category) }, "\(row.id) for \(code)")
                    continue
                }
                #expect(row.severity(of: clause, category: category, completion: "C") == .error, "\(row.id) for \(code)")
                #expect(row.severity(of: clause, category: category, completion: "V") == .warning, "\(row.id) for \(code)")
            }
            let claimed = Set(row.certain.codes)
            #expect(claimed.isSubset(of: errors), "\(row.id) is certain of \(claimed.subtracting(errors))")
        }
    }

    /// The rules that a clause names exist.
    @Test func otherRulesAreThere() {
        for row in ItemTable.current.rows {
            for rule in row.clauses.flatMap(\.decidedBy) { #expect(RuleSet.current.rule(rule) != nil, "\(row.id) names \(rule)") }
        }
    }

    @Test func manyMissingItemsAreOneFinding() throws {
        let values = ExampleVehicle.petrolCar.values.changed(["-AxleTable", "-DimensionGroup", "Wheelbase 2700"])
        let findings = RuleSet.current.check(values, context: .test).filter { $0.rule.hasPrefix("COC-") }
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.rule == "COC-00" && finding.severity == .error)
        for name in ["Length (5)", "AxleTrack (30)", "TyreSize (35)"] { #expect(finding.message.contains(name), "\(finding.message)") }
    }

    /// The numbers of items are those of Regulation (EU) 2020/683, which has no vehicles of category L.
    @Test func otherActsHaveNoItemNumbers() {
        let findings = RuleSet.current.check(ExampleVehicle.moped.values.changed(["-Wheelbase", "-MaximumSpeed"]), context: .test)
        #expect(findings.count == 2 && findings.allSatisfy { $0.item == nil }, "\(findings.map(\.message))")
    }

    /// What is shown as empty on the page: the demands of the table, those among them that other rules decide as well.
    @Test(arguments: ExampleVehicle.allCases) func aSoundVehicleLacksNothing(_ vehicle: ExampleVehicle) {
        #expect(LackingItems.places(in: vehicle.values).isEmpty, "\(LackingItems.places(in: vehicle.values).map { FieldPath.write($0) })")
    }

    @Test(arguments: [
        (ExampleVehicle.petrolCar, ["-Wheelbase", "-NumberOfWheels"], ["NumberOfWheels", "Wheelbase"]),
        (.petrolCar, ["-AxleTable[2].AxleTrack"], ["AxleTable[2].AxleTrack"]),
        (.petrolCar, ["-PureElectricVehicleIndicator"], ["PureElectricVehicleIndicator"]),
        (.petrolCar, ["StageOfCompletion I", "-Length", "-MaximumSpeed"], ["MaximumPermissibleLength"]),
        (.electricCar, ["-WltpPureElectricRange"], ["WltpPureElectricRange"]),
        (.moped, ["-DateManufactureVehicle", "-Wheelbase"], ["Wheelbase"]),
        (.trailer, ["-CodeForBodywork", "-Wheelbase"], ["Wheelbase", "CodeForBodywork"]),
    ])
    func whatAVehicleLacksIsNamed(_ vehicle: ExampleVehicle, _ changes: [String], _ lacking: [String]) {
        let names = LackingItems.places(in: vehicle.values.changed(changes)).map { FieldPath.write($0) }
        for name in lacking { #expect(names.contains { $0.hasSuffix(name) }, "\(name): \(names)") }
        #expect(changes.contains { $0.hasPrefix("StageOfCompletion") } || names.count == lacking.count, "\(names)")
    }

    /// A source may lower a demand, and then it doesn't count among what is missing.
    @Test func aSourceMayWaiveADemand() {
        let change = RuleChange(rule: "COC-20", severity: .waived, reason: "measured later", decidedBy: "Jane Roe")
        let findings = RuleSet.current.changed(by: [change])
            .check(ExampleVehicle.petrolCar.values.changed(["-Wheelbase"]), context: .test)
        #expect(findings.map(\.severity) == [.waived] && findings.map(\.rule) == ["COC-20"])
    }

    @Test(.enabled(if: FileManager.default.fileExists(atPath: hollow.path), "the cases aren't beside the project (ECOCD_SHARED)"))
    func theHollowCertificateIsRefused() throws {
        let message = try MessageReader.read(Array(try Data(contentsOf: Self.hollow)))
        let findings = RuleSet.current.check(message.values, context: RecordContext(row: 1, today: RecordContext.test.today))
        #expect(findings.contains { $0.rule == "COC-00" && $0.severity == .error })
    }

    private static let hollow = SharedMaterial.folder.appending(path: "cases/certificates/hollow-m1.xml")

    @Test(arguments: [
        ("COC-01 NoSuchElement\n  demanded all", 1), ("COC-01 Wheelbase\n  demands all", 2), ("  demanded all", 1),
        ("COC-01 Wheelbase\n  demanded all per wheel", 2), ("COC-01 Wheelbase\n\n  demanded all if fast", 3),
        ("COC-01 Wheelbase\n  forbidden", 2),
    ])
    func aFaultInTheTableHasItsLine(text: String, line: Int) {
        #expect { try ItemTableReader.read(text) } throws: { ($0 as? ItemTableReader.Fault)?.line == line }
    }
}
