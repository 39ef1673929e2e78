import Certificate
import Foundation
import Linux
import Testing

@testable import Ingest

@Suite("JSON records") struct JSONRecordTests {
    private static let lines = Profile(format: .jsonLines)
    private static func document(_ records: String...) -> Profile { Profile(format: .json(JSONLayout(records: records))) }

    /// The values by their paths.
    private static func values(_ record: Record) -> [String: String] {
        Dictionary(uniqueKeysWithValues: record.values.fields.map { (FieldPath.write($0.key), $0.value) })
    }

    @Test("names are paths, nested ones too, and arrays are groups")
    func nested() throws {
        let text = """
            {"Type": "T1", "AxleTable": [{"AxleTrack": 1500, "TyreAxleTable": [{"TyreSize": "205/55 R16"}, {"TyreSize": "x"}]}, {"AxleTrack": 1490.50}],
             "CocDataGroup": {"Variant": "\\u00c4 \\ud83d\\ude97 \\/\\n"}, "MassGroup": {"ActualMass": null}, "AxleTable[3].AxleTrack": -1}
            """
        for profile in [Self.lines, Self.document()] {
            let text = profile == Self.lines ? text.replacing("\n", with: " ") : "[\(text)]"
            for size in [1, 3, 1 << 18] {
                let records = try DecodeMaterial.read(text, profile, chunkSize: size).get()
                #expect(
                    records.map(Self.values) == [
                        [
                            "CocDataGroup.Type": "T1", "CocDataGroup.Variant": "Ä 🚗 /",
                            "CocDataGroup.AxleTable[1].AxleTrack": "1500", "CocDataGroup.AxleTable[2].AxleTrack": "1490.50",
                            "CocDataGroup.AxleTable[3].AxleTrack": "-1",
                            "CocDataGroup.AxleTable[1].TyreAxleTable[1].TyreSize": "205/55 R16",
                            "CocDataGroup.AxleTable[1].TyreAxleTable[2].TyreSize": "x",
                        ]
                    ])
                #expect(records.flatMap(\.findings).isEmpty)
            }
        }
    }

    @Test("with a mapping, names are what the export calls them")
    func mapping() throws {
        var profile = Self.document("export", "cars")
        profile.mapping = [
            ColumnRule(column: .name("vin"), target: "VehicleIdentificationNumber"),
            ColumnRule(column: .name("mass.kg"), target: "ActualMass"),
            ColumnRule(column: .name("axle[2]"), target: "AxleTable[2].AxleTrack"),
        ]
        profile.ignoredColumns = ["*"]
        let text = """
            {"cars": [1], "export": {"by": {"cars": [{"vin": "no"}]}, "at": "[{\\"", "cars": [
              {"vin": "A", "mass": {"kg": 1}, "axle": [7, 8, 9]}, {"other": true, "vin": "B"},
              {"vin": "C", "axle": []}]}, "more": [[[]], {}, -0.5e+10]}

            """
        for size in [1, 2, 7, 1 << 18] {
            let file = try DecodeMaterial.File(text)
            let reader = try RecordReader(path: file.path, profile: profile, chunkSize: size)
            var rows: [String] = []
            while let record = try reader.next() {
                rows.append("\(record.row) \(record.values.fields.map(\.value)) \(String(decoding: reader.currentRow, as: UTF8.self))")
            }
            #expect(
                rows == [
                    #"1 ["A", "1", "8"] {"vin": "A", "mass": {"kg": 1}, "axle": [7, 8, 9]}"#, #"2 ["B"] {"other": true, "vin": "B"}"#,
                    #"3 ["C"] {"vin": "C", "axle": []}"#,
                ])
            #expect(String(decoding: reader.header, as: UTF8.self) == #"{"export":{"cars":["# + "\n")
            #expect(String(decoding: reader.separator + reader.footer, as: UTF8.self) == ",\n\n]}}\n")
            #expect(reader.columnName(1) == "vin" && reader.columnName(2) == "mass.kg")
        }
    }

    @Test("a line that is no object is rejected by itself")
    func flawedLines() throws {
        let text =
            "{\"Type\":\"A\"}\n\n{\"Type\":\"B\"\n[1]\r\n{\"Type\":\"C\",\"Type\":\"D\"}\n{\"Type\":\"\\ud800\"}\n{\"Type\":\"E\"} x\n{}\n{\"Type\":\"F\"}"
        let records = try DecodeMaterial.read(text, Self.lines).get()
        #expect(
            records.map { "\($0.row) \($0.findings.map(\.rule)) \($0.values.fields.map(\.value))" } == [
                #"1 [] ["A"]"#, #"3 ["ROW-08"] []"#, #"4 ["ROW-08"] []"#, #"5 ["ROW-06"] ["C"]"#, "6 [\"ROW-03\"] [\"\u{FFFD}\"]",
                #"7 ["ROW-08"] []"#,
                #"9 [] ["F"]"#,
            ])
    }

    @Test("of several values of one name the first counts, and not more is said than helps")
    func repeatedNames() throws {
        let many = (0..<50).map { "\"Variant\": \($0)" }.joined(separator: ", ")
        let records = try DecodeMaterial.read("{\"Type\": null, \"Type\": \"x\"}\n{\(many)}\n{\"Type\": \"y\"}\n", Self.lines).get()
        #expect(records.map { $0.values.fields.map(\.value) } == [[], ["0"], ["y"]])
        #expect(records.map { $0.findings.filter { $0.rule == "ROW-06" }.count } == [1, 20, 0])
    }

    @Test("a file without any value has no columns", arguments: [("[{}, {}]", document()), ("x\n{}\n", lines)])
    func noColumns(_ text: String, _ profile: Profile) throws {
        let file = try DecodeMaterial.File(text)
        let reader = try RecordReader(path: file.path, profile: profile)
        #expect((0...2).map(reader.columnName) == [nil, nil, nil])
    }

    @Test(
        "documents that aren't as the settings say are rejected",
        arguments: [
            ("", [], DecodingRule.empty), (" \n", [], .empty), ("[]", [], .noRecords), ("[", [], .malformed), ("{}", [], .malformed),
            ("[{}", [], .malformed), ("[{}]]", [], .malformed), ("[1]", [], .malformed), ("[{\"a\":01}]", [], .malformed),
            ("[{\"a\":\"\t\"}]", [], .malformed), ("[{\"a\":'b'}]", [], .malformed), ("[{\"a\":1,}]", [], .malformed),
            ("nul", [], .malformed),
            ("{\"cars\":{}}", ["cars"], .malformed), ("{\"car\":[]}", ["cars"], .malformed), ("[]", ["cars"], .malformed),
            ("{\"cars\":[{\"Type\":1}],\"cars\":[]}", ["cars"], .malformed),
            ("{\"a\":{\"b\":[{\"Type\":1}]},\"a\":{\"b\":[]}}", ["a", "b"], .malformed),
            ("{\"a\":1}", ["a", "b"], .malformed), ("[{\"Tpye\":1}]", [], .unknownColumn), ("{\"cars\":[]}", ["cars"], .noRecords),
            (String(repeating: "[", count: 70), [], .malformed),
        ] as [(String, [String], DecodingRule)])
    func rejected(_ text: String, _ records: [String], _ rule: DecodingRule) throws {
        for size in [1, 1 << 18] {
            #expect(try DecodeMaterial.read(text, Profile(format: .json(JSONLayout(records: records))), chunkSize: size).rule == rule)
        }
    }

    @Test("a record longer than the limit rejects the file; what lies beside the records may be long")
    func limits() throws {
        var profile = Self.document("cars")
        profile.limits.rowBytes = 100
        let long = String(repeating: "x", count: 500)
        for size in [7, 1 << 18] {
            let beside = #"{"note": "\#(long)", "cars": [{"Type": "A"}], "end": ["\#(long)"]}"#
            #expect(try DecodeMaterial.read(beside, profile, chunkSize: size).get().count == 1)
            #expect(try DecodeMaterial.read(#"{"cars": [{"Type": "\#(long)"}]}"#, profile, chunkSize: size).rule == .longRow)
            var lines = Self.lines
            lines.limits.rowBytes = 100
            #expect(try DecodeMaterial.read(#"{"Type": "\#(long)"}"#, lines, chunkSize: size).rule == .longRow)
        }
        profile.limits = Profile.Limits(columns: 3)
        #expect(try DecodeMaterial.read(#"{"cars": [{"a": 1, "b": 1, "c": 1, "d": 1}]}"#, profile).rule == .tooManyColumns)
    }

    @Test("is whole when every bracket is closed, and lines with a line end")
    func structure() throws {
        let document = #"{"cars": [{"Type": "ä{"}, {"Type": "[\""}], "n": [1.5]}"#
        for encoding in [TextEncoding.utf8, .utf16] {
            var profile = Self.document("cars")
            profile.encoding = encoding
            let bytes = try #require(Samples.encode(document, encoding))
            for end in 1...bytes.count {
                let file = try DecodeMaterial.File(Array(bytes[..<end]))
                let state = Structure.check(try Descriptor.open(file.path), profile: profile)
                #expect((state == .complete) == (end == bytes.count), "\(end): \(state)")
            }
        }
        func check(_ text: String, _ lastLineEnd: Profile.LastLineEnd = .required) throws -> StructuralState {
            let file = try DecodeMaterial.File(text)
            var profile = Self.lines
            profile.lastLineEnd = lastLineEnd
            return Structure.check(try Descriptor.open(file.path), profile: profile)
        }
        for text in ["{}\n", "x\n", "{}\r\n{}\r\n"] { #expect(try check(text) == .complete, "\(text)") }
        for text in ["{}", "{}\n{\"a\":1}", "{}\n  ", "{", "{}\n{\"a\":1", "{}\nx"] {
            #expect(try check(text) == .incomplete(reason: "isn't whole: the last row has no line end"), "\(text)")
        }
        #expect(try check("{}\r\n{}\r") == .incomplete(reason: "isn't whole: it ends inside a line end"))
        for text in ["{}", "{}\n{\"a\":1}", "{}\n  "] { #expect(try check(text, .optional) == .complete, "\(text)") }
        for text in ["{", "{}\n{\"a\":1", "{}\nx"] {
            #expect(try check(text, .optional) == .incomplete(reason: "ends in a line that is no whole object"), "\(text)")
        }
    }

    @Test("settings that can't be meant are named")
    func settings() {
        var profile = Self.document("a\"b")
        profile.mapping = [ColumnRule(column: .number(1), target: "Type"), ColumnRule(column: .positions(1...2), target: "Variant")]
        #expect(profile.check().map(\.message).count == 3, "\(profile.check().map(\.message))")
        #expect(Self.lines.check().map(\.message).isEmpty)
    }

    @Test("what goes back is a file that reads as the same records", arguments: [TextEncoding.utf8, .utf16, .windows1252])
    func returned(_ encoding: TextEncoding) throws {
        let objects = [
            #"{"Type":"ä1","AxleTable":[{"AxleTrack":1},{"AxleTrack":2}]}"#, #"{ "Type" : "B" }"#, #"{"Type":"C","Variant":"V"}"#,
        ]
        for (profile, text) in [
            (Self.document("a", "b"), #"{"x":1,"a":{"b":[\#(objects.joined(separator: ", "))]}}"#),
            (Self.lines, objects.joined(separator: "\n") + "\n"),
        ] {
            var profile = profile
            profile.encoding = encoding
            let bytes = try #require(Samples.encode(text, encoding, withMark: encoding == .utf16))
            let file = try DecodeMaterial.File(bytes)
            let reader = try RecordReader(path: file.path, profile: profile)
            var rows: [[UInt8]] = [], records: [Record] = []
            while let record = try reader.next() {
                rows.append(reader.currentRow)
                records.append(record)
            }
            let together = reader.header + rows.joined(separator: reader.separator) + reader.footer
            let again = try DecodeMaterial.read(together, profile).get()
            #expect(again.map(Self.values) == records.map(Self.values) && records.count == 3)
        }
    }

    // MARK: Python as the judge

    private static let python = "/usr/bin/python3"

    /// Random texts, right ones and broken ones: Python agrees on which are objects, and on the values in them.
    @Test(
        "Python reads the same", .enabled(if: FileManager.default.isExecutableFile(atPath: python), "needs python3"),
        arguments: 0..<4 as Range<UInt64>)
    func agreement(seed: UInt64) throws {
        var random = DecodeMaterial.Generator(seed: seed)
        let texts = (0..<2_000).map { _ in Self.text(&random) }
        let file = try DecodeMaterial.File(try String(decoding: JSONEncoder().encode(texts), as: UTF8.self))
        let judged = try JSONDecoder().decode([[[String]]?].self, from: Self.run(Self.script, file.path))
        var right = 0
        for (text, expected) in zip(texts, judged) {
            let bytes = Array(text.utf8)
            var found: [[String]]?
            if JSONLineScanner.isObject(bytes[...]) {
                var members = JSONMembers()
                members.read(bytes, 0..<bytes.count)
                found = members.members.map { [$0.name, String(decoding: members.text[$0.text], as: UTF8.self)] }
                right += 1
            }
            #expect(found == expected, "\(text)")
        }
        #expect(judged.count == texts.count && 200..<1_800 ~= right, "\(right) are objects")
    }

    private static let script = #"""
        import json, re, sys
        def refuse(_): raise ValueError
        def walk(value, name, out):
            if isinstance(value, Pairs):
                for key, inner in value.pairs: walk(inner, f"{name}.{key}" if name else key, out)
            elif isinstance(value, list):
                for number, inner in enumerate(value, 1): walk(inner, name if number == 1 else f"{name}[{number}]", out)
            else:
                out.append([name, "" if value is None else {True: "true", False: "false"}[value] if isinstance(value, bool) else value])
        class Pairs:
            def __init__(self, pairs): self.pairs = pairs
        def judge(text):
            try:
                value = json.loads(text, object_pairs_hook=Pairs, parse_float=str, parse_int=str, parse_constant=refuse)
            except ValueError:
                return None
            if not isinstance(value, Pairs): return None
            out = []
            walk(value, "", out)
            return [[re.sub("[\ud800-\udfff]", "\ufffd", part) for part in pair] for pair in out]
        json.dump([judge(text) for text in json.load(open(sys.argv[1]))], sys.stdout)
        """#

    private static func run(_ script: String, _ path: String) throws -> Data {
        let process = Process()
        process.executableURL = URL(filePath: python)
        process.arguments = ["-c", script, path]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return data
    }

    /// An object most of the time, in one of three a character changed.
    private static func text(_ random: inout DecodeMaterial.Generator) -> String {
        var text = object(&random, 0)
        guard Int.random(in: 0..<3, using: &random) == 0 else { return text }
        let letters = Array(#"{}[]",:\0123456789.eE+-tfnu xä"# + "\n")
        let place = text.index(text.startIndex, offsetBy: Int.random(in: 0..<text.count, using: &random))
        if Bool.random(using: &random) { text.remove(at: place) } else { text.insert(letters.randomElement(using: &random)!, at: place) }
        return text
    }

    private static func space(_ random: inout DecodeMaterial.Generator) -> String {
        ["", "", "", " ", "\t", "\n"].randomElement(using: &random)!
    }

    private static func object(_ random: inout DecodeMaterial.Generator, _ depth: Int) -> String {
        let members = (0..<Int.random(in: 0...4, using: &random)).map { _ in
            "\(space(&random))\(string(&random))\(space(&random)):\(value(&random, depth + 1))"
        }
        return "{\(members.joined(separator: ","))\(space(&random))}"
    }

    private static func value(_ random: inout DecodeMaterial.Generator, _ depth: Int) -> String {
        let kind = Int.random(in: 0..<(depth > 4 ? 6 : 8), using: &random)
        let text =
            switch kind {
            case 0, 1: string(&random)
            case 2: ["0", "-0", "1.50", "12e3", "-3.4E-10", "0.0", "9e+1", "100000000000000000000"].randomElement(using: &random)!
            case 3: ["true", "false", "null"].randomElement(using: &random)!
            case 4, 5: "\(Int.random(in: -1_000...1_000, using: &random))"
            case 6: object(&random, depth)
            default: "[\((0..<Int.random(in: 0...3, using: &random)).map { _ in value(&random, depth + 1) }.joined(separator: ","))]"
            }
        return space(&random) + text + space(&random)
    }

    private static func string(_ random: inout DecodeMaterial.Generator) -> String {
        let pieces = [
            "a", "B", "7", "ä", "🚗", #"\n"#, #"\""#, #"\\"#, #"\/"#, #"\u00e4"#, #"\ud83d\ude97"#, #"\udc00"#, #"\ud800"#, " ", "[", "}",
            ".",
        ]
        return "\"\((0..<Int.random(in: 0...4, using: &random)).map { _ in pieces.randomElement(using: &random)! }.joined())\""
    }
}
