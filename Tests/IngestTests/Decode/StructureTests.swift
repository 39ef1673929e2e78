import Linux
import Testing

@testable import Ingest

@Suite struct StructureTests {
    private static func check(_ bytes: [UInt8], _ profile: Profile) throws -> StructuralState {
        let file = try DecodeMaterial.File(bytes)
        let descriptor = try Descriptor.open(file.path)
        return Structure.check(descriptor, profile: profile)
    }

    @Test(arguments: [
        "Type,Variant\nA,B\n", "Type,Variant\nA,B", "Type,Variant\r\n\"A\",\"B\"", "Type,Variant\rA,B\r", "Type,Variant\n\"A\n\",B\n",
        "Type\n15\" wheels\n", "Type\nA", "Type,Variant\nA,",
    ])
    func wholeTables(_ text: String) throws { #expect(try Self.check(Array(text.utf8), DecodeMaterial.csv()) == .complete) }

    @Test(arguments: [
        ("", "is still empty"), ("Type,Var", "ends in its first row"), ("Type,Variant\nA", "ends in a row with 1 of 2 fields"),
        ("Type,Variant\nA,\"B\n", "ends inside a quoted field"), ("Type,Variant\n\"A,B", "ends inside a quoted field"),
    ])
    func cutTables(_ text: String, _ reason: String) throws {
        #expect(try Self.check(Array(text.utf8), DecodeMaterial.csv()) == .incomplete(reason: reason))
    }

    @Test func cutCharacters() throws {
        #expect(try Self.check(Array("Type\nä".utf8.dropLast()), DecodeMaterial.csv()) == .incomplete(reason: "ends inside a character"))
        let wide = Profile(format: .csv(CSVDialect()), encoding: .utf16)
        let text = try #require(Samples.encode("Type,Variant\nA,B\n", .utf16, withMark: true))
        #expect(try Self.check(text, wide) == .complete)
        #expect(try Self.check(text.dropLast(), wide) == .incomplete(reason: "ends inside a character"))
        #expect(try Self.check(text.dropLast(6), wide) == .incomplete(reason: "ends in a row with 1 of 2 fields"))
    }

    @Test func whatDecodingMustRejectIsNotHeldBack() throws {
        for bytes in [Array("Type,Variant\nA\0".utf8), Array("Type,Variant\nA".utf8) + [0xFF]] {
            #expect(try Self.check(bytes, DecodeMaterial.csv()) == .complete)
        }
    }

    @Test func aTableLongerThanOneChunk() throws {
        let rows = (0..<60_000).map { "T\($0),\"V\($0)\"\n" }.joined()
        #expect(try Self.check(Array(("Type,Variant\n" + rows).utf8), DecodeMaterial.csv()) == .complete)
        #expect(
            try Self.check(Array(("Type,Variant\n" + rows + "x").utf8), DecodeMaterial.csv())
                == .incomplete(reason: "ends in a row with 1 of 2 fields"))
    }

    @Test(arguments: [
        ("<InitialVehicleInformation></InitialVehicleInformation>", true), ("<i:X></i:InitialVehicleInformation >\n\n", true),
        ("<X></InitialVehicleInformation><!-- </end> -->", true), ("<InitialVehicleInformation><Header></Header>", false),
        ("<X></InitialVehicleInformation", false), ("<X></InitialVehicleInformationX>", false),
    ])
    func messages(_ text: String, _ isComplete: Bool) throws {
        let profile = Profile(format: .ivi(existingSignature: .reject))
        let padded = String(repeating: " ", count: 5000) + text
        for bytes in [Array(padded.utf8), try #require(Samples.encode(padded, .utf16, withMark: true))] {
            let state = try Self.check(bytes, profile)
            #expect((state == .complete) == isComplete)
        }
    }
}
