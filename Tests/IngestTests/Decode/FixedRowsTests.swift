import Certificate
import Linux
import Testing

@testable import Ingest

@Suite("Text with fixed columns") struct FixedRowsTests {
    private static func profile(
        _ layout: FixedLayout = FixedLayout(), _ encoding: TextEncoding = .utf8, _ columns: [(ClosedRange<Int>, String)] = standard
    ) -> Profile {
        Profile(
            format: .fixed(layout), encoding: encoding, mapping: columns.map { ColumnRule(column: .positions($0.0), target: $0.1) })
    }

    private static let standard: [(ClosedRange<Int>, String)] = [(1...4, "Type"), (5...9, "Variant"), (12...15, "ActualMass")]

    private static func values(_ record: Record) -> [String] { record.values.fields.map(\.value) }

    @Test("values are cut at their positions, without the blanks around them")
    func positions() throws {
        let records = try DecodeMaterial.read("T1  Var 1xx1500yy\n T2 V2   xx  90\n\nT3\n", Self.profile()).get()
        #expect(records.map(Self.values) == [["T1", "Var 1", "1500"], ["T2", "V2", "90"], ["T3"]])
        #expect(records.map(\.row) == [1, 2, 4])
        #expect(records[0].values.fields.map(\.origin) == [.record(1), .record(2), .record(3)])
        #expect(records.flatMap(\.findings).isEmpty)
    }

    @Test("positions count characters, whatever their bytes", arguments: [TextEncoding.utf8, .utf16, .windows1252, .isoLatin9])
    func characters(_ encoding: TextEncoding) throws {
        let text = "Ä1ßéöäüÖÜ--1500\r\nT1  V1   --90\r\n"
        let bytes = try #require(Samples.encode(text, encoding))
        for size in [1, 2, 5, 1 << 18] {
            let records = try DecodeMaterial.read(bytes, Self.profile(FixedLayout(), encoding), chunkSize: size).get()
            #expect(records.map(Self.values) == [["Ä1ßé", "öäüÖÜ", "1500"], ["T1", "V1", "90"]], "\(size)")
        }
    }

    @Test("what goes back in UTF-16 has a mark, whatever the file had")
    func mark() throws {
        let bytes = try #require(Samples.encode("\u{2026}1  V1\n", .utf16, bigEndian: true))
        let file = try DecodeMaterial.File(Array("\0T\0\n".utf8) + bytes)
        let reader = try RecordReader(path: file.path, profile: Self.profile(FixedLayout(), .utf16))
        #expect(try reader.next()?.values.fields.map(\.value) == ["T"])
        #expect(try reader.next()?.values.fields.map(\.value) == ["\u{2026}1", "V1"])
        #expect(reader.header == [0xFE, 0xFF])
        let again = try DecodeMaterial.read(reader.header + reader.currentRow, Self.profile(FixedLayout(), .utf16)).get()
        #expect(again.map(Self.values) == [["\u{2026}1", "V1"]])
    }

    @Test("every line end counts", arguments: ["\n", "\r\n", "\r"])
    func lineEnds(_ end: String) throws {
        let lines = ["T1  V1", "", "T2  V2", "T3  V3"]
        for size in [1, 3, 1 << 18] {
            for last in ["", end] {
                let records = try DecodeMaterial.read(lines.joined(separator: end) + last, Self.profile(), chunkSize: size).get()
                #expect(records.map(\.row) == [1, 3, 4] && records.map { Self.values($0)[1] } == ["V1", "V2", "V3"])
            }
        }
    }

    @Test("lines before the records and the trailer are no records, and go back with returned rows")
    func frame() throws {
        let layout = FixedLayout(headerLines: 2, trailer: "9")
        let file = try DecodeMaterial.File("0 Export\n\nT1  V1\nT2  V2\n9 2 records\n\n")
        let reader = try RecordReader(path: file.path, profile: Self.profile(layout))
        var rows: [String] = []
        while let record = try reader.next() { rows.append("\(record.row) \(String(decoding: reader.currentRow, as: UTF8.self))") }
        #expect(rows == ["3 T1  V1\n", "4 T2  V2\n"])
        #expect(String(decoding: reader.header, as: UTF8.self) == "0 Export\n\n")
        #expect(String(decoding: reader.footer, as: UTF8.self) == "9 2 records\n\n")
        #expect((0...4).map(reader.columnName) == [nil, "positions 1-4", "positions 5-9", "positions 12-15", nil])
    }

