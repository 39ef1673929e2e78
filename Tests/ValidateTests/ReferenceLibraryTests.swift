import Certificate
import Testing

@testable import Validate

@Suite struct ReferenceLibraryTests {
    private static func record(_ approval: String, _ type: String, _ variant: String, _ version: String, sha256: String = "")
        -> ReferenceRecord
    {
        ReferenceRecord(
            key: ReferenceKey(approval: approval, type: type, variant: variant, version: version), values: FieldValues(), sha256: sha256,
            name: "a.xml", bytes: [])
    }

    private static func key(_ approval: String, _ type: String, _ variant: String, _ version: String) -> FieldValues {
        ExampleVehicle.values("TypeApprovalNumber \(approval)\nType \(type)\nVariant \(variant)\nVersion \(version)", .record(1))
    }

    private let library = ReferenceLibrary([
        Self.record("e4*2018/858*00123*00", "T1", "V1", "E1"), Self.record("e4*2018/858*00123*01", "T1", "V1", "E1"),
        Self.record("e4*2018/858*00123*01", "T1", "V2", "E1"), Self.record("e1*2018/858*00999*01", "X", "Y", "Z"),
    ])

    @Test func findsTheExactKey() throws {
        guard case .found(let record) = library.record(for: Self.key("e4*2018/858*00123*01", "T1", "V2", "E1")) else {
            Issue.record("not found")
            return
        }
        #expect(record.key.variant == "V2")
    }

    @Test func namesTheNearestOfAnUnknownKey() {
        guard case .unknown(let key, let nearest) = library.record(for: Self.key("e4*2018/858*00123*01", "T1", "V9", "E1")) else {
            Issue.record("found")
            return
        }
        #expect(key.variant == "V9")
        #expect(nearest.count == 3)
        #expect(nearest[0].key.approval == "e4*2018/858*00123*01" && nearest[1].key.approval == "e4*2018/858*00123*01")
        #expect(nearest[2].key.approval == "e4*2018/858*00123*00")
    }

    @Test func namesNothingThatIsWhollyDifferent() {
        guard case .unknown(_, let nearest) = library.record(for: Self.key("9", "9", "9", "9")) else {
            Issue.record("found")
            return
        }
        #expect(nearest.isEmpty)
    }

    @Test func saysWhatTheKeyLacks() {
        guard case .noKey(let missing) = library.record(for: ExampleVehicle.values("Type T1\nVariant V1")) else {
            Issue.record("has a key")
            return
        }
        #expect(missing == ["TypeApprovalNumber", "Version"])
    }

    @Test func theLaterOfTwoRecordsStays() {
        let two = ReferenceLibrary([Self.record("a", "b", "c", "d", sha256: "1"), Self.record("a", "b", "c", "d", sha256: "2")])
        #expect(two.records.map(\.sha256) == ["2"])
    }
}

@Suite struct ReferenceReadingTests {
    private static func file(_ content: String, header: String = "<DesignatedTypeApprovalCountry>e4</DesignatedTypeApprovalCountry>")
        -> [UInt8]
    {
        Array(
            """
            <?xml version="1.0" encoding="UTF-8"?>
            <InitialVehicleInformation xmlns="http://eu.ereg.initialvehicleinformation.v2">
            <Header>\(header)</Header>
            <CocDataGroup>
            \(content)
            </CocDataGroup>
            </InitialVehicleInformation>
            """.utf8)
    }

    private static let key = """
        <Type>T1</Type><Variant>V1</Variant><Version>E1</Version><TypeApprovalNumber>e4*2018/858*00123*01</TypeApprovalNumber>
        """

    private static func rejection(_ bytes: [UInt8]) -> ReferenceRejection? {
        do throws(ReferenceRejection) {
            _ = try ReferenceLibrary.read(name: "car.xml", bytes: bytes, sha256: "ab")
            return nil
        } catch {
            return error
        }
    }

    @Test func readsValuesAsReference() throws {
        let bytes = Self.file(Self.key + "<MassGroup><ActualMass>1500</ActualMass></MassGroup>")
        let record = try ReferenceLibrary.read(name: "car.xml", bytes: bytes, sha256: "ab")
        #expect(record.key == ReferenceKey(approval: "e4*2018/858*00123*01", type: "T1", variant: "V1", version: "E1"))
        #expect(record.values.count == 6 && record.values.fields.allSatisfy { $0.origin == .reference })
        #expect(record.sha256 == "ab" && record.name == "car.xml" && record.bytes == bytes)
    }

    @Test(arguments: [
        ("<VehicleIdentificationNumber>WAUZZZ1A2BC004711</VehicleIdentificationNumber>", "REF-03", "VehicleIdentificationNumber"),
        ("<DateManufactureVehicle>2026-08-20</DateManufactureVehicle>", "REF-03", "DateManufactureVehicle"),
        ("<MassGroup><ActualMass>heavy</ActualMass></MassGroup>", "CAT-01", "MassGroup.ActualMass"),
        ("<ColourTable><ColourGroup><Colour>99</Colour></ColourGroup></ColourTable>", "CAT-01", "ColourTable[1].Colour"),
    ])
    func refusesWhatDoesNotBelong(content: String, rule: String, path: String) throws {
        let rejection = try #require(Self.rejection(Self.file(Self.key + content)))
        #expect(rejection.findings.map(\.rule) == [rule])
        #expect(rejection.findings[0].element == "CocDataGroup." + path)
        #expect(rejection.findings[0].row != nil)
        #expect(rejection.description.hasPrefix("car.xml is no reference record: "))
    }

    @Test func refusesHeaderValuesOfOneMessage() throws {
        let bytes = Self.file(Self.key, header: "<IviVersionNumber>1</IviVersionNumber>")
        #expect(try #require(Self.rejection(bytes)).findings.map(\.element) == ["Header.IviVersionNumber"])
    }

    @Test func refusesAnIncompleteKey() throws {
        let rejection = try #require(Self.rejection(Self.file("<Type>T1</Type>")))
        #expect(rejection.findings.map(\.rule) == ["REF-03", "REF-03", "REF-03"])
    }

    @Test func refusesASignature() throws {
        let bytes = String(decoding: Self.file(Self.key), as: UTF8.self).replacing(
            "</CocDataGroup>", with: "</CocDataGroup><Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"></Signature>")
        #expect(try #require(Self.rejection(Array(bytes.utf8))).findings.map(\.message) == ["The reference data carries a signature."])
    }

    @Test(arguments: ["", "Type;Variant", "<InitialVehicleInformation"])
    func refusesWhatIsNoMessage(text: String) throws {
        let rejection = try #require(Self.rejection(Array(text.utf8)))
        #expect(rejection.findings.count == 1 && rejection.findings[0].rule.hasPrefix("XML-"))
    }
}
