import Linux
import Testing

@testable import Ingest

/// Documents that want to harm: each is rejected, in the time of its length.
@Suite("Hostile XML") struct XMLHostileTests {
    private func rule(_ text: String, _ limits: Profile.Limits = Profile.Limits()) throws -> String? {
        try XMLRecordTests.rejection(text, limits)?.rule
    }

    /// In pieces of the usual size: in small ones, libxml2 looks at each long tag again and again.
    private func ruleOfLarge(_ text: String) throws -> String? {
        let file = try DecodeMaterial.File(text)
        do throws(FileRejection) {
            var scanner = try XMLRecordScanner(file.path, XMLLayout(record: "v"), Profile.Limits(), chunkSize: 1 << 18)
            while try scanner.next() {}
            return nil
        } catch {
            return error.finding.rule
        }
    }

    @Test(
        "a document type is refused before it is read",
        arguments: [
            "<!DOCTYPE e [<!ENTITY a 'xxxxxxxxxx'><!ENTITY b '&a;&a;&a;&a;'><!ENTITY c '&b;&b;&b;&b;'>]><e><v><Type>&c;</Type></v></e>",
            "<!DOCTYPE e SYSTEM 'file:///etc/passwd'><e><v/></e>",
            "<!DOCTYPE e [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><e><v>&a;</v></e>",
            "<!DOCTYPE e [<!ENTITY % p SYSTEM 'http://127.0.0.1:1/x'> %p;]><e><v/></e>", "<!DOCTYPE e><e><v/></e>",
            "<!DOCTYPE e [<!ATTLIST v a CDATA 'default'>]><e><v/></e>",
            "<!DOCTYPE e [<!ENTITY % a 'x'><!ENTITY % b '%a;%a;'>\(String(repeating: "%b;", count: 1000))]><e><v/></e>",
        ])
    func documentTypes(_ text: String) throws {
        let finding = try #require(try XMLRecordTests.rejection(text))
        #expect(finding.rule == "FILE-36" && finding.message == "Line 1: there is a DOCTYPE, which isn't read.", "\(finding)")
    }