    @Test("a record of another length is rejected by itself")
    func recordLength() throws {
        let records = try DecodeMaterial.read(
            "T1  V1   xx1500\nT2  V2   xx150\nÄ3  V3   xx1500\n", Self.profile(FixedLayout(recordLength: 15))
        ).get()
        #expect(records.map { $0.findings.map(\.rule) } == [[], ["ROW-05"], []])
        #expect(records[1].values.fields.isEmpty && records[1].findings[0].message == "The line has 14 characters, but a record has 15.")
    }

    @Test(
        "files that can't be whole are rejected",
        arguments: [
            ("", DecodingRule.empty, FixedLayout()), ("\n \n", .noRecords, FixedLayout()),
            ("0\n9\n", .noRecords, FixedLayout(headerLines: 1, trailer: "9")),
            ("T1\n", .trailer, FixedLayout(trailer: "9")), ("T1\n9\nT2\n", .trailer, FixedLayout(trailer: "9")),
            ("T1\0\n", .binary, FixedLayout()),
        ])
    func rejected(_ text: String, _ rule: DecodingRule, _ layout: FixedLayout) throws {
        #expect(try DecodeMaterial.read(text, Self.profile(layout)).rule == rule)
    }

    @Test("a line without end is longer than the limit")
    func longLine() throws {
        var profile = Self.profile()
        profile.limits.rowBytes = 100
        var table = DecodeMaterial.csv()
        table.limits.rowBytes = 100
        for size in [1, 7, 1 << 18] {
            for (text, profile) in [
                ("T1\n" + String(repeating: "x", count: 200) + "\n", profile),
                ("Type\n\"" + String(repeating: "x", count: 200) + "\"\n", table),
            ] {
                guard case .failure(let rejection) = try DecodeMaterial.read(text, profile, chunkSize: size) else {
                    Issue.record("a row of 200 bytes is taken")
                    continue
                }
                #expect(rejection.finding.row == 2 && rejection.finding.rule == "FILE-29")
            }
            #expect(try DecodeMaterial.read("T1\n" + String(repeating: "x", count: 200), profile, chunkSize: size).rule == .longRow)
            #expect(try DecodeMaterial.read("T1\n" + String(repeating: "x", count: 200) + "\n", profile, chunkSize: size).rule == .longRow)
        }
    }

