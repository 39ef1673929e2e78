import Certificate
import Testing

@testable import Validate

/// REF-07: a record says something else than the approval.
@Suite struct ReferenceDeviationTests {
    private static let key = """
        VehicleIdentificationNumber WAUZZZ1A2BC004712
        TypeApprovalNumber e4*2018/858*00123*01
        Type T1
        Variant V1
        Version E1
        DateManufactureVehicle 2026-08-20

        """

    private static func findings(_ record: String, overrides: [String] = [], rules: RuleSet = .current) -> [Finding] {
        let all = ExampleVehicle.petrolCar.values.changed(["-VehicleIdentificationNumber", "-DateManufactureVehicle"])
        let reference = ReferenceRecord(
            key: ReferenceKey(approval: "e4*2018/858*00123*01", type: "T1", variant: "V1", version: "E1"), values: all, sha256: "ab",
            name: "car.xml", bytes: [])
        let context = RecordContext(
            row: 2, today: RecordContext.test.today, vehiclesOwn: VehicleElements(overrides: overrides), columnName: { "COLUMN_\($0)" })
        return RecordValidation.validate(
            record: ExampleVehicle.values(key + record, .record(4)), constants: FieldValues(), library: ReferenceLibrary([reference]),
            ruleSet: rules, context: context
        ).findings
    }

    @Test func anotherMassIsAWarningWithBothValues() throws {
        let findings = Self.findings("MassInRunningOrder 1510")
        let finding = try #require(findings.first)
        #expect(findings.count == 1 && finding.rule == "REF-07" && finding.severity == .warning)
        #expect(finding.element == "CocDataGroup.MassGroup.MassInRunningOrder" && finding.column == "COLUMN_4" && finding.value == "1510")
        #expect(
            finding.message == """
                MassInRunningOrder is 1510 kg, but the reference data of this version has 1500 kg (car.xml). The certificate gets the record's \
                value.
                """)
    }

    @Test(arguments: [
        "ActualMass 1540", "Colour 3", "WltpEmissionTestMass 1560", "SignerName John Doe", "SignatureDate 2026-08-30",
        "RightLeftHandTraffic LEFT",
        "AxleTable[1].TyreAxleTable[1].RollingResistanceClass B", "IntendedCountryRegistration D", "MassInRunningOrder 01500",
        "MaximumSpeed 190.00",
        "NumberOfDoors 5",
    ])
    func whatIsTheVehiclesOwnMayDiffer(record: String) {
        #expect(Self.findings(record).filter { $0.rule == "REF-07" } == [])
    }

    @Test func aSourceSaysWhatElseMayDiffer() {
        #expect(Self.findings("MassInRunningOrder 1510", overrides: ["MassInRunningOrder"]).isEmpty)
        #expect(Self.findings("AxleTable[2].AxleTrack 1548", overrides: ["AxleTable"]).isEmpty)
        #expect(Self.findings("AxleTable[2].AxleTrack 1548", overrides: ["AxleTrack"]).isEmpty)
        #expect(Self.findings("MassInRunningOrder 1510", overrides: ["Length"]).map(\.rule) == ["REF-07"])
    }

    /// A wrong variant or shifted columns differ in much.
    @Test func manyDifferencesAreOneFinding() throws {
        let record = "MassInRunningOrder 1510\nLength 4310\nWidth 1810\nHeight 1510\nMaximumSpeed 191\nAxleTable[2].AxleTrack 1548"
        let findings = Self.findings(record)
        let finding = try #require(findings.first)
        #expect(findings.map(\.rule) == ["REF-07"])
        #expect(finding.message.hasPrefix("6 values differ from the reference data of this version (car.xml)"))
        #expect(
            finding.message.contains("MassInRunningOrder 1510 instead of 1500")
                && finding.message.contains("AxleTable[2].AxleTrack 1548 instead of 1545"))
    }

    /// A text that the element can't have is told by CAT-01 alone.
    @Test func wrongTextIsToldOnce() {
        #expect(Self.findings("MassInRunningOrder heavy").map(\.rule) == ["CAT-01"])
    }

    @Test func aSourceMayRaiseOrWaiveIt() {
        let change = RuleChange(rule: "REF-07", severity: .error, reason: "the approval decides", decidedBy: "Jane Roe")
        #expect(Self.findings("MassInRunningOrder 1510", rules: .current.changed(by: [change])).map(\.severity) == [.error])
    }

    @Test func everyNameOfTheListIsAnElement() {
        for name in VehicleElements.byNature { #expect(Catalogue.initialVehicleInformation.element(named: name) != nil, "\(name)") }
    }
}
