import Certificate
import Testing

@testable import Validate

@Suite struct RuleSetTests {
    @Test(arguments: ExampleVehicle.allCases)
    func acceptsSoundVehicles(vehicle: ExampleVehicle) {
        #expect(RuleSet.current.check(vehicle.values, context: .test).isEmpty)
    }

    /// What an example changes may also make a vehicle of another category of it, which lacks that category's items: `CompletenessTests`
    /// looks at those.
    @Test(arguments: RuleExample.breaking + RuleExample.implausible)
    func tripsOneRule(_ testCase: RuleExample) {
        let findings = testCase.findings().filter { !$0.rule.hasPrefix("COC-") }
        #expect(!findings.isEmpty && findings.allSatisfy { $0.rule == testCase.rule }, "\(findings.map { "\($0.rule): \($0.message)" })")
    }

    @Test(arguments: RuleExample.sound + RuleExample.plausible)
    func leavesSoundValuesAlone(_ testCase: RuleExample) {
        let findings = testCase.findings().filter { !$0.rule.hasPrefix("COC-") }
        #expect(findings.isEmpty, "\(findings.map { "\($0.rule): \($0.message)" })")
    }

    /// REF-03 to REF-06 are about reference files and have their cases in ReferenceReadingTests and ReferenceDaysTests.
    @Test func everyRuleHasBothKindsOfCase() {
        let ids = Set(RuleSet.current.rules.map(\.id)).subtracting(["REF-03", "REF-04", "REF-05", "REF-06"])
        #expect(
            ids.subtracting((RuleExample.breaking + RuleExample.incomplete + RuleExample.implausible).map(\.rule)).sorted() == [],
            "rules that no example breaks")
        #expect(
            ids.subtracting((RuleExample.sound + RuleExample.complete + RuleExample.plausible).map(\.rule)).sorted() == [],
            "rules without an example that satisfies them")
        #expect(Set(RuleExample.breaking.map(\.rule) + RuleExample.sound.map(\.rule)).subtracting(ids).isEmpty)
    }

    @Test func idsAreUniqueAndFound() {
        let rules = RuleSet.current.rules
        #expect(Set(rules.map(\.id)).count == rules.count)
        #expect(RuleSet.current.rule("AXL-01")?.severity == .error)
        #expect(RuleSet.current.rule("AXL-99") == nil)
    }

    @Test func findingSaysWhereAndWhat() throws {
        let values = ExampleVehicle.petrolCar.values.changed(["NumberOfAxles 3"])
        let finding = try #require(RuleSet.current.check(values, context: .test).first)
        #expect(finding.rule == "AXL-01" && finding.severity == .error)
        #expect(finding.row == 2 && finding.column == "COLUMN_7")
        #expect(finding.element == "CocDataGroup.GeneralConstructionGroup.NumberOfAxles" && finding.value == "3")
        #expect(finding.message == "NumberOfAxles says 3, but the message has 2 axles.")
        #expect(finding.remedy == RuleSet.current.rule("AXL-01")?.remedy)
    }

    @Test func missingElementsAreNamedWithTheirGroup() {
        let values = ExampleVehicle.petrolCar.values.changed(["AxleTable[2].TyreAxleTable[2].TyreSize 195/50R19", "-SigningAuthorityTable"])
        let elements = RuleSet.current.check(values, context: .test).filter { $0.rule == "CAT-02" }.map(\.element)
        #expect(
            elements == [
                "CocDataGroup.SigningAuthorityTable[1].SignerName", "CocDataGroup.SigningAuthorityTable[1].SignerPosition",
                "CocDataGroup.SigningAuthorityTable[1].SignatureLocation", "CocDataGroup.SigningAuthorityTable[1].SignatureDate",
                "CocDataGroup.AxleTable[2].TyreAxleTable[2].TyreNumber",
            ])
    }

    @Test func demandsTheHeaderOfReadyMessages() {
        let context = RecordContext(row: 1, today: RecordContext.test.today, headerAssigned: false)
        let missing = RuleSet.current.check(ExampleVehicle.petrolCar.values, context: context).map(\.element)
        #expect(missing == ["Header.IviReferenceId", "Header.IviVersionNumberXsd", "Header.IviVersionNumber", "Header.IviVersionDateTime"])
    }

    @Test func emptyRecordLacksEverything() {
        let findings = RuleSet.current.check(FieldValues(), context: .test)
        #expect(findings.contains { $0.element == "CocDataGroup.VehicleIdentificationNumber" })
        #expect(findings.contains { $0.element == "CocDataGroup.MassGroup" })
    }

    /// Nobody makes fields of groups, but if one came, the walk over the fields would still end and check what stands behind it.
    @Test func survivesTheKeyOfAGroup() throws {
        let group = try #require(Catalogue.initialVehicleInformation.element(named: "MassGroup"))
        let fields = [Field(try #require(FieldKey(group)), "x", .constant)]
        let values = FieldValues(fields).overlaid(by: ExampleVehicle.petrolCar.values.changed(["Colour 11", "-SignerName"]))
        #expect(RuleSet.current.check(values, context: .test).map(\.rule) == ["CAT-02", "CAT-01"])
    }

    /// Whatever values come in any combination, no rule traps, and findings come from rules of the set.
    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func survivesRandomValues(seed: UInt64) {
        var generator = SplitMix(state: seed)
        let elements = Catalogue.initialVehicleInformation.elements.filter(\.isValue)
        let texts = [
            "", "0", "1", "2", "95", "Y", "N", "M1", "V", "-5", "999999999999999999999", "e4*2018/858*00123*01", "2026-02-30", "x",
        ]
        for _ in 0..<5 {
            let fields = (0..<150).compactMap { _ -> Field? in
                let element = elements[Int.random(in: elements.indices, using: &generator)]
                let indices = element.repeatingAncestors.map { _ in Int.random(in: 1...3, using: &generator) }
                let text = texts[Int.random(in: texts.indices, using: &generator)]
                return FieldKey(element, indices: indices).map { Field($0, text, .record(1)) }
            }
            let findings = RuleSet.current.check(FieldValues(fields), context: .test)
            // A rule about items may warn where it isn't certain.
            #expect(findings.allSatisfy { finding in RuleSet.current.rule(finding.rule).map { $0.severity >= finding.severity } ?? false })
        }
    }
}

/// A generator that gives the same numbers for the same seed.
private struct SplitMix: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