    @Test("is whole with its trailer and a line end")
    func structure() throws {
        func check(
            _ text: String, _ layout: FixedLayout = FixedLayout(), _ encoding: TextEncoding = .utf8,
            _ lastLineEnd: Profile.LastLineEnd = .required
        ) throws -> StructuralState {
            let bytes = try #require(Samples.encode(text, encoding))
            let file = try DecodeMaterial.File(bytes)
            var profile = Self.profile(layout, encoding)
            profile.lastLineEnd = lastLineEnd
            return Structure.check(try Descriptor.open(file.path), profile: profile)
        }
        let missing = StructuralState.incomplete(reason: "isn't whole: the last row has no line end")
        let half = StructuralState.incomplete(reason: "isn't whole: it ends inside a line end")
        for encoding in [TextEncoding.utf8, .utf16, .windows1252] {
            for text in ["T1\n", "T1\rT2\r", "T1\r\nT2\r\n"] { #expect(try check(text, FixedLayout(), encoding) == .complete, "\(text)") }
            for text in ["T1  V1   äö1500", "x\nT1  V1   äö1500 "] {
                #expect(try check(text, FixedLayout(), encoding) == missing)
                #expect(try check(text, FixedLayout(), encoding, .optional) == .complete)
            }
            #expect(
                try check("x\nÄ1  V1   xx150", FixedLayout(), encoding, .optional)
                    == .incomplete(reason: "ends in a line with 14 of 15 characters"))
            #expect(try check("T1\r\nT2\r", FixedLayout(), encoding) == half)
        }
        #expect(try check("T1\n", FixedLayout(recordLength: 4)) == .complete)
        #expect(try check("T1  \nT2  ", FixedLayout(recordLength: 4)) == missing)
        #expect(
            try check("T1\nT2", FixedLayout(recordLength: 4), .utf8, .optional)
                == .incomplete(reason: "ends in a line with 2 of 4 characters"))
        #expect(try check("T1\n9 1\n \n", FixedLayout(trailer: "9")) == .complete)
        // The trailer may count the records: `9 1` of `9 12`.
        #expect(try check("T1\n9 1", FixedLayout(trailer: "9")) == missing)
        #expect(try check("T1\n9 1", FixedLayout(trailer: "9"), .utf8, .optional) == .complete)
        #expect(try check("T1\n9 1\nT", FixedLayout(trailer: "9")) == missing)
        #expect(
            try check("T1\nT2\n", FixedLayout(trailer: "9")) == .incomplete(reason: "doesn't end with the record that begins with '9'"))
        let long = String(repeating: "Ä1  V1   xx1500\n", count: 100_000)
        #expect(try check(long) == .complete)
        #expect(try check(long + "T1") == missing)
    }

    @Test(
        "settings that can't be meant are named",
        arguments: [
            ([], "must say by their positions"), ([(ClosedRange<Int>(uncheckedBounds: (0, 3)), "Type")], "lie outside a record"),
            ([(1...4, "Type"), (4...6, "Variant")], "overlap with 1-4"), ([(1...4, "Type"), (1...4, "Variant")], "mapped twice"),
            ([(1...40, "Type")], "lie outside a record"),
        ] as [([(ClosedRange<Int>, String)], String)])
    func settings(_ columns: [(ClosedRange<Int>, String)], _ problem: String) {
        let problems = Self.profile(FixedLayout(recordLength: 30), .utf8, columns).check().map(\.message)
        #expect(problems.count == 1 && problems[0].contains(problem), "\(problems)")
    }

    @Test("columns by name or number, ignored ones and an empty trailer are no settings of fixed text")
    func strangeSettings() {
        var profile = Self.profile(FixedLayout(headerLines: -1, trailer: "", recordLength: 0), .utf8, [])
        profile.mapping = [ColumnRule(column: .name("x"), target: "Type"), ColumnRule(column: .number(1), target: "Variant")]
        profile.ignoredColumns = ["*"]
        #expect(profile.check().map(\.message).count == 6, "\(profile.check().map(\.message))")
        var table = DecodeMaterial.csv()
        table.mapping = [ColumnRule(column: .positions(1...4), target: "Type")]
        #expect(table.check().map(\.message).count == 1)
    }

    /// Records written by position read as they were, in every size of pieces.
    @Test("what is written is read", arguments: 0..<20 as Range<UInt64>)
    func anything(seed: UInt64) throws {
        var random = DecodeMaterial.Generator(seed: seed)
        let letters = Array("abcXYZ019 -äßé€")
        var expected: [[String]] = [], text = ""
        for _ in 0..<Int.random(in: 1...30, using: &random) {
            let cells = Self.standard.map { column in
                String((0..<column.0.count).map { _ in letters.randomElement(using: &random)! })
            }
            text += cells[0] + cells[1] + "::" + cells[2] + (Bool.random(using: &random) ? "\r\n" : "\n")
            let values = cells.map { $0.drop { $0 == " " } }.map { String($0.reversed().drop { $0 == " " }.reversed()) }
            if !values.allSatisfy(\.isEmpty) { expected.append(values.filter { !$0.isEmpty }) }
        }
        var sizes: [[[String]]] = []
        for size in [1, 4, 1 << 18] {
            sizes.append(try DecodeMaterial.read(text, Self.profile(), chunkSize: size).get().map(Self.values).filter { !$0.isEmpty })
        }
        #expect(sizes[0] == expected && sizes[1] == expected && sizes[2] == expected)
    }
}
