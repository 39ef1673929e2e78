import Certificate
import Linux
import Testing

@testable import Ingest

@Suite("Records of XML") struct XMLRecordTests {
    static let profile = Profile(format: .xml(XMLLayout(record: "v")), ignoredColumns: ["*"])

    /// Names and texts of each record, and the rules of its flaws; the same in pieces of every size.
    static func members(_ bytes: [UInt8], record: String = "v", _ limits: Profile.Limits = Profile.Limits()) throws -> [[String]] {
        let file = try DecodeMaterial.File(bytes)
        var readings: [Result<[[String]], FileRejection>] = []
        for size in [1, 2, 7, 1 << 18] {
            readings.append(Result { () throws(FileRejection) in try read(file.path, XMLLayout(record: record), limits, size) })
        }
        #expect(readings.allSatisfy { $0 == readings[0] }, "\(readings)")
        return try readings[0].get()
    }

    static func members(_ text: String, record: String = "v") throws -> [[String]] { try members(Array(text.utf8), record: record) }

    private static func read(_ path: String, _ layout: XMLLayout, _ limits: Profile.Limits, _ size: Int) throws(FileRejection) -> [[String]]
    {
        var scanner = try XMLRecordScanner(path, layout, limits, chunkSize: size)
        var records: [[String]] = []
        while try scanner.next() {
            #expect(scanner.number == records.count + 1)
            let text = scanner.text
            let members = scanner.members.map { "\($0.name)=\(String(decoding: text[$0.text], as: UTF8.self))" }
            records.append(members + scanner.flaws.map { "\($0.rule) \($0.column ?? "-")" })
        }
        return records
    }

    static func rejection(_ bytes: [UInt8], _ limits: Profile.Limits = Profile.Limits()) throws -> Finding? {
        do {
            _ = try members(bytes, limits)
            return nil
        } catch let rejection as FileRejection {
            #expect(rejection.cause == .content)
            return rejection.finding
        }
    }

    static func rejection(_ text: String, _ limits: Profile.Limits = Profile.Limits()) throws -> Finding? {
        try rejection(Array(text.utf8), limits)
    }

    // MARK: Shapes

    @Test(
        "values have the names of their elements",
        arguments: [
            ("<e><v><a>1</a><b> 2 </b></v><v><b>3</b></v></e>", [["a=1", "b= 2 "], ["b=3"]]),
            ("<e><v id='7'><a u=\"kg\" w='&lt;&amp;&#38;'>1</a></v></e>", [["@id=7", "a@u=kg", "a@w=<&&", "a=1"]]),
            ("<e><v><x><a>1</a></x><x k='2'><a>2</a><a/></x></v></e>", [["x.a=1", "x[2]@k=2", "x[2].a=2", "x[2].a[2]="]]),
            ("<v><a>1</a></v>", [["a=1"]]),
            ("<e><v/><w><v a='1'/></w></e>", [[], ["@a=1"]]),
            ("<e><v><v>1</v><w><v><v>2</v></v></w></v></e>", [["v=1", "w.v.v=2"]]),
            (
                "<n:e xmlns:n='u' xmlns='o'><n:v><a>1</a><n:a n:b='2' xmlns:q='z'>3</n:a></n:v><v/></n:e>",
                [["a=1", "a[2]@b=2", "a[2]=3"], []]
            ),
            (
                "<e xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><v i:type='t'><a i:nil='true'/><b i:nil=' 1 '> </b><c i:nil='0'>1</c></v></e>",
                [["a=", "b=", "c=1"]]
            ),
            ("<e><!--<v/>--><v><!--x--><a>1<!--2-->3<?p 4?></a><b><![CDATA[<&]]>]]&gt;</b><?q?></v><![CDATA[]]></e>", nil),
            ("<e><v><a>&#65;&amp;&lt;&gt;&quot;&apos;&#x20AC;</a></v></e>", [["a=A&<>\"'€"]]),
            ("<e><v><a>1\r\n2\r3</a><b c='1\r\n2&#10;3'/></v></e>", [["a=1\n2\n3", "b@c=1 2\n3", "b="]]),
            ("<e>text<v><a b='x>y'>></a></v>text</e>", [["a@b=x>y", "a=>"]]),
            (
                "<e><v><x><a>1</a></x><y><a>2</a></y><x><a>3</a></x><a>4</a><y><x><a>5</a></x></y></v></e>",
                [["x.a=1", "y.a=2", "x[2].a=3", "a=4", "y[2].x.a=5"]]
            ),
        ] as [(String, [[String]]?)])
    func shapes(_ text: String, _ expected: [[String]]?) throws {
        #expect(try Self.members(text) == expected ?? [["a=13", "b=<&]]>"]])
    }

