import TestSupport
import Testing

@testable import Certificate

@Suite struct SimpleTypeCheckTests {
    let catalogue = Catalogue.initialVehicleInformation

    private func type(_ name: String) throws -> SimpleType { try #require(catalogue.simpleTypes.first { $0.name == name }) }

    @Test(arguments: [
        ("Text15", "x", nil), ("Text15", "", "is empty"), ("Text15", "1234567890123456", "has 16 characters, at most 15 fit"),
        ("Text2", "é\u{301}", nil), ("Text2", "👨‍👩‍👧", "has 5 characters, at most 2 fit"),
        ("VehicleIdentificationNumber", "A", "has 1 character, exactly 17 fit"),
        ("VehicleIdentificationNumber", "wDB9066351S123456", "'wDB9066351S123456' holds more than A-Z and 0-9"),
        ("StageOfCompletionCode", "X", "'X' is none of the codes C, I, V"),
        ("StageOfCompletionCode", "", "is empty"),
        ("ExhaustEmissionLevel", "EURO 6 EA", "'EURO 6 EA' is none of its 113 codes, nearest is Euro 6 EA"),
        ("Integer2", "100", "'100' isn't within 0 and 99"), ("Integer2", "-1", "'-1' isn't within 0 and 99"),
        ("Integer2", "1.0", "'1.0' isn't a whole number"),
        ("Decimal52", "8,4", "'8,4' isn't a decimal number, the decimal point is '.'"),
        ("Decimal52", "1e2", "'1e2' isn't a decimal number"),
        ("Decimal52", "1.234", "'1.234' has 3 digits behind the point, at most 2 fit"),
        ("Decimal52", "1000", "'1000' isn't within 0 and 999.99"),
        ("Date", "19.12.2023", "'19.12.2023' isn't a date of the calendar written as YYYY-MM-DD"),
        ("Text15", "a\u{7}b", "holds the character U+0007, which XML can't carry"),
        ("Text15", "a\u{FFFE}", "holds the character U+FFFE, which XML can't carry"),
    ])
    func explains(name: String, text: String, problem: String?) throws {
        #expect(try type(name).problem(with: text) == problem)
    }

    @Test func cutsLongValuesInMessages() throws {
        let problem = try #require(try type("Integer2").problem(with: String(repeating: "x", count: 500)))
        #expect(problem.count < 80)
    }

    /// Every type with texts around its limits: the check and libxml2 agree.
    @Test(.enabled(if: SchemaOracle.isPresent, "xmllint (libxml2-utils) isn't installed"))
    func agreesWithLibxml2() throws {
        var generator = SplitMix(seed: 20)
        let questions = catalogue.simpleTypes.flatMap { type in
            texts(for: type, &generator).filter { XMLCharacter.firstForbidden(in: $0) == nil && !isStricter(type, $0) }.map {
                SchemaOracle.Question(type: type, text: $0)
            }
        }
        let answers = try SchemaOracle.answers(to: questions)
        #expect(answers.contains(true) && answers.contains(false))
        // One expectation for all: thousands of them would take longer than the check.
        let disagreements = zip(questions, answers).compactMap { question, isValid in
            let problem = question.type.problem(with: question.text)
            return (problem == nil) == isValid
                ? nil : "\(question.type.name) '\(question.text)': \(problem ?? "no problem"), xmllint: \(isValid)"
        }
        #expect(disagreements == [])
    }

    @Test(arguments: ["Integer2", "Decimal52", "Date", "DateTime"], [" ", "\t", "\r\n"])
    func refusesSpaceAroundNumbersAndDates(name: String, space: String) throws {
        let text = ["Date": "2024-01-01", "DateTime": "2024-01-01T12:00:00Z"][name] ?? "7"
        #expect(try type(name).problem(with: text) == nil)
        for spaced in [space + text, text + space] { #expect(try type(name).problem(with: spaced) == "has white space around '\(text)'") }
    }

    /// Where the check refuses on purpose what the schema allows.
    private func isStricter(_ type: SimpleType, _ text: String) -> Bool {
        switch type.form {
        case .text, .codes: false
        case .decimal, .integer, .date, .dateTime: text != String(text.trimmingXMLSpace)
        }
    }

    private func texts(for type: SimpleType, _ generator: inout SplitMix) -> [String] {
        switch type.form {
        case .text(let length, let pattern): lengths(length) + (pattern == nil ? [] : patterned(&generator))
        case .codes(let codes, _):
            codes + codes.prefix(5).flatMap { [$0 + " ", " " + $0, $0 + "X", $0.lowercased(), String($0.dropLast())] } + ["", "\t"]
        case .decimal, .integer: Self.numbers + (0..<300).map { _ in number(&generator) }
        case .date: dates(suffixes: ["", "Z", "+01:00", "-14:00", "+14:01", "+24:00", " ", "z"])
        case .dateTime: dates(suffixes: Self.times)
        }
    }

    private func lengths(_ length: ClosedRange<Int>?) -> [String] {
        guard let length else { return [""] }
        let counts = [0, 1, length.lowerBound - 1, length.lowerBound, length.upperBound - 1, length.upperBound, length.upperBound + 1]
        return ["A", "é", "e\u{301}", "🚗", " ", "\n", "\r", "<&"].flatMap { piece in
            counts.map { String(repeating: piece, count: max($0, 0)) }
        }
    }

    private func patterned(_ generator: inout SplitMix) -> [String] {
        let fixed = [
            "WDB9066351S123456", "WDB9066351S12345 ", "6fa459ea-ee8a-4ca4-894e-db77e160355e", "6FA459EA-EE8A-4CA4-B94E-DB77E160355E",
            "6fa459ea-ee8a-7ca4-894e-db77e160355e", "6fa459ea-ee8a-4ca4-c94e-db77e160355e", "6fa459eaee8a4ca4894edb77e160355e",
            "{6fa459ea-ee8a-4ca4-894e-db77e160355e}", "6fa459ea-ee8a-4ca4-894e-db77e160355g",
        ]
        return fixed
            + (0..<300).map { _ in
                var text = Array(fixed[Int.random(in: 0..<4, using: &generator)])
                text[Int.random(in: text.indices, using: &generator)] = Array("-4aBg0Z_ é@G`[:/").randomElement(using: &generator) ?? "-"
                return String(text)
            }
    }

    private static let numbers = [
        "", " ", "0", "-0", "+0", "00", "+5", "-5", "5.", ".5", ".", "+", "-", "-.5", "+.50", "0.0", "-0.00", "1,5", "1e2", "1E2", "0x1",
        "INF", "NaN", " 7",
        "7 ", "\t7\n", "7 7", "--7", "+-7", "1.2.3", "1 .2", "007", "000000000000000000000000000000000000007", "99", "100", "999", "1000",
        "9999", "10000",
        "99999", "100000", "999999", "1000000", "279", "280", "32767", "32768", "2147483647", "2147483648", "99999999999999999999999999",
        "9.99", "9.990",
        "10.00", "9.991", "999.99", "999.999", "99.999", "99.9999", "99.99999", "99.999999", "-999.999", "-999.9991", "-1000", "-99.999",
        "-100",
        "-999.999999", "0.000001", "0.0000001", "1.100000000", "1.00000000000", "9999.999999", "9999.9999990", "٣", "7\u{A0}", "7.٣",
    ]

    private func number(_ generator: inout SplitMix) -> String {
        func digits(_ count: Int) -> String { (0..<count).map { _ in String(Int.random(in: 0...9, using: &generator)) }.joined() }
        let sign = ["", "", "", "-", "+"].randomElement(using: &generator) ?? ""
        let fraction = Bool.random(using: &generator) ? "." + digits(Int.random(in: 0...7, using: &generator)) : ""
        return sign + digits(Int.random(in: 0...7, using: &generator)) + fraction
    }

    private static let times = [
        "", "T", "T00:00:00", "T23:59:59", "T24:00:00", "T24:00:00.0", "T24:00:00.1", "T24:00:01", "T25:00:00", "T12:60:00", "T12:00:60",
        "T12:00", "T12:00:0",
        "T12:00:00.", "T12:00:00.5", "T12:00:00.1234567Z", "T12:00:00Z", "T12:00:00z", "T12:00:00+02:00", "T12:00:00-14:00",
        "T12:00:00+14:01", "T12:00:00+2:00",
        "T12:00:00+0200", "T12:00:00+02", "T12:00:00+13:60", "t12:00:00", " 12:00:00", "T12:00:00 ", "T12:00:00Z Z", "T1:00:00",
        "T12:00:00,5",
    ]

    private func dates(suffixes: [String]) -> [String] {
        let days = [
            "2024-02-29", "2023-02-29", "2000-02-29", "1900-02-29", "2023-04-30", "2023-04-31", "2023-12-31", "2023-12-32", "2023-00-01",
            "2023-13-01", "2023-01-00",
            "0000-01-01", "0001-01-01", "-0001-01-01", "-0004-02-29", "9999-12-31", "12024-01-01", "02024-01-01", "024-01-01", "2023-1-01",
            "2023-01-1", "20230101",
            "19.12.2023", "2023/01/01", "+2023-01-01", "", " 2023-01-01", "2023-01-01", "2023-01", "２０２３-01-01",
        ]
        return days.flatMap { day in suffixes.map { day + $0 } }
    }
}
