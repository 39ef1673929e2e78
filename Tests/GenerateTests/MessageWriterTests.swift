import TestSupport
import Foundation
import Testing

@testable import Certificate
@testable import Generate

@Suite struct MessageWriterTests {
    private static let namespace = Catalogue.initialVehicleInformation.namespace

    private func values(_ pairs: KeyValuePairs<String, String>) throws -> FieldValues {
        FieldValues(try pairs.map { Field(try FieldPath.parse($0.key), $0.value, .constant) })
    }

    private func document(_ message: GeneratedMessage) -> String {
        String(decoding: message.bytes[message.documentStart...], as: UTF8.self)
    }

    @Test func writesInTheCataloguesOrderWithGapsClosed() throws {
        let message = MessageWriter.write(
            try values([
                "AxleTable[9].AxleNumber": "2", "Type": "a<b", "AxleTable[4].TyreAxleTable[3].TyreSize": "x",
                "AxleTable[4].AxleNumber": "1",
                "AxleTable[4].TyreAxleTable[5].TyreSize": "y", "IviReferenceId": "i", "WltpCo2Low": "1.50",
            ]))
        #expect(
            document(message) == """
                <InitialVehicleInformation xmlns="\(Self.namespace)"><Header><IviReferenceId>i</IviReferenceId></Header>\
                <CocDataGroup><Type>a&lt;b</Type><AxleTable><AxleGroup><AxleNumber>1</AxleNumber><TyreAxleTable>\
                <TyreAxleGroup><TyreSize>x</TyreSize></TyreAxleGroup><TyreAxleGroup><TyreSize>y</TyreSize></TyreAxleGroup>\
                </TyreAxleTable></AxleGroup>\
                <AxleGroup><AxleNumber>2</AxleNumber></AxleGroup></AxleTable>\
                <EnergyConvertorTable><EnergyConvertorGroup><EnergySourceTable><EnergySourceGroup>\
                <TestWltpCo2Group><WltpCo2Low>1.50</WltpCo2Low></TestWltpCo2Group>\
                </EnergySourceGroup></EnergySourceTable></EnergyConvertorGroup></EnergyConvertorTable></CocDataGroup>\
                </InitialVehicleInformation>
                """)
    }

    @Test func offsetsPointBehindTheDeclarationAndBeforeTheEndTag() throws {
        for message in [MessageWriter.write(FieldValues()), MessageWriter.write(RandomMessage(seed: 1).values)] {
            #expect(message.bytes[..<message.documentStart] == Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)[...])
            #expect(String(decoding: message.bytes[message.signatureOffset...], as: UTF8.self) == "</InitialVehicleInformation>")
        }
        #expect(
            document(MessageWriter.write(FieldValues()))
                == "<InitialVehicleInformation xmlns=\"\(Self.namespace)\"></InitialVehicleInformation>")
    }

    @Test func escapesAsCanonicalXMLDoes() throws {
        let message = MessageWriter.write(try values(["Type": "&<>\"'\r\n\t]]>€"]))
        #expect(document(message).contains("<Type>&amp;&lt;&gt;\"'&#xD;\n\t]]&gt;€</Type>"))
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func readsBackWhatItWrote(seed: UInt64) throws {
        let random = RandomMessage(seed: seed)
        let written = MessageWriter.write(random.values)
        let read = try MessageReader.read(written.bytes)
        #expect(read.findings.isEmpty)
        #expect(read.values.fields.map(\.key) == random.values.fields.map(\.key))
        #expect(read.values.fields.map(\.value.unicodeScalars.count) == random.values.fields.map(\.value.unicodeScalars.count))
        #expect(read.values.fields.map(\.value) == random.values.fields.map(\.value))
        #expect(MessageWriter.write(read.values) == written)
        #expect(MessageWriter.write(try random.withGaps()) == written)
    }

    @Test(
        .enabled(if: XMLLint.isPresent, Comment(rawValue: XMLLint.absence)), arguments: 0..<20 as Range<UInt64>, ["--c14n", "--exc-c14n"])
    func isItsOwnCanonicalForm(seed: UInt64, form: String) throws {
        let message = MessageWriter.write(RandomMessage(seed: seed).values)
        let (status, output) = try XMLLint.run([form], on: message.bytes)
        #expect(status == 0)
        #expect(output == Array(message.bytes[message.documentStart...]))
    }
}

@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.absence)))
struct OfficialMaterialTests {
    @Test(arguments: SharedMaterial.examples)
    func examplesComeBackWithEveryValue(name: String) throws {
        let first = try MessageReader.read(try SharedMaterial.example(name))
        let again = try MessageReader.read(MessageWriter.write(first.values).bytes)
        #expect(first.values.count > 50)
        #expect(again.values.fields.map(\.key) == first.values.fields.map(\.key))
        #expect(again.values.fields.map(\.value) == first.values.fields.map(\.value))
        #expect(first.hasSignature && !again.hasSignature)
    }

    /// With any signature in its place, what is written from valid values is valid for the official schema.
    @Test(.enabled(if: XMLLint.isPresent, Comment(rawValue: XMLLint.absence)), arguments: 100..<110 as Range<UInt64>)
    func isValidForTheOfficialSchema(seed: UInt64) throws {
        let message = MessageWriter.write(RandomMessage(seed: seed).values)
        let sealed = message.bytes[..<message.signatureOffset] + Self.anySignature + message.bytes[message.signatureOffset...]
        let (status, output) = try XMLLint.run(["--noout", "--nonet", "--schema", SharedMaterial.schema.path], on: Array(sealed))
        #expect(status == 0, Comment(rawValue: String(decoding: output.prefix(500), as: UTF8.self)))
    }

    private static let anySignature = Array(
        """
        <Signature xmlns="http://www.w3.org/2000/09/xmldsig#"><SignedInfo>\
        <CanonicalizationMethod Algorithm="urn:c"/><SignatureMethod Algorithm="urn:s"/>\
        <Reference><DigestMethod Algorithm="urn:d"/><DigestValue>AA==</DigestValue></Reference>\
        </SignedInfo><SignatureValue>AA==</SignatureValue></Signature>
        """.utf8)
}