    @Test(
        "text beside elements is a flaw",
        arguments: [
            ("<e><v>x<a>1</a></v></e>", ["a=1", "ROW-07 -"]), ("<e><v>\n<a>1</a>\u{A0}</v></e>", ["a=1", "ROW-07 -"]),
            ("<e><v><a>x<b>1</b>y</a>z</v></e>", ["a.b=1", "ROW-07 a", "ROW-07 -"]), ("<e><v>x</v></e>", ["ROW-07 -"]),
            ("<e xmlns:i='http://www.w3.org/2001/XMLSchema-instance'><v><a i:nil='true'>1</a></v></e>", ["a=", "ROW-07 a"]),
        ])
    func flaws(_ text: String, _ expected: [String]) throws {
        #expect(try Self.members(text) == [expected])
    }

    /// Names of elements may hold points, and prefixes tell nothing.
    @Test(
        "of two values of one name the first counts, and the record has a flaw",
        arguments: [
            ("<e><v><a.b>1</a.b><a><b>2</b></a></v><v><a.b>3</a.b></v></e>", "a.b", ["a.b=1", "a.b=2"]),
            ("<e xmlns:p='u'><v b='1' p:b='2'/><v b='3'/></e>", "@b", ["@b=1", "@b=2"]),
        ])
    func repeatedNames(_ text: String, _ name: String, _ members: [String]) throws {
        #expect(try Self.members(text).first == members)
        var profile = Self.profile
        profile.mapping = [ColumnRule(column: .name(name), target: "Type")]
        let records = try DecodeMaterial.read(text, profile).get()
        #expect(records.map { $0.findings.map { "\($0.rule) \($0.column ?? "-")" } } == [["ROW-06 \(name)"], []])
        #expect(records.map { $0.values.fields.map(\.value) } == [["1"], ["3"]])
    }

    @Test("a record with a flaw is rejected by itself")
    func oneBadRecord() throws {
        let text = "<e><v><Type>A</Type></v><v>x<Type>B</Type></v><v/><v><Type>C</Type></v></e>"
        let records = try DecodeMaterial.read(text, Self.profile).get()
        #expect(records.map(\.row) == [1, 2, 4] && records.map { $0.findings.map(\.rule) } == [[], ["ROW-07"], []])
        #expect(records[1].findings[0].severity == .error && records[1].findings[0].value == "x")
        #expect(records[1].findings[0].message == "Text stands beside the elements of the record.")
    }

    @Test("a mapping names values as they are named in the file; one that no record has is absent")
    func mapping() throws {
        var profile = Self.profile
        profile.mapping = [("@nr", "Type"), ("axle[2].track", "AxleTable[2].AxleTrack"), ("mass@unit", "Variant"), ("gone", "Version")].map
        {
            ColumnRule(column: .name($0.0), target: $0.1)
        }
        #expect(profile.check().map(\.message) == [])
        let text = "<e><v nr='T1'><axle><track>1</track></axle><axle><track>2</track></axle><mass unit='kg'>3</mass></v></e>"
        let file = try DecodeMaterial.File(text)
        let reader = try RecordReader(path: file.path, profile: profile)
        let record = try #require(try reader.next())
        let named = record.values.fields.map { field -> String in
            guard case .record(let column) = field.origin else { return "?" }
            return "\(reader.columnName(column) ?? "?")=\(field.value)"
        }
        #expect(Set(named) == ["@nr=T1", "axle[2].track=2", "mass@unit=kg"] && record.findings.isEmpty)
        profile.ignoredColumns = []
        #expect(try DecodeMaterial.read(text, profile).rule == .unknownColumn)
    }

