import Certificate
import Testing

@testable import Validate

/// Which version a vehicle gets, and what is said where there is none.
@Suite struct ReferenceDaysTests {
    private static let key = "TypeApprovalNumber e4*2018/858*00123*01\nType T1\nVariant V1\nVersion E1"

    private static func record(_ sha256: String, _ from: String?, _ to: String?, approval: String = "e4*2018/858*00123*01") throws
        -> ReferenceRecord
    {
        var record = ReferenceRecord(
            key: ReferenceKey(approval: approval, type: "T1", variant: "V1", version: "E1"), values: FieldValues(), sha256: sha256,
            name: "\(sha256).xml", bytes: [])
        record.validity = try Validity(from: from, to: to)
        return record
    }

    private static func vehicle(_ made: String?) -> FieldValues {
        ExampleVehicle.values(key + (made.map { "\nDateManufactureVehicle \($0)" } ?? ""), .record(1))
    }

    private static func library() throws -> ReferenceLibrary {
        ReferenceLibrary([try record("new", "2026-09-01", nil), try record("old", "2026-07-05", "2026-08-31")])
    }

    @Test(
        arguments: [("2026-07-05", "old"), ("2026-08-31", "old"), ("2026-09-01", "new"), ("2030-01-01", "new"), (nil, "new")]
            as [(String?, String)])
    func theDayOfManufactureDecides(made: String?, expected: String) throws {
        guard case .found(let record) = try Self.library().record(for: Self.vehicle(made)) else {
            Issue.record("not found")
            return
        }
        #expect(record.sha256 == expected)
    }

    private static func message(_ library: ReferenceLibrary, _ made: String?) -> String? {
        let draft = RecordValidation.validate(record: vehicle(made), constants: FieldValues(), library: library, context: .test)
        return draft.findings.first { $0.rule == "REF-01" }?.message
    }

    @Test func otherDaysAreNamed() throws {
        let message = try #require(try Self.message(Self.library(), "2026-07-04"))
        #expect(message.contains("is for vehicles made from 2026-07-05 to 2026-08-31 and vehicles made from 2026-09-01 on"))
        #expect(message.contains("this vehicle was made on 2026-07-04"))
    }

    @Test func otherExtensionsAreNamed() throws {
        let library = ReferenceLibrary([try Self.record("a", "2026-07-05", nil, approval: "e4*2018/858*00123*00")])
        let message = try #require(Self.message(library, "2026-08-01"))
        #expect(message.contains("Extension 01 of the approval isn't known, only 00."))
        #expect(message.contains("Nearest: e4*2018/858*00123*00, type T1, variant V1, version E1 (vehicles made from 2026-07-05 on)."))
    }

    @Test func whatWaitsIsNamed() throws {
        let library = ReferenceLibrary([], waiting: [try Self.record("a", nil, nil).key: ["3f2a7c91d0aa"]])
        let message = try #require(Self.message(library, "2026-08-01"))
        #expect(message.contains("is in force. 3f2a7c91d0aa was received for it and waits to be activated."))
    }

    // MARK: The date of issue

    private static func issued(_ sha256: String, _ approval: String, _ date: String) throws -> ReferenceRecord {
        ReferenceRecord(
            key: ReferenceKey(approval: approval, type: "T1", variant: "V1", version: "E1"),
            values: ExampleVehicle.values("TypeApprovalIssueDate \(date)", .reference), sha256: sha256, name: "\(sha256).xml", bytes: [])
    }

    @Test(
        arguments: [
            ("e4*2018/858*00123*01", "2026-05-04", nil), ("e4*2018/858*00123*01", "2026-05-05", "same extension"),
            ("e4*2018/858*00123*02", "2026-05-05", nil), ("e4*2018/858*00123*02", "2026-05-04", "earlier extension 01"),
            ("e4*2018/858*00123*00", "2026-05-03", nil), ("e4*2018/858*00123*00", "2026-05-04", "later extension 01"),
            ("e4*2018/858*00999*01", "2020-01-01", nil),
        ] as [(String, String, String?)])
    func theDateOfIssueFollowsTheExtension(approval: String, date: String, complaint: String?) throws {
        let other = try Self.issued("known", "e4*2018/858*00123*01", "2026-05-04")
        let findings = ReferenceCheck.approvalDate(try Self.issued("new", approval, date), among: [other])
        #expect(findings.map(\.rule) == (complaint == nil ? [] : ["REF-04"]))
        if let complaint { #expect(findings.first?.message.contains(complaint) == true, "\(findings)") }
    }

    // MARK: The instruction

    @Test func instructionIsReadAsWritten() throws {
        for (from, to) in [(nil, nil), ("2026-09-01", nil), (nil, "2026-09-30"), ("2026-09-01", "2026-09-30")] as [(String?, String?)] {
            let validity = try Validity(from: from, to: to)
            let xml =
                ReferenceInstruction.write(validity)
                + "<InitialVehicleInformation xmlns=\"http://eu.ereg.initialvehicleinformation.v2\"><CocDataGroup><Type>T1</Type></CocDataGroup></InitialVehicleInformation>"
            #expect(try ReferenceInstruction.read(MessageReader.read(Array(xml.utf8), kind: .reference).instructions) == validity)
        }
    }

    @Test(arguments: [
        "valid-from=\"soon\"", "from=\"2026-09-01\"", "valid-from=2026-09-01", "valid-from=\"2026-09-02\" valid-to=\"2026-09-01\"",
    ])
    func instructionThatSaysNothingIsRefused(data: String) {
        #expect(throws: Validity.Malformed.self) {
            try ReferenceInstruction.read([Message.Instruction(target: "ecocd-reference", data: data)])
        }
    }

    // MARK: Out of a certificate

    /// Taken apart and put together again, a certificate is the same.
    @Test(arguments: ExampleVehicle.allCases)
    func extractAndRowMakeTheSameCertificate(_ vehicle: ExampleVehicle) throws {
        let message = vehicle.values
        let extract = try #require(ReferenceExtract(message, vehiclesOwn: ["SignerName"]))
        #expect(ReferenceCheck.misplaced(extract.reference).isEmpty)
        let names = extract.vehicle.fields.map { $0.key.resolve(in: .initialVehicleInformation).element.name }
        #expect(names.contains("VehicleIdentificationNumber") && names.contains("SignatureDate") && names.contains("SignerName"))
        guard case .key(let key) = ReferenceKey.read(extract.reference) else {
            Issue.record("no key")
            return
        }
        let record = ReferenceRecord(key: key, values: extract.reference, sha256: "ab", name: "a.xml", bytes: [])
        let draft = RecordValidation.validate(
            record: extract.vehicle, constants: FieldValues(), library: ReferenceLibrary([record]), context: .test)
        #expect(draft.values == message && draft.reference?.sha256 == "ab")
    }
}
