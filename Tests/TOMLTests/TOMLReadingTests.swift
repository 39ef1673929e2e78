import Testing

@testable import TOML

/// What is read, and what is refused where, in words that say what is wrong.
@Suite struct TOMLReadingTests {
    private func document(_ text: String) throws -> TOMLTable { try TOMLDocument(Array(text.utf8)).root }

    static func faults(_ bytes: [UInt8]) -> [TOMLFault] {
        do throws(TOMLRefusal) {
            _ = try TOMLDocument(bytes)
            return []
        } catch { return error.faults }
    }

    private func faults(_ text: String) -> [TOMLFault] { Self.faults(Array(text.utf8)) }

    @Test func everyKeyAndValueHasItsPlace() throws {
        let root = try document("a = 1\r\n# é\r\n  \"é b\" . c = 'x'\r\n[[w]]\r\n[[ w ]]\r\nd = [1,\r\n  2]\r\n")
        #expect(
            root["a"]?.key.position == TOMLPosition(line: 1, column: 1) && root["a"]?.value.position == TOMLPosition(line: 1, column: 5))
        let table = try #require(root["é b"])
        #expect(table.key.position == TOMLPosition(line: 3, column: 3))
        guard case .table(let inner) = table.value.content else { return #expect(Bool(false), "a dotted key makes a table") }
        // Columns count characters, not bytes.
        #expect(inner["c"]?.key.position == TOMLPosition(line: 3, column: 11))
        guard case .array(let elements) = root["w"]?.value.content else { return #expect(Bool(false), "[[w]] makes an array") }
        #expect(elements.map(\.position) == [TOMLPosition(line: 4, column: 3), TOMLPosition(line: 5, column: 4)])
        guard case .table(let second) = elements[1].content, case .array(let numbers) = second["d"]?.value.content else {
            return #expect(Bool(false), "the second element has the array")
        }
        #expect(numbers.map(\.position) == [TOMLPosition(line: 6, column: 6), TOMLPosition(line: 7, column: 3)])
    }

    @Test func textsAreReadAsWritten() throws {
        let root = try document(
            #"""
            a = "\b\t\n\f\r\"\\\u00e9\U0001F697"
            b = 'C:\new'
            c = """
            one \
               two""three"""""
            d = '''
            it's '''
            "" = ""
            """#)
        #expect(root["a"]?.value.content == .text("\u{8}\t\n\u{C}\r\"\\é🚗"))
        #expect(root["b"]?.value.content == .text("C:\\new"))
        #expect(root["c"]?.value.content == .text("one two\"\"three\"\""))
        #expect(root["d"]?.value.content == .text("it's "))
        #expect(root[""]?.value.content == .text(""))
    }

    @Test func lineEndsAreAlikeInTexts() throws {
        #expect(try document("a = \"\"\"\r\nx\r\ny\"\"\"\r\n")["a"]?.value.content == .text("x\ny"))
    }

    /// Swift's own comparison would take them for one key.
    @Test func keysAreComparedByteByByte() throws {
        let root = try document("\"\u{E9}\" = 1\n\"e\u{301}\" = 2\n")
        #expect(root["\u{E9}"]?.value.content == .integer(1) && root["e\u{301}"]?.value.content == .integer(2))
    }

    @Test func byteOrderMarkIsSteppedOver() throws {
        let root = try document("\u{FEFF}a = 1\n")
        #expect(root["a"]?.key.position == TOMLPosition(line: 1, column: 1))
        #expect(faults("a = 1\n\u{FEFF}b = 2\n").first?.position == TOMLPosition(line: 2, column: 1))
    }

    struct Case: Sendable, CustomTestStringConvertible {
        let text: String
        let line, column: Int
        let words: String

        init(_ text: String, _ line: Int, _ column: Int, _ words: String) {
            (self.text, self.line, self.column, self.words) = (text, line, column, words)
        }

        var testDescription: String { text.debugDescription }
    }

    @Test(arguments: [
        Case("a = 1\n= 3\n", 2, 1, "a key must be letters"),
        Case("a\n", 1, 2, "'=' must follow the key, not the end of the line"),
        Case("a = \n", 1, 5, "a value is missing"),
        Case("a = valid\n", 1, 5, "'valid' is no value; a text stands in quotes"),
        Case("a = /srv\n", 1, 5, "'/' begins no value"),
        Case("a = \"x\n", 1, 5, "the text isn't closed"),
        Case("a = '''x\ny\n", 1, 5, "the text isn't closed: '''"),
        Case("a = \"é\\q\"\n", 1, 7, "a backslash stands before"),
        Case("a = \"\\ud800\"\n", 1, 6, "no character U+D800"),
        Case("a = \"\\u12g4\"\n", 1, 6, "4 hexadecimal digits"),
        Case("a = 1 2\n", 1, 7, "the line should end here, but '2' follows"),
        Case("a = 9223372036854775808\n", 1, 5, "whole numbers lie between"),
        Case("a = 01\n", 1, 5, "no zeros in front"),
        Case("a = 1__0\n", 1, 5, "an underscore stands between two digits"),
        Case("a = 0xFG\n", 1, 5, "'G' can't stand in this number"),
        Case("a = -0x1\n", 1, 5, "base 16 has no sign"),
        Case("a = 1.\n", 1, 5, "a digit is missing"),
        Case("a = 2026-11-23Tnoon\n", 1, 5, "a time is written as 07:32:00"),
        Case("a = 2026-02-29\n", 1, 5, "the month hasn't this day"),
        Case("a = 2026-13-01\n", 1, 5, "a month lies between"),
        Case("a = 1979-05-27 07:3\n", 1, 5, "a time is written as"),
        Case("a = 07:32:00Z\n", 1, 5, "too much stands behind the time"),
        Case("a = [1,\n 2\nb = 3\n", 3, 1, "',' or ']' must follow a value of the array, not 'b'; the array began on line 1"),
        Case("a = [\n1,\n", 3, 1, "the array of line 1 isn't closed"),
        Case("a = {b = 1\n}\n", 1, 11, "must be closed on the line"),
        Case("a = {b = 1,}\n", 1, 12, "a comma can't stand before the '}'"),
        Case("a = {b = 1, b = 2}\n", 1, 13, "'b' is already a value of line 1"),
        Case("a = 1\na = 2\n", 2, 1, "'a' is already a value of line 1"),
        Case("[a]\nb = 1\n[a]\n", 3, 2, "'a' is already the table of line 1"),
        Case("[a.b]\n[[a]]\n", 2, 3, "'a' is already the single table of line 1"),
        Case("[[a]]\n[a]\n", 2, 2, "each of its elements begins with [[...]]"),
        Case("a = {}\n[a.b]\n", 2, 2, "nothing can be added to it"),
        Case("a.b = 1\n[a]\n", 2, 2, "'a' is already the table of line 1"),
        Case("[a.b]\n[a]\nb.c = 1\n", 3, 1, "'b' is already the table of line 1"),
        Case("[.a]\n", 1, 2, "the name of a table must be letters"),
        Case("[a\n", 1, 3, "']' must follow the name, not the end of the line"),
        Case("[[a]\n", 1, 4, "']]' must follow"),
        Case("a = 1\n\0b = 2\n", 2, 1, "a NUL byte"),
        Case("a = 'x\u{1}'\n", 1, 7, "control character U+0001"),
        Case("a = 1\rb = 2\n", 1, 6, "a carriage return stands alone"),
        Case("# \u{7F}\n", 1, 3, "control character U+007F"),
    ])
    func faultIsLocated(_ expected: Case) throws {
        let fault = try #require(faults(expected.text).first)
        #expect(
            fault.position == TOMLPosition(line: expected.line, column: expected.column) && fault.message.contains(expected.words),
            "\(fault)")
        let windows = try #require(faults(expected.text.replacing("\n", with: "\r\n")).first)
        #expect(windows == fault, "line ends of another system move the fault")
    }

    @Test func oneRunTellsSeveralFaults() {
        let found = faults("a = \nb = 2\nb = 3\n[c\nd = 1\n[e]\nf = no\nf = [\nx\ny = \n")
        // Behind line 9, what stands in the array and what doesn't can't be told.
        #expect(found.map(\.position.line) == [1, 3, 4, 7, 9])
        let controls = faults("\0a\0 = 1\nb = \"\u{8}\"\n")
        #expect(controls.map(\.position) == [TOMLPosition(line: 1, column: 1), TOMLPosition(line: 2, column: 6)])
        #expect(faults(String(repeating: "x\n", count: 1000)).count == TOMLDocument.maximumFaults)
        // A line with two faults at the end.
        let most = String(repeating: "x\n", count: TOMLDocument.maximumFaults - 1)
        #expect(faults("[a]\n\(most)[a] b\n").count == TOMLDocument.maximumFaults)
    }

    @Test(
        arguments: [
            [0x61, 0x3D, 0x27, 0xE9, 0x27], [0xC0, 0xAF], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80], [0xE2, 0x82], [0x80],
            [0xF8, 0x88, 0x80, 0x80, 0x80],
        ] as [[UInt8]])
    func onlyUTF8IsRead(bytes: [UInt8]) throws {
        let fault = try #require(Self.faults(Array("x = 1\n".utf8) + bytes).first)
        #expect(fault.position.line == 2 && fault.message.contains("UTF-8"))
    }

    @Test func utf16IsNamed() {
        #expect(Self.faults([0xFF, 0xFE, 0x61, 0x00]).first?.message.contains("UTF-16") == true)
    }

    @Test func whatIsTooMuchIsRefused() throws {
        let most = TOMLDocument.maximumDepth
        _ = try document("a = " + String(repeating: "[", count: most - 1) + String(repeating: "]", count: most - 1))
        for open in [
            "a = " + String(repeating: "[", count: most), "a = " + String(repeating: "{a=", count: most),
            "a" + String(repeating: ".a", count: most),
            "[a" + String(repeating: ".a", count: most) + "]", "[a.a]\n" + String(repeating: "a.", count: most - 2) + "a = 1",
        ] {
            #expect(faults(open).first?.message.contains("deep in each other") == true, "\(open)")
        }
        for open in ["[", "{a=", "a.", "[["] {
            #expect(!faults("x = " + String(repeating: open, count: 300_000)).isEmpty)
            #expect(!faults(String(repeating: open, count: 300_000)).isEmpty)
        }
        #expect(throws: TOMLRefusal.self) { try TOMLDocument(Array("a = 1".utf8), maximumBytes: 4) }
    }
}
