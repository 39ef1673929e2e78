import Certificate
import Foundation
import Linux
import Testing

@testable import Ingest

@Suite struct MessageFileTests {
    private static let discard = Profile(format: .ivi(existingSignature: .discard))
    private static let reject = Profile(format: .ivi(existingSignature: .reject))
    private static let namespace = Catalogue.initialVehicleInformation.namespace

    private static func message(_ inside: String, before: String = "") -> String {
        "<?xml version=\"1.0\"?>\n\(before)<InitialVehicleInformation xmlns=\"\(namespace)\">\(inside)</InitialVehicleInformation>"
    }

    @Test(
        .enabled(if: DecodeMaterial.shared != nil, "the shared material with the official examples isn't here"),
        arguments: ["L1e", "M1-01-electric", "M1-04-plugin", "M1-06-electric", "N2-01-electric"])
    func officialExamples(_ name: String) throws {
        let path = try #require(DecodeMaterial.shared).appending(path: "ivi/examples/\(name).xml").path
        let reader = try RecordReader(path: path, profile: Self.discard)
        let record = try #require(try reader.next())
        #expect(record.row == 1)
        #expect(record.findings.map(\.rule) == ["FILE-32"])
        #expect(record.findings.first?.severity == .information)
        #expect(record.values[try DecodeMaterial.key("VehicleIdentificationNumber")]?.count == 17)
        #expect(reader.currentRow == Array(try Data(contentsOf: URL(filePath: path))))
        #expect(reader.columnName(12) == "line 12")
        #expect(try reader.next() == nil)
        let file = try Descriptor.open(path)
        #expect(Structure.check(file, profile: Self.discard) == .complete)
        #expect(try DecodeMaterial.read(reader.currentRow, Self.reject).rule == .signaturePresent)
    }

    @Test func anUnsignedMessage() throws {
        let text = Self.message("<CocDataGroup>\n<Type> A </Type></CocDataGroup>")
        let records = try DecodeMaterial.read(text, Self.reject).get()
        #expect(records.first?.values.fields.map(\.value) == [" A "])
        #expect(records.first?.values.fields.first?.origin == .record(3))
    }

    @Test func billionLaughs() throws {
        let entities = (1..<10).map { "<!ENTITY l\($0) \"\(String(repeating: "&l\($0 - 1);", count: 10))\">" }.joined()
        let document = Self.message(
            "<CocDataGroup><Type>&l9;</Type></CocDataGroup>",
            before: "<!DOCTYPE InitialVehicleInformation [<!ENTITY l0 \"lol\">\(entities)]>")
        guard case .failure(let rejection) = try DecodeMaterial.read(document, Self.reject) else {
            Issue.record("a document type was read")
            return
        }
        #expect(rejection.finding.rule.hasPrefix("XML-"))
    }

    @Test(arguments: [
        "<!DOCTYPE InitialVehicleInformation SYSTEM \"file:///etc/passwd\">",
        "<!DOCTYPE InitialVehicleInformation [<!ENTITY x SYSTEM \"file:///etc/passwd\">]>",
    ])
    func documentTypes(_ declaration: String) throws {
        let result = try DecodeMaterial.read(
            Self.message("<CocDataGroup><Type>&x;</Type></CocDataGroup>", before: declaration), Self.reject)
        #expect(throws: FileRejection.self) { try result.get() }
    }

    @Test func emptyAndLargeFiles() throws {
        #expect(try DecodeMaterial.read("", Self.reject).rule == .empty)
        var small = Self.reject
        small.limits.messageBytes = 20
        #expect(try DecodeMaterial.read(Self.message(""), small).rule == .tooLarge)
    }

    @Test func mutationsEndInARecordOrARejection() throws {
        let valid = Array(Self.message("<CocDataGroup><Type>A</Type><Variant>B</Variant></CocDataGroup>").utf8)
        var random = DecodeMaterial.Generator(seed: 3)
        for _ in 0..<300 {
            var bytes = valid
            for _ in 0..<Int.random(in: 1...4, using: &random) {
                let index = Int.random(in: bytes.indices, using: &random)
                if Bool.random(using: &random) { bytes[index] = .random(in: 0...255, using: &random) } else { bytes.remove(at: index) }
            }
            let result = try DecodeMaterial.read(bytes, Self.reject)
            if case .success(let records) = result { #expect(records.count == 1) }
        }
    }
}
