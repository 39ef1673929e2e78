import Certificate
import Foundation
import Testing

@testable import Ingest

/// Random documents, read by Python's xml.etree as well.
@Suite("XML as others read it") struct XMLOracleTests {
    private static let python = "/usr/bin/python3"

    /// The names of values as docs/input-formats.md has them, from a tree.
    private static let script = """
        import json, sys, xml.etree.ElementTree as ET
        XSI = '{http://www.w3.org/2001/XMLSchema-instance}'
        local = lambda name: name.rsplit('}', 1)[-1]
        blank = lambda text: not (text or '').strip(' \\t\\r\\n')
        def walk(element, name, record, out):
            for key, value in element.attrib.items():
                if not key.startswith(XSI):
                    out.append(name + '@' + local(key) + '=' + value)
            children, count, text = list(element), {}, element.text or ''
            nil = element.get(XSI + 'nil', '').strip(' \\t\\r\\n') in ('true', '1')
            for child in children:
                key = local(child.tag)
                count[key] = count.get(key, 0) + 1
                path = (name + '.' if name else '') + key
                walk(child, path if count[key] == 1 else '%s[%d]' % (path, count[key]), record, out)
            if not children and element is not record:
                out.append(name + '=' + ('' if nil else text))
            stray = [text] + [child.tail for child in children] if children or element is record or nil else []
            if not all(map(blank, stray)):
                record.set('{flaw}', 'yes')
        def records(element, wanted):
            if local(element.tag) == wanted:
                out = []
                walk(element, '', element, out)
                return [out + (['flaw'] if '{flaw}' in element.attrib else [])]
            return [record for child in element for record in records(child, wanted)]
        print(json.dumps([records(ET.parse(path).getroot(), 'v') for path in sys.argv[1:]]))
        """

    /// Writes one document.
    private struct Writer {
        var random: DecodeMaterial.Generator
        var text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"

        mutating func pick<T>(_ values: [T]) -> T { values[Int.random(in: 0..<values.count, using: &random)] }
        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }

        mutating func document() {
            text += "<e xmlns:p='u' xmlns:i='http://www.w3.org/2001/XMLSchema-instance'>"
            for _ in 0..<Int.random(in: 1...8, using: &random) {
                if chance(20) { space() }
                element(chance(70) ? pick(["v", "p:v"]) : "w", depth: 0)
            }
            text += "</e>\n"
        }

        mutating func element(_ name: String, depth: Int) {
            text += "<\(name)"
            for attribute in ["a", "b", "p:c", "i:nil", "i:type"] where chance(8) {
                let quote = pick(["'", "\""])
                let value = attribute == "i:nil" ? pick(["true", "1", "false", "0", " true "]) : attributeValue(quote)
                text += "\(pick([" ", "\n", "  "]))\(attribute)=\(quote)\(value)\(quote)"
            }
            if chance(5) { text += " xmlns='\(pick(["", "d", "u"]))'" }
            if chance(10) { return text += "/>" }
            text += chance(10) ? " >" : ">"
            let children = depth < 5 && chance(depth == 0 ? 95 : 35) ? Int.random(in: 1...6, using: &random) : 0
            if children == 0 { content() }
            for _ in 0..<children {
                space()
                element(pick(["a", "b", "c", "v", "p:a", "ä"]), depth: depth + 1)
                if chance(1) { content() }
            }
            if children > 0 { space() }
            text += "</\(name)>"
        }

        mutating func space() {
            text += pick(["", "", "\n", "  ", "\r\n", "\r", "\t", "<!-- <v> & -->", "<?pi <v>?>", "<![CDATA[ ]]>", "&#10;"])
        }

        mutating func content() {
            for _ in 0..<Int.random(in: 0...5, using: &random) {
                text += pick([
                    "1", "xyz", "äß€", "😀", " ", "\n", "\r\n", "\r", "&amp;", "&lt;", "&gt;", "&quot;", "&#13;", "&#xE4;", "]] ", ">",
                    "\"'",
                    "<![CDATA[<a>&]]>", "<![CDATA[]]>", "<!--c-->", "<?p?>", "&#38;", "&amp;#38;", "\u{A0}",
                    String(repeating: "long ", count: 90),
                ])
            }
        }

        mutating func attributeValue(_ quote: String) -> String {
            (0..<Int.random(in: 0...4, using: &random)).map { _ in
                pick([
                    "1", "äß€", "😀", " ", "\n", "\r\n", "\t", "&amp;", "&lt;", ">", "&#10;", "&#38;", "&amp;#38;", "/>",
                    quote == "'" ? "\"" : "'",
                ])
            }.joined()
        }
    }

    private static func ask(_ documents: [[UInt8]]) throws -> [[[String]]] {
        let folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-oracle-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let paths = try documents.enumerated().map { number, document in
            let path = folder.appending(path: "\(number).xml")
            try Data(document).write(to: path)
            return path.path
        }
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script] + paths
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return try JSONDecoder().decode([[[String]]].self, from: output)
    }

    /// The same members in the same order, for every size of pieces; and what is given back says the same.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: python), "python3 isn't installed"),
        arguments: 0..<8 as Range<UInt64>)
    func randomDocuments(seed: UInt64) throws {
        var writer = Writer(random: DecodeMaterial.Generator(seed: seed))
        let documents = (0..<60).map { _ in
            writer.text = "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n"
            writer.document()
            return Array(writer.text.utf8)
        }
        for (document, expected) in zip(documents, try Self.ask(documents)) {
            guard !expected.isEmpty else {
                #expect(try XMLRecordTests.rejection(document)?.rule == "FILE-24")
                continue
            }
            #expect(try Self.plain(document) == expected, "\(String(decoding: document, as: UTF8.self))")
            let wide = try #require(
                Samples.encode(String(decoding: document, as: UTF8.self).replacing("utf-8", with: "utf-16"), .utf16, withMark: true))
            #expect(try Self.plain(wide) == expected)
            let back = try Self.givenBack(document)
            #expect(try Self.plain(back) == expected, "\(String(decoding: back, as: UTF8.self))")
            #expect(try Self.givenBack(back) == back)
        }
        let backs = try documents.map(Self.givenBack)
        #expect(try Self.ask(backs) == Self.ask(documents))
    }

    /// Flaws without their kind; values of one name are none that a tree knows.
    private static func plain(_ document: [UInt8]) throws -> [[String]] {
        try XMLRecordTests.members(document).map { record in
            let members = record.filter { !$0.hasPrefix("ROW-0") }
            return members + (record.contains { $0.hasPrefix("ROW-07") } ? ["flaw"] : [])
        }
    }

    private static func givenBack(_ document: [UInt8]) throws -> [UInt8] {
        let file = try DecodeMaterial.File(document)
        var scanner = try XMLRecordScanner(file.path, XMLLayout(record: "v"), Profile.Limits(), chunkSize: 1 << 16)
        var back = scanner.header
        do throws(FileRejection) {
            while try scanner.next() { back += (scanner.number > 1 ? scanner.separator : []) + scanner.receivedBytes() }
        } catch {
            #expect(error.finding.rule == "FILE-24")
        }
        return back + scanner.footer
    }
}
