import Certificate
import Testing

@testable import Validate

@Suite struct RecordValidationTests {
    /// What an ERP knows of one car.
    private static let row = ExampleVehicle.values(
        """
        VehicleIdentificationNumber WAUZZZ1A2BC004712
        TypeApprovalNumber e4*2018/858*00123*01
        Type T1
        Variant V1
        Version E1
        DateManufactureVehicle 2026-08-20
        ActualMass 1540
        Colour 3
        """, .record(4))

    private static let constants = ExampleVehicle.values("SignatureLocation Utrecht\nSignerName John Doe", .constant)

    private static func library(_ changes: String...) -> ReferenceLibrary {
        let all = ExampleVehicle.petrolCar.values.changed(
            ["-VehicleIdentificationNumber", "-DateManufactureVehicle", "-SignerName"] + changes)
        let values = FieldValues(all.fields.map { Field($0.key, $0.value, .reference) })
        let key = ReferenceKey(approval: "e4*2018/858*00123*01", type: "T1", variant: "V1", version: "E1")
        return ReferenceLibrary([ReferenceRecord(key: key, values: values, sha256: "ab", name: "car.xml", bytes: [])])
    }

    private static func validate(
        _ record: FieldValues = row, _ library: ReferenceLibrary = library(), context: RecordContext = .test
    ) -> CertificateDraft {
        RecordValidation.validate(record: record, constants: constants, library: library, context: context)
    }

    private static func origin(_ path: String, in draft: CertificateDraft) throws -> (String, Origin)? {
        let key = try FieldPath.parse(path)
        return draft.values.fields.first { $0.key == key }.map { ($0.value, $0.origin) }
    }

    @Test func laysConstantsReferenceAndRecordOverEachOther() throws {
        let draft = Self.validate()
        #expect(draft.findings.isEmpty && draft.isAcceptable)
        #expect(draft.reference?.sha256 == "ab")
        #expect(try #require(try Self.origin("ActualMass", in: draft)) == ("1540", .record(4)))
        #expect(try #require(try Self.origin("SignatureLocation", in: draft)) == ("Arnhem", .reference))
        #expect(try #require(try Self.origin("SignerName", in: draft)) == ("John Doe", .constant))
        #expect(draft.vehicleIdentificationNumber == "WAUZZZ1A2BC004712" && draft.stage == 1)
        #expect(draft.identity(version: 2)?.name == "WAUZZZ1A2BC004712-1-v2")
    }

    @Test func unknownVariantIsOneFinding() throws {
        let draft = Self.validate(Self.row.changed(["Variant V2"]))
        #expect(draft.findings.map(\.rule) == ["REF-01"] && !draft.isAcceptable && draft.reference == nil)
        let finding = try #require(draft.findings.first)
        #expect(finding.message.contains("variant V2") && finding.message.contains("Nearest: e4*2018/858*00123*01, type T1, variant V1"))
        #expect(finding.message.contains("The record alone lacks DesignatedTypeApprovalCountry, TypeApprovalType, "))
        #expect(finding.element == "CocDataGroup.TypeApprovalNumber" && finding.column == "COLUMN_4")
    }

    @Test func wrongValuesAreReportedBesideUnknownReferenceData() {
        let draft = Self.validate(Self.row.changed(["Variant V2", "VehicleIdentificationNumber WAUZZZ1A2BCO04712", "Colour 77"]))
        #expect(draft.findings.map(\.rule).sorted() == ["CAT-01", "REF-01", "VIN-01"])
    }

    @Test func missingKeyElementIsNamed() throws {
        let draft = Self.validate(Self.row.changed(["-CocDataGroup.Variant"]))
        let finding = try #require(draft.findings.first)
        #expect(draft.findings.map(\.rule) == ["REF-01"] && finding.element == "CocDataGroup.Variant")
        #expect(finding.message.hasPrefix("Reference data can't be found, because Variant is missing."))
    }

    @Test func incompleteReferenceDataIsReportedByElement() {
        let draft = Self.validate(Self.row, Self.library("-MakeTable", "-SignerPosition"))
        #expect(draft.findings.map(\.rule) == ["CAT-02", "CAT-02"])
    }

    @Test func wholeRecordNeedsNoReferenceData() {
        let whole = ExampleVehicle.petrolCar.values
        #expect(Self.validate(whole, ReferenceLibrary()).findings.isEmpty)
        let other = Self.validate(whole.changed(["Variant V2"]))
        #expect(other.findings.map(\.rule) == ["REF-02"] && other.isAcceptable)
    }

    @Test func sourceMayDemandReferenceData() {
        let context = RecordContext(row: 2, today: RecordContext.test.today, referenceRequired: true)
        let draft = Self.validate(ExampleVehicle.petrolCar.values.changed(["Variant V2"]), context: context)
        #expect(draft.findings.map(\.rule) == ["REF-01"])
    }

    @Test func digestInputTellsContentNotMessage() throws {
        let base = Self.validate()
        let header = [
            "IviReferenceId 6a2957d3-4a32-41a6-a2d0-50681e0bf5e1", "IviVersionNumber 2", "IviVersionDateTime 2026-08-21T00:00:00Z",
        ]
        #expect(Self.validate(Self.row.changed(header)).contentDigestInput() == base.contentDigestInput())
        #expect(Self.validate(Self.row.changed(["Colour 4"])).contentDigestInput() != base.contentDigestInput())
        #expect(Self.validate(Self.row.changed(["IntendedCountryRegistration NL"])).contentDigestInput() != base.contentDigestInput())
        let text = String(decoding: base.contentDigestInput(), as: UTF8.self)
        #expect(text.contains("\0AxleNumber[2]\u{0}2\0") && text.hasPrefix("DesignatedTypeApprovalCountry\u{0}e4\0"))
    }
}