    // MARK: Encodings

    @Test("a document is read in the encoding that it declares", arguments: TextEncoding.allCases)
    func encodings(_ encoding: TextEncoding) throws {
        let name = encoding == .utf16 ? "UTF-16" : encoding.rawValue
        let text = "<?xml version='1.0' encoding='\(name)'?><e><v><ä>Größe ÿ</ä></v></e>"
        let expected = [["ä=Größe ÿ"]]
        for bigEndian in [false, true] {
            let bytes = try #require(Samples.encode(text, encoding, bigEndian: bigEndian))
            #expect(try Self.members(bytes, record: "v") == expected)
            guard encoding == .utf16 || encoding == .utf8 else { continue }
            let marked = try #require(Samples.encode(text, encoding, withMark: true, bigEndian: bigEndian))
            #expect(try Self.members(marked, record: "v") == expected)
        }
    }

    @Test("the euro sign of each encoding, and characters beyond 16 bits")
    func euro() throws {
        for (name, byte) in [("ISO-8859-15", UInt8(0xA4)), ("windows-1252", 0x80)] {
            let bytes = Array("<?xml version='1.0' encoding='\(name)'?><v><a>".utf8) + [byte] + Array("</a></v>".utf8)
            #expect(try Self.members(bytes) == [["a=€"]])
        }
        #expect(try Self.members(try #require(Samples.encode("<v><a>😀</a></v>", .utf16, withMark: true))) == [["a=😀"]])
    }

    @Test("bytes of another encoding than the declared one reject the file")
    func wrongEncodings() throws {
        let words: [([UInt8], String)] = [
            (Array("<?xml version='1.0' encoding='UTF-16'?><v/>".utf8), "of another encoding"),
            ([0xEF, 0xBB, 0xBF] + Array("<?xml version='1.0' encoding='ISO-8859-1'?><v/>".utf8), "of another encoding"),
            (Array("<?xml version='1.0' encoding='IBM037'?><v/>".utf8), "'IBM037', which isn't read"),
            (Array("<v a='".utf8) + [0xFC] + Array("'/>".utf8), "Line 1, byte 7"),
            (Array("<?xml version='1.0' encoding='ISO-8859-1'?>\n<v a='".utf8) + [0x80] + Array("'/>".utf8), "Line 2"),
            (Array("<v>".utf8) + [0xC3], "inside a character"),
        ]
        for (bytes, what) in words {
            let finding = try #require(try Self.rejection(bytes))
            #expect(finding.rule == "FILE-21" && finding.message.contains(what), "\(finding)")
            #expect(!finding.remedy.contains("source's encoding"))
        }
        #expect(try Self.rejection(Array("<v>\0</v>".utf8))?.rule == "FILE-22")
    }

    // MARK: What can't be read

