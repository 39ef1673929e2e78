import TestSupport
import Foundation
import Testing

@testable import Certificate

@Suite struct MessageReaderTests {
    private func document(_ content: String, namespace: String = Catalogue.initialVehicleInformation.namespace) -> [UInt8] {
        Array("<?xml version=\"1.0\"?>\n<InitialVehicleInformation xmlns=\"\(namespace)\">\(content)</InitialVehicleInformation>".utf8)
    }

    private func read(_ content: String) throws -> Message { try MessageReader.read(document(content)) }

    private func rule(_ bytes: [UInt8]) -> String? {
        do throws(MessageReadingFailure) {
            _ = try MessageReader.read(bytes)
            return nil
        } catch {
            #expect(error.finding.severity == .error && error.finding.row == error.line && error.line >= 1)
            #expect(!error.remedy.isEmpty && error.description.contains(error.reason))
            return error.finding.rule
        }
    }

    @Test func keepsValuesExactlyWithTheirLines() throws {
        let message = try read(
            """
            <CocDataGroup>
            <Type> a&amp;b&#xD;
            <!-- x -->c<![CDATA[<d>]]> </Type>
            <MaximumSpeed>44.00</MaximumSpeed><Colour/></CocDataGroup>
            """)
        #expect(message.values[try FieldPath.parse("Type")] == " a&b\r\nc<d> ")
        #expect(message.values[try FieldPath.parse("MaximumSpeed")] == "44.00")
        #expect(message.values.fields.map(\.origin) == [.record(3), .record(5)])
    }

