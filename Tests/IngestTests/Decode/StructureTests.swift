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
        "Type,Variant\nA,B\n", "Type,Variant\r\n\"A\",\"B\"\r\n", "Type,Variant\rA,B\r", "Type,Variant\n\"A\n\",B\n",
        "Type\n15\" wheels\n", "Type\nA\n", "Type,Variant\nA,\n", "Type,Variant\nA,B\n\n", "Type,Variant\r\"A\r\n\",B\r",
    ])
    func wholeTables(_ text: String) throws {
        #expect(try Self.check(Array(text.utf8), DecodeMaterial.csv()) == .complete)
        #expect(try Self.check(Array(text.utf8), Self.endless) == .complete)
    }

    private static let missing = "isn't whole: the last row has no line end"
    private static let half = "isn't whole: it ends inside a line end"
    private static let endless = Profile(format: .csv(CSVDialect()), lastLineEnd: .optional)

    /// The last value may have been longer: `D` of `DK`.
    @Test(arguments: [
        "Type,Variant\nA,B", "Type,Variant\r\n\"A\",\"B\"", "Type\nA", "Type,Variant\nA,", "Type,Variant\rA,B", "Type\n\"A\nB\"",
    ])
    func aRowWithoutItsLineEndIsCut(_ text: String) throws {
        #expect(try Self.check(Array(text.utf8), DecodeMaterial.csv()) == .incomplete(reason: Self.missing))
        #expect(try Self.check(Array(text.utf8), Self.endless) == .complete)
    }

    @Test(arguments: ["Type,Variant\r\nA,B\r", "Type,Variant\r\n\"A\nB\",B\r", "Type,Variant\n\"A\",B\r\nA,B\r"])
    func halfALineEndIsCut(_ text: String) throws {
        for profile in [DecodeMaterial.csv(), Self.endless] {
            #expect(try Self.check(Array(text.utf8), profile) == .incomplete(reason: Self.half))
        }
    }

    @Test func theOnlyRowMayBeCutInItsLineEnd() throws {
        #expect(try Self.check(Array("Type\r".utf8), DecodeMaterial.csv()) == .incomplete(reason: Self.half))
        let headless = Profile(format: .csv(CSVDialect(hasHeader: false)), lastLineEnd: .optional)
        for text in ["A,B\r", "A,B"] { #expect(try Self.check(Array(text.utf8), headless) == .complete) }
    }

    /// What stands in the inbox while a transfer is under way, cut at every byte: whole only at a line end, whatever the encoding.
    @Test(arguments: [TextEncoding.utf8, .utf16, .windows1252], ["\n", "\r\n"])
    func cutAnywhere(_ encoding: TextEncoding, _ lineEnd: String) throws {
        let text = ["Type,Variant", "Ä,\"B\(lineEnd)ö\"", "C,D", "E,F"].map { $0 + lineEnd }.joined()
        let bytes = try #require(Samples.encode(text, encoding, withMark: encoding == .utf16))
        let rows = ["Type,Variant", "Ä,\"B\(lineEnd)ö\"", "C,D"].map { $0 + lineEnd }
        var ends: Set<Int> = [bytes.count]
        for count in 1...rows.count {
            ends.insert(try #require(Samples.encode(rows[..<count].joined(), encoding, withMark: encoding == .utf16)).count)
        }
        let profile = Profile(format: .csv(CSVDialect()), encoding: encoding)
        for end in 1...bytes.count {
            let state = try Self.check(Array(bytes[..<end]), profile)
            // Of UTF-16, a mark alone is an empty text.
            if encoding == .utf16, end <= 2 { continue }
            #expect((state == .complete) == ends.contains(end), "\(end): \(state)")
        }
    }

    /// Clients that make a file in its full size first, and those that go on at a later place, leave NUL bytes when they break off.
    @Test(arguments: [1, 2, 3, 4096, 300_001])
    func roomThatIsNotFilled(_ count: Int) throws {
        let unfilled = StructuralState.incomplete(
            reason: "isn't whole: it ends with NUL bytes, room that a transfer set aside and hasn't filled")
        let profiles: [(Profile, String)] = [
            (DecodeMaterial.csv(), "Type,Variant\nA,B\n"), (Self.endless, "Type,Variant\nA,B"),
            (Profile(format: .jsonLines), "{\"Type\": \"ä\"}\n"), (Profile(format: .json(JSONLayout())), "[{}]"),
            (Profile(format: .fixed(FixedLayout(trailer: "9"))), "T1\n9\n"), (Profile(format: .xml(XMLLayout(record: "v"))), "<e><v/></e>"),
            (Profile(format: .ivi(existingSignature: .reject)), "<InitialVehicleInformation></InitialVehicleInformation>"),
        ]
        for (profile, text) in profiles {
            for whole in [text, ""] {
                let tail = [UInt8](repeating: 0, count: count)
                #expect(try Self.check(Array(whole.utf8) + tail, profile) == unfilled, "\(profile.format) \(whole)")
                // Behind them something else: no text, and decoding must say so.
                #expect(try Self.check(Array(whole.utf8) + tail + Array("x\n".utf8), profile) != unfilled)
            }
        }
        let wide = Profile(format: .csv(CSVDialect()), encoding: .utf16)
        let text = try #require(Samples.encode("Type,Variant\nA,B\n", .utf16, withMark: true))
        let state = try Self.check(text + [UInt8](repeating: 0, count: count), wide)
        #expect(state == (count == 1 ? .incomplete(reason: "ends inside a character") : unfilled))
        #expect(try Self.check(text, wide) == .complete)
    }

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
        for bytes in [Array("Type,Variant\nA\0B".utf8), [0x1F, 0x8B, 8, 0, 0, 0], Array("Type,Variant\nA".utf8) + [0xFF]] {
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
        ("<InitialVehicleInformation></InitialVehicleInformation>", true),
        ("<i:InitialVehicleInformation></i:InitialVehicleInformation >\n\n", true),
        ("<InitialVehicleInformation></InitialVehicleInformation><!-- </end> -->", true),
        ("<InitialVehicleInformation><Header></Header>", false), ("<InitialVehicleInformation></InitialVehicleInformation", false),
        ("<InitialVehicleInformation></InitialVehicleInformationX>", false),
        ("<InitialVehicleInformation></InitialVehicleInformation><!-- ", false), ("<OldMessage></OldMessage>", true),
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