    @Test(
        "what isn't well formed is rejected with its line",
        arguments: [
            ("<e>\n<v><a>1</b></v></e>", "Line 2", "Opening and ending tag mismatch: a line 2 and b"),
            ("<e>\n\n<v><a>AT&T</a></v></e>", "Line 3", "'&amp;'"), ("<e><v><a>A & B</a></v></e>", "Line 1", "a '&' begins no reference"),
            ("<e><v><a>&euro;</a></v></e>", "Line 1", "'euro' not defined"), ("<e><v>\n<a b='<'/></v></e>", "Line 2", "'&lt;'"),
            ("<e>\n<v/>\n", "Line 2", "ends before its root element is closed. The file was cut off"),
            ("<e><v/></e><e/>", "Line 1", "Extra content"),
            ("<e><v a='1' a='2'/></e>", "Line 1", "redefined"),
            ("<e><p:v/></e>", "Line 1", "Namespace prefix p"), ("<e><v p:a='1'/></e>", "Line 1", "Namespace prefix p"),
            ("<e xmlns:p='u' xmlns:q='u'><v p:a='1' q:a='2'/></e>", "Line 1", "redefined"), ("<e xmlns:p=''><v/></e>", "Line 1", "xmlns:p"),
            ("<e><v><a>\u{1}</a></v></e>", "Line 1", "invalid Char value 1"),
            ("<e><v>&#0;</v></e>", "Line 1", "invalid xmlChar value 0"), ("<e><v>\u{FFFE}</v></e>", "Line 1", "Char 0xFFFE"),
            ("vin;mass\n1;2\n", "doesn't begin", "like XML"), (" <?xml version='1.0'?><v/>", "Line 1", "only at the start"),
            ("<e><v>\n<![CDATA[ </v></e>", "Line 2", "cut off"), ("<e><!-- a -- b --><v/></e>", "Line 1", "hyphen"),
        ])
    func malformed(_ text: String, _ line: String, _ what: String) throws {
        let finding = try #require(try Self.rejection(text), "\(text)")
        #expect(finding.rule == "FILE-36", "\(finding)")
        #expect(finding.message.contains(line) && "\(finding.message) \(finding.remedy)".contains(what), "\(finding)")
        #expect(!finding.message.contains("xmlParse") && !finding.message.contains("\n"))
    }

    @Test("nothing of a bad document is given, wherever it is bad")
    func badEnds() throws {
        let records = String(repeating: "<v><Type>A</Type></v>\n", count: 20_000)
        #expect(try DecodeMaterial.read("<e>\(records)</e>", Self.profile).get().count == 20_000)
        #expect(try DecodeMaterial.read("<e>\(records)</f>", Self.profile).rule == .malformed)
        #expect(try DecodeMaterial.read("<e>\(records)", Self.profile).rule == .malformed)
    }

    @Test("without records there is nothing to read")
    func noRecords() throws {
        let finding = try #require(try Self.rejection("<e><w/></e>"))
        #expect(finding.rule == "FILE-24" && finding.message.contains("no element 'v'"))
        #expect(try Self.rejection("")?.rule == "FILE-23")
        #expect(try DecodeMaterial.read("<e><v/></e>", Self.profile).rule == .noRecords)
    }

    // MARK: What goes back

    @Test("a record goes back as an element of its own, with its namespaces")
    func received() throws {
        let text = """
            <?xml version="1.0" encoding="ISO-8859-1"?>
            <x:e xmlns:x="u&amp;1" xmlns="d&amp;#1 d" xmlns:y="y"><g xmlns:x="u2"><x:v xmlns:y="y2" y:a="&#10;&quot;&lt;'"><b>1 &lt; 2 &amp; ]]&gt;&#13;</b>\
            <!--c--><?p q?><c xmlns=""/></x:v></g></x:e>
            """
        let expected = """
            <x:v xmlns="d&amp;#1 d" xmlns:x="u2" xmlns:y="y2" y:a="&#10;&quot;&lt;'"><b>1 &lt; 2 &amp; ]]&gt;&#13;</b><!--c--><?p q?><c xmlns=""></c></x:v>
            """
        let file = try DecodeMaterial.File(text)
        var scanner = try XMLRecordScanner(file.path, XMLLayout(record: "v"), Profile.Limits(), chunkSize: 100)
        #expect(try scanner.next())
        #expect(String(decoding: scanner.receivedBytes(), as: UTF8.self) == expected)
    }