    @Test func readsGroupsInAnyOrder() throws {
        let message = try read(
            """
            <CocDataGroup><AxleTable>
              <AxleGroup><TyreAxleTable>
                <TyreAxleGroup><TyreSize>A</TyreSize></TyreAxleGroup><TyreAxleGroup><TyreSize>B</TyreSize></TyreAxleGroup>
              </TyreAxleTable><AxleNumber>1</AxleNumber></AxleGroup>
              <AxleGroup><AxleNumber>2</AxleNumber></AxleGroup>
            </AxleTable><Type>T</Type></CocDataGroup><Header><IviVersionNumberXsd>2.0</IviVersionNumberXsd></Header>
            """)
        #expect(message.findings.isEmpty)
        #expect(!message.hasSignature)
        #expect(
            message.values.fields.map { "\(FieldPath.write($0.key))=\($0.value)" } == [
                "Header.IviVersionNumberXsd=2.0", "CocDataGroup.Type=T", "CocDataGroup.AxleTable[1].AxleNumber=1",
                "CocDataGroup.AxleTable[1].TyreAxleTable[1].TyreSize=A", "CocDataGroup.AxleTable[1].TyreAxleTable[2].TyreSize=B",
                "CocDataGroup.AxleTable[2].AxleNumber=2",
            ])
    }

    @Test func acceptsPrefixesAndUTF16() throws {
        let namespace = Catalogue.initialVehicleInformation.namespace
        let content = "<v:CocDataGroup><v:Type>Ä</v:Type></v:CocDataGroup>"
        let text = "<v:InitialVehicleInformation xmlns:v='\(namespace)'>\(content)</v:InitialVehicleInformation>"
        let type = try FieldPath.parse("Type")
        #expect(try MessageReader.read(Array(text.utf8)).values[type] == "Ä")
        #expect(try MessageReader.read(Array([0xEF, 0xBB, 0xBF] + text.utf8)).values[type] == "Ä")
        let wide: [UInt8] = [0xFF, 0xFE] + text.utf16.flatMap { unit -> [UInt8] in [UInt8(unit & 0xFF), UInt8(unit >> 8)] }
        #expect(try MessageReader.read(wide).values[type] == "Ä")
    }

    @Test(arguments: [
        ("<CocDataGroup><Typo>1</Typo><Type>T</Type></CocDataGroup>", "XML-10", "CocDataGroup.Typo"),
        ("<CocDataGroup><x xmlns='urn:x'><Variant/></x><Type>T</Type></CocDataGroup>", "XML-10", "CocDataGroup.x"),
        ("<CocDataGroup><Signature/><Type>T</Type></CocDataGroup>", "XML-10", "CocDataGroup.Signature"),
        ("<CocDataGroup><Wheelbase>1</Wheelbase><Type>T</Type></CocDataGroup>", "XML-11", "CocDataGroup.Wheelbase"),
        ("<CocDataGroup><Type>T<Variant>V</Variant></Type></CocDataGroup>", "XML-11", "CocDataGroup.Type.Variant"),
        ("<CocDataGroup><Type>T</Type><Type>U</Type></CocDataGroup>", "XML-12", "CocDataGroup.Type"),
        ("<CocDataGroup><Type>T</Type></CocDataGroup><CocDataGroup><Variant>U</Variant></CocDataGroup>", "XML-12", "CocDataGroup"),
        ("<CocDataGroup><Type x='1'>T</Type></CocDataGroup>", "XML-14", "CocDataGroup.Type"),
        ("<CocDataGroup>x <Type>T</Type> y</CocDataGroup>", "XML-15", "CocDataGroup"),
        ("<CocDataGroup><Type>T</Type><AxleTable><AxleGroup/></AxleTable></CocDataGroup>", "XML-16", "CocDataGroup.AxleTable[1]"),
    ])
    func reportsWhatDoesNotFit(content: String, rule: String, element: String) throws {
        let message = try read(content)
        #expect(message.findings.map(\.rule) == [rule])
        #expect(message.findings.first?.element == element)
        #expect(message.findings.first?.row == 2)
        #expect(message.values.fields.map(\.value) == ["T"])
    }

    @Test func refusesMoreGroupsThanAKeyCanNumber() throws {
        let groups = String(repeating: "<ColourGroup><Colour>1</Colour></ColourGroup>", count: 257)
        let message = try read("<CocDataGroup><ColourTable>\(groups)</ColourTable></CocDataGroup>")
        #expect(message.values.count == 255)
        #expect(message.findings.map(\.rule) == ["XML-13", "XML-13"])
    }

    @Test func skipsTheSignatureOfTheRootOnly() throws {
        let signature = "<Signature xmlns='http://www.w3.org/2000/09/xmldsig#'><SignedInfo><Type>no</Type></SignedInfo></Signature>"
        let message = try read("<CocDataGroup><Type>T</Type></CocDataGroup>" + signature)
        #expect(message.hasSignature && message.findings.isEmpty && message.values.count == 1)
        #expect(try read(signature + signature).findings.map(\.rule) == ["XML-12"])
        #expect(try read("<CocDataGroup>\(signature)</CocDataGroup>").findings.map(\.rule) == ["XML-10"])
    }

    @Test func namesAnotherVersion() {
        #expect(rule(document("", namespace: "http://eu.ereg.initialvehicleinformation.v3")) == "XML-06")
        #expect(rule(document("<Header><IviVersionNumberXsd>3.0</IviVersionNumberXsd></Header>")) == "XML-06")
        #expect(rule(document("<Header><IviVersionNumberXsd>2.0.0</IviVersionNumberXsd></Header>")) == "XML-06")
        #expect(rule(document("", namespace: "urn:other")) == "XML-05")
        #expect(rule(Array("<InitialVehicleInformation/>".utf8)) == "XML-05")
        #expect(rule(Array("<Header xmlns='\(Catalogue.initialVehicleInformation.namespace)'/>".utf8)) == "XML-05")
    }

    /// Old messages are told by their version, wherever it stands, and by their namespace.
    @Test(arguments: [
        ("http://eu.ereg.initialvehicleinformation.v1", ""), ("http://eu.ereg.initialvehicleinformation", ""),
        ("http://eu.ereg.initialvehicleinformation.v2", "<Header><IviVersionNumberXsd>1.11</IviVersionNumberXsd></Header>"),
        ("http://eu.ereg.initialvehicleinformation.v1", "<Body><A>x</A><IviVersionNumberXsd> 1.4b</IviVersionNumberXsd></Body>"),
        ("urn:other", "<Header><IviVersionNumberXsd>1.9</IviVersionNumberXsd></Header>"),
        ("", "<Header><IviVersionNumberXsd>1.9</IviVersionNumberXsd></Header><Broken"),
    ])
    func recognisesOldMessages(namespace: String, content: String) throws {
        let bytes = document(content, namespace: namespace)
        #expect(rule(bytes) == "XML-07")
        do {
            _ = try MessageReader.read(bytes)
        } catch {
            #expect(
                error.reason.hasPrefix("The message is of IVI 1.x: ") && error.remedy.contains("send the vehicle as an IVI 2.0 message"))
        }
    }

    @Test func whatOnlyLooksLikeAnOldMessageIsJudgedToItsEnd() {
        #expect(rule(document("<Header/>", namespace: "urn:other")) == "XML-05")
        #expect(rule(document("<Header>", namespace: "http://eu.ereg.initialvehicleinformation.v1")) == "XML-01")
        let deep = String(repeating: "<a>", count: 40) + String(repeating: "</a>", count: 40)
        #expect(rule(document(deep, namespace: "http://eu.ereg.initialvehicleinformation.v1")) == "XML-03")
    }

    @Test(arguments: [
        "<!DOCTYPE a>", "<!DOCTYPE a [<!ENTITY b 'c'>]>", "<!DOCTYPE a SYSTEM 'file:///etc/passwd'>",
        "<!DOCTYPE a [<!ENTITY % p SYSTEM 'http://127.0.0.1:9/x'> %p;]>",
    ])
    func refusesADocumentType(declaration: String) {
        let body = String(decoding: document("<CocDataGroup><Type>&b;</Type></CocDataGroup>").dropFirst(22), as: UTF8.self)
        #expect(rule(Array((declaration + body).utf8)) == "XML-02")
    }

    @Test(arguments: ["", "VIN;Type\r\n1;2", "\u{0}\u{1}", "PK\u{3}\u{4}", "<", "<a", "<?xml version='1.0'?>"])
    func refusesWhatIsNoXML(text: String) {
        #expect(rule(Array(text.utf8)) == "XML-01")
    }

    @Test(arguments: [
        "<CocDataGroup>", "<CocDataGroup><Type>&b;</Type></CocDataGroup>", "<CocDataGroup></Header>", "<x:Header/>", "\u{1}",
        "<CocDataGroup a='1' a='2'/>",
    ])
    func refusesWhatIsNotWellFormed(content: String) {
        #expect(rule(document(content)) == "XML-01")
    }

    @Test func refusesForeignEncodings() {
        #expect(rule(Array("<?xml version='1.0' encoding='IBM037'?><a/>".utf8)) == "XML-04")
        #expect(rule([0x4C, 0x6F, 0xA7, 0x94]) == "XML-01")
        #expect(rule(Array("<?xml version='1.0' encoding='UTF-8'?><a>".utf8) + [0xFF] + Array("</a>".utf8)) != nil)
    }

    @Test func limitsSizeDepthAndNumber() throws {
        #expect(rule(Array(repeating: 0x20, count: MessageReader.Limit.bytes + 1)) == "XML-03")
        #expect(rule(document(String(repeating: "<x>", count: 40))) == "XML-03")
        #expect(rule(document(String(repeating: "<x/>", count: 100_001))) == "XML-03")
        let message = try read(String(repeating: "<x/>", count: 1000))
        #expect(message.findings.count == MessageReader.Limit.findings)
        #expect(message.findings.last?.rule == "XML-17")
    }

    /// Whatever single byte is changed, reading ends with a message or a failure, and values stay within the catalogue.
    @Test func survivesChangedBytes() throws {
        var generator = SplitMix(seed: 7)
        let original = document(
            "<CocDataGroup><Type>T&amp;</Type><AxleTable><AxleGroup><AxleNumber>1</AxleNumber></AxleGroup></AxleTable></CocDataGroup>")
        for _ in 0..<3000 {
            var bytes = original
            for _ in 0..<Int.random(in: 1...3, using: &generator) {
                bytes[Int.random(in: bytes.indices, using: &generator)] = UInt8.random(in: 0...255, using: &generator)
            }
            if Bool.random(using: &generator) { bytes.removeLast(Int.random(in: 0..<bytes.count, using: &generator)) }
            guard let message = try? MessageReader.read(bytes) else { continue }
            for field in message.values.fields { #expect(try FieldPath.parse(FieldPath.write(field.key)) == field.key) }
        }
    }
}

@Suite(.enabled(if: SharedMaterial.isPresent, Comment(rawValue: SharedMaterial.absence)))
struct ExampleReadingTests {
    /// Element for element and text for text what another parser finds.
    @Test(arguments: SharedMaterial.examples)
    func readsEveryValue(name: String) throws {
        let bytes = try SharedMaterial.example(name)
        let message = try MessageReader.read(bytes)
        let root = try ElementNode.parse(bytes)
        let leaves = root.children.filter { $0.name != "Signature" }.flatMap(\.leaves)
        let catalogue = Catalogue.initialVehicleInformation
        #expect(message.findings.isEmpty)
        #expect(message.hasSignature)
        #expect(
            message.values.fields.map { "\($0.key.resolve(in: catalogue).element.name)=\($0.value)" }.sorted()
                == leaves.map { "\($0.name)=\($0.text)" }.sorted())
        for field in message.values.fields {
            #expect(field.key.resolve(in: catalogue).element.simpleType?.problem(with: field.value) == nil)
        }
    }
}
