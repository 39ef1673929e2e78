import Foundation
import Testing

@testable import Audit
import Linux

@Suite("Records")
struct RecordTests {
    private static func text(_ text: String) -> String { String(decoding: CanonicalJSON.quoted(text), as: UTF8.self) }

    @Test(
        "escape texts as RFC 8785 does",
        arguments: [
            ("", #""""#), ("plain", #""plain""#), ("\"\\/", #""\"\\/""#), ("\u{8}\u{9}\u{A}\u{C}\u{D}", #""\b\t\n\f\r""#),
            ("\u{0}\u{F}\u{1F}", #""\u0000\u000f\u001f""#), ("\u{7F}\u{80}", "\"\u{7F}\u{80}\""), ("€öד😀", "\"€öד😀\""),
            ("e\u{301}", "\"e\u{301}\""), ("\u{20AC}$\u{F}\u{A}A'\u{42}\u{22}\u{5C}\\\"/", #""€$\u000f\nA'B\"\\\\\"/""#),
        ])
    func escapes(value: String, expected: String) { #expect(Self.text(value).utf8.elementsEqual(expected.utf8)) }

    @Test("write integers plainly", arguments: [0, 1, -1, 42, 9_007_199_254_740_991, -9_007_199_254_740_991])
    func integers(number: Int) {
        var bytes: [UInt8] = []
        CanonicalJSON.append(number, to: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self) == String(number))
    }

    @Test("have one exact form")
    func exactForm() throws {
        let event = Event(
            .rejected, submission: "s1", actor: .person(uid: 1_000, name: "anna"),
            ["reason": "a \"b\"", "rules": "VIN-03,DATE-01", "row": 2])
        let batch = try EventBatch([event], at: Timestamp(milliseconds: 1_795_442_712_007))
        #expect(
            String(decoding: batch.bytes, as: UTF8.self)
                == #"{"actor":"1000:anna","at":"2026-11-23T14:05:12.007Z","kind":"rejected","reason":"a \"b\"","row":2,"rules":"VIN-03,DATE-01","submission":"s1","v":1}"#
        )
    }

    @Test("survive writing and two readers, whatever their texts hold")
    func roundTrip() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<500 {
            let event = Self.randomEvent(&random)
            let batch = try EventBatch([event])
            let record = try RecordParser.parse(batch.bytes)
            #expect(record.kind == event.kind.rawValue && record.submission == event.submission && record.fields == event.fields)

            let outside = try #require(try JSONSerialization.jsonObject(with: Data(batch.bytes)) as? [String: Any])
            for (name, value) in event.fields {
                switch value {
                case .text(let text): #expect((outside[name] as? String).map { Array($0.unicodeScalars) } == Array(text.unicodeScalars))
                case .number(let number): #expect(outside[name] as? Int == number)
                }
            }
        }
    }

    @Test("with any byte changed are never read as the same, and never trap")
    func mutations() throws {
        var random = SystemRandomNumberGenerator()
        for _ in 0..<300 {
            let event = Self.randomEvent(&random)
            let bytes = try EventBatch([event]).bytes
            let original = try RecordParser.parse(bytes)
            for _ in 0..<40 {
                var changed = bytes
                let index = Int.random(in: 0..<changed.count, using: &random)
                switch Int.random(in: 0..<3, using: &random) {
                case 0: changed[index] ^= UInt8.random(in: 1...255, using: &random)
                case 1: changed.remove(at: index)
                default: changed.insert(UInt8.random(in: 0...255, using: &random), at: index)
                }
                if changed == bytes { continue }
                if let record = try? RecordParser.parse(changed) { #expect(!Self.isIdentical(record, original)) }
            }
        }
    }

    @Test(
        "are refused in any other spelling",
        arguments: [
            #"{"v":1}"#, #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":2}"#,
            #"{"at":"2026-11-23T14:05:12.007Z","actor":"ecocd","kind":"started","v":1}"#,
            #"{"actor":"ecocd","actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor": "ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1} "#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":01}"#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1.0}"#,
            #"{"actor":"ecocd","at":"2026-11-23 14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"\u0065cocd","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"a\/b","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"\u000A","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"\u000a","at":"2026-11-23T14:05:12.007Z","kind":"started","v":1}"#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","pid":-0,"v":1}"#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","pid":9007199254740992,"v":1}"#,
            #"{"actor":"ecocd","at":"2026-11-23T14:05:12.007Z","kind":"started","pid":null,"v":1}"#, "", "{", "{}", "[]",
        ])
    func strictness(text: String) { #expect(throws: RecordParser.Flaw.self) { try RecordParser.parse(Array(text.utf8)) } }

    @Test("with one name in two spellings of Unicode are refused, not read as one")
    func spellings() {
        let text = "{\"actor\":\"ecocd\",\"at\":\"2026-11-23T14:05:12.007Z\",\"e\u{301}\":1,\"kind\":\"started\",\"v\":1,\"\u{E9}\":2}"
        #expect { try RecordParser.parse(Array(text.utf8)) } throws: {
            ($0 as? RecordParser.Flaw)?.reason.contains("two spellings") ?? false
        }
        #expect(throws: FlatObject.Malformed.self) { try FlatObject(reading: Array("{\"K\":1,\"\u{212A}\":2}".utf8)) }
    }

    @Test("with fields that the catalogue doesn't have are refused")
    func catalogue() {
        let cases: [Event] = [
            Event(.claimed, ["source": "a", "name": "b"]), Event(.claimed, submission: "s", ["source": "a"]),
            Event(.claimed, submission: "s", ["source": "a", "name": 1]),
            Event(.claimed, submission: "s", ["source": "a", "name": "b", "more": "c"]),
            Event(.started, ["version": "1", "pid": .number(1 << 53)]),
        ]
        for event in cases { #expect(throws: LedgerError.Refusal.self) { try EventBatch([event]) } }
    }

    @Test("have dates of all years right")
    func dates() {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: "en_US_POSIX")
        formatter.timeZone = TimeZone(secondsFromGMT: 0)
        formatter.dateFormat = "yyyy-MM-dd'T'HH:mm:ss.SSS'Z'"
        for seconds in stride(from: 0, to: 9_000_000_000, by: 3_456_789) {
            let expected = formatter.string(from: Date(timeIntervalSince1970: Double(seconds)))
            #expect(Timestamp(milliseconds: seconds * 1000).text == expected)
        }
    }

    @Test("are documented with all their fields")
    func documentation() throws {
        let page = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../docs/ledger.md")
        let lines = try String(contentsOf: page, encoding: .utf8).split(separator: "\n")
        for kind in Event.Kind.allCases {
            let line = try #require(lines.first { $0.hasPrefix("| `\(kind.rawValue)` |") }, "\(kind.rawValue) isn't in docs/ledger.md")
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            let fields = EventCatalogue.entry(kind).fields.map { "`\($0.name)\($0.type == .number ? "#" : "")\($0.isRequired ? "" : "?")`" }
            #expect(cells[1] == fields.joined(separator: " "))
        }
    }

    private static func isIdentical(_ one: Record, _ other: Record) -> Bool {
        // Swift compares texts by canonical equivalence; records are compared by their scalars.
        func scalars(_ record: Record) -> [[Unicode.Scalar]] {
            record.fields.sorted { $0.key < $1.key }.map { name, value in
                switch value {
                case .text(let text): Array("\(name)=\(text)".unicodeScalars)
                case .number(let number): Array("\(name)#\(number)".unicodeScalars)
                }
            } + [record.kind, record.time, record.actor, record.submission ?? "-"].map { Array($0.unicodeScalars) }
        }
        return scalars(one) == scalars(other)
    }

    static func randomEvent(_ random: inout SystemRandomNumberGenerator) -> Event {
        let kind = Event.Kind.allCases.randomElement(using: &random) ?? .started
        var fields: [String: Event.Scalar] = [:]
        for field in EventCatalogue.entry(kind).fields where field.isRequired || Bool.random(using: &random) {
            fields[field.name] =
                field.type == .text
                ? .text(randomText(&random))
                : .number(Int.random(in: -CanonicalJSON.largestInteger...CanonicalJSON.largestInteger, using: &random))
        }
        return Event(kind, submission: randomText(&random), fields)
    }

    static func randomText(_ random: inout SystemRandomNumberGenerator) -> String {
        var text = String.UnicodeScalarView()
        for _ in 0..<Int.random(in: 0..<12, using: &random) {
            let largest: UInt32 = [0x22, 0x80, 0x800, 0x1_0000, 0x11_0000].randomElement(using: &random) ?? 0x80
            let scalar = Unicode.Scalar(UInt32.random(in: 0..<largest, using: &random))
            // Foundation, the other reader, drops a byte order mark at the start of a text.
            if let scalar, scalar != "\u{FEFF}" { text.append(scalar) }
        }
        return String(text)
    }
}