    @Test("given back, records read as the same ones", arguments: ["v", "rejected"])
    func givenBack(_ record: String) throws {
        let text = "<e xmlns:p='u'>\n<p:v k='1'><Type>A</Type>x</p:v><v><Type>Ä&amp;</Type><p:q><Type/></p:q></v><v/></e>"
            .replacing("v>", with: "\(record)>").replacing("p:v", with: "p:\(record)").replacing("<v/>", with: "<\(record)/>")
        let profile = Profile(format: .xml(XMLLayout(record: record)), ignoredColumns: ["*"])
        let file = try DecodeMaterial.File(text)
        let reader = try RecordReader(path: file.path, profile: profile)
        var back = reader.header, first: [Record] = []
        while let next = try reader.next() {
            if !first.isEmpty { back += reader.separator }
            back += reader.currentRow
            first.append(next)
        }
        back += reader.footer
        #expect(first.count == 2 && profile.returnedEnding == "xml")
        #expect(try DecodeMaterial.read(back, profile).summary == Result<[Record], FileRejection>.success(first).summary)
        let backFile = try DecodeMaterial.File(back)
        #expect(Structure.check(try Descriptor.open(backFile.path), profile: profile) == .complete)
    }

    // MARK: Whole files

    @Test("is whole with the closing tag of its root")
    func structure() throws {
        func check(_ text: String, _ encoding: TextEncoding) throws -> StructuralState {
            let file = try DecodeMaterial.File(try #require(Samples.encode(text, encoding, withMark: encoding == .utf16)))
            return Structure.check(try Descriptor.open(file.path), profile: Self.profile)
        }
        let long = String(repeating: "<v><a>Ä</a></v>\n", count: 260_000)
        for encoding in [TextEncoding.utf8, .utf16] {
            for text in [
                "<e></e>", "<?xml version='1.0'?>\n<!-- <f> --><p:e a='>'><v/></p:e \n>\n<!-- </f> --> <?x?>\n", "<e/>", "<e a='/>'/>",
                "<e></e><?a > <? <!-- ?><!-- <? -->", "<!DOCTYPE e><e>", "x<e>", "<>.<", "</>", "< a", "<e>\(long)</e>\n",
                // Whatever still comes, this is no document.
                "<e></e><f></f>", "<e><e a='>'/><![CDATA[</e>]]></e><!-- --> x <f>", "<e></e>&",
            ] {
                #expect(try check(text, encoding) == .complete, "\(text.prefix(80))")
            }
            for text in ["<", "<?xml version='1.0'", "<!-- <e></e>", "<?xml version='1.0'?>", "<e a='/>", "<e a='></e>"] {
                #expect(try check(text, encoding) == .incomplete(reason: "ends before its root element is open"), "\(text)")
            }
            for text in [
                "<e>", "<e><v></v", "<e></e", "<e><v/><!-- </e> -->", "<e></ee>", "<e></e><!-- ", "<e></e><!-", "<e></e><?x", "<e><f></f>",
                "<e><![CDATA[</e><f>",
                "<e>\(String(repeating: "<e></e><ee></ee>", count: 200))", "<e>\(long)",
            ] {
                #expect(try check(text, encoding) == .incomplete(reason: "doesn't end with the closing tag </e>"), "\(text.prefix(80))")
            }
        }
        let cut = try #require(Samples.encode("<e></e>", .utf16, withMark: true)).dropLast()
        let file = try DecodeMaterial.File(Array(cut))
        #expect(
            Structure.check(try Descriptor.open(file.path), profile: Self.profile) == .incomplete(reason: "ends inside a character"))
        #expect(try check("", .utf8) == .incomplete(reason: "is still empty"))
    }

    @Test("settings that can't be meant are named", arguments: ["", "a:b", "1a", "a b", "a\0"])
    func settings(_ record: String) {
        let problems = Profile(format: .xml(XMLLayout(record: record))).check().map(\.message)
        #expect(problems.count == 1 && problems[0].contains("name of an element"))
        var profile = Self.profile
        #expect(profile.check().map(\.message) == [])
        profile.mapping = [ColumnRule(column: .number(1), target: "Type"), ColumnRule(column: .positions(1...2), target: "Variant")]
        #expect(profile.check().map(\.message).count == 2)
    }
}