    @Test("depth, values, length, attributes and namespaces have limits")
    func limits() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: "<v>", count: depth) + String(repeating: "</v>", count: depth)
        }
        #expect(try rule(nested(32)) == nil && rule(nested(33)) == "FILE-29" && ruleOfLarge(nested(100_000)) == "FILE-29")
        let narrow = Profile.Limits(rowBytes: 200, columns: 3)
        #expect(try rule("<v><a/><a/><a/></v>", narrow) == nil && rule("<v><a/><a/><a/><a/></v>", narrow) == "FILE-29")
        #expect(try rule("<e><v><a>\(String(repeating: "x", count: 180))</a></v></e>", narrow) == nil)
        for long in [
            "<a>\(String(repeating: "x", count: 200))</a>", "<!--\(String(repeating: "x", count: 200))-->",
            "<?p \(String(repeating: "x", count: 200))?>", "<a b='\(String(repeating: "x", count: 200))'/>",
        ] {
            #expect(try rule("<e><v>\(long)</v></e>", narrow) == "FILE-29")
        }
        let attributes = (0...4_096).map { " a\($0)='1'" }
        #expect(try ruleOfLarge("<v\(attributes.dropLast().joined())/>") == nil && ruleOfLarge("<v\(attributes.joined())/>") == "FILE-29")
        let namespaces = (0...64).map { " xmlns:a\($0)='u'" }
        #expect(
            try ruleOfLarge("<e\(namespaces.dropLast().joined())><v/></e>") == nil
                && ruleOfLarge("<e\(namespaces.joined())><v/></e>") == "FILE-29")
        #expect(try ruleOfLarge("<e>\(String(repeating: "x", count: 2 << 20))<v/></e>") == nil)
        // They would go back with each record.
        let wide = " xmlns:a='\(String(repeating: "u", count: 4_000))'"
        #expect(try ruleOfLarge("<e\(wide)><f/><v/></e>") == nil && ruleOfLarge("<e\(wide)><f\(wide)/><v/></e>") == "FILE-29")
        let one = "<f\(namespaces[..<33].joined())>"
        #expect(try ruleOfLarge("<e>\(one)</f>\(one)</f><v/></e>") == nil && ruleOfLarge("<e>\(one)\(one)</f></f><v/></e>") == "FILE-29")
    }

    @Test("one huge tag, comment, section, text or name ends the reading")
    func huge() throws {
        let size = 3 << 20
        let attributes = (0..<300_000).map { " a\($0)=''" }.joined()
        for text in [
            "<e><v \(attributes)/></e>", "<e \(attributes)><v/></e>", "<e><v><!--\(String(repeating: "x", count: size))--></v></e>",
            "<e><v><![CDATA[\(String(repeating: "x", count: size))]]></v></e>",
            "<e><v><a>\(String(repeating: "x", count: size))</a></v></e>",
            "<e><v a='\(String(repeating: "x", count: size))'/></e>",
        ] {
            let file = try DecodeMaterial.File(text)
            #expect(throws: FileRejection.self) { _ = try RecordReader(path: file.path, profile: XMLRecordTests.profile) }
        }
        let name = try DecodeMaterial.File("<e><\(String(repeating: "x", count: size))/></e>")
        #expect(throws: FileRejection.self) { _ = try RecordReader(path: name.path, profile: XMLRecordTests.profile) }
    }

    @Test("a new name in every element ends the reading")
    func names() throws {
        var profile = XMLRecordTests.profile
        profile.limits.columns = 500
        let inside = (0..<100).map { number in "<v>" + (0..<100).map { "<a\(number)x\($0)/>" }.joined() + "</v>" }.joined()
        #expect(try DecodeMaterial.read("<e>\(inside)</e>", profile).rule == .tooManyColumns)
        let groups = (0..<2_000).map { "<v><g\($0)><a/></g\($0)></v>" }.joined()
        #expect(try DecodeMaterial.read("<e>\(groups)</e>", profile).rule == .tooManyColumns)
        let outside = (0..<100_000).map { "<n\($0)/>" }.joined()
        #expect(try DecodeMaterial.read("<e>\(outside)<v/></e>", profile).rule == .tooManyColumns)
    }

    @Test("a file that is cut anywhere is no file of records, and is known to be cut", arguments: [TextEncoding.utf8, .utf16])
    func cut(_ encoding: TextEncoding) throws {
        let text = """
            <?xml version="1.0"?>
            <!-- e --><p:e xmlns:p="u" a=">"><v><Type>A</Type><b c="1"/></v>
            <v><Type><![CDATA[B]]></Type></v></p:e> <!-- <e> -->
            """
        let bytes = try #require(Samples.encode(text, encoding, withMark: true))
        let whole = try DecodeMaterial.read(bytes, XMLRecordTests.profile)
        let unit = encoding == .utf16 ? 2 : 1
        #expect(try whole.get().count == 2)
        let closed = try #require(text.range(of: "</p:e>")).upperBound
        let end = bytes.count - text[closed...].unicodeScalars.count * unit
        for count in bytes.indices {
            let part = Array(bytes[..<count])
            let result = try DecodeMaterial.read(part, XMLRecordTests.profile)
            let file = try DecodeMaterial.File(part)
            let state = Structure.check(try Descriptor.open(file.path), profile: XMLRecordTests.profile)
            if count < end {
                #expect(result.rule != nil, "cut at \(count)")
                // Of a file that has no more than half its byte order mark nothing is known.
                #expect(state != .complete || count < 4, "cut at \(count)")
            } else if case .success = result {
                #expect(result.summary == whole.summary, "cut at \(count)")
            } else {
                #expect(state != .complete, "cut at \(count): \(result)")
            }
        }
    }
}
