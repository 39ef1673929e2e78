import Certificate
import Testing

@testable import Ingest

@Suite struct ConversionTests {
    private static func number(_ text: String, comma: Bool = false, thousands: Unicode.Scalar? = nil) -> String? {
        try? DecimalNumber(text, .init(decimalComma: comma, thousandsSeparator: thousands)).text
    }

    @Test(arguments: [
        ("12,50", "12.50"), ("0012,5", "12.5"), (",5", "0.5"), ("-3", "-3"), ("3-", "-3"), ("+7,25", "7.25"), ("-0,0", "0.0"), ("0", "0"),
        ("000", "0"),
    ])
    func decimalComma(_ text: String, _ expected: String) { #expect(Self.number(text, comma: true) == expected) }

    @Test(arguments: ["", "-", "+", ",", "5,", "1.5", "1,2,3", "1e3", "--1", "-1-", "1 000", "٣", "0x10", "NaN", "1\n"])
    func notANumber(_ text: String) { #expect(Self.number(text, comma: true) == nil) }

    @Test(arguments: [
        ("1.234.567,8", "." as Unicode.Scalar, "1234567.8"), ("1 234", " ", "1234"), ("1\u{A0}234", " ", "1234"),
        ("1\u{202F}234", " ", "1234"), ("12'345", "'", "12345"), ("12\u{2019}345", "'", "12345"), ("999", ".", "999"),
    ])
    func thousands(_ text: String, _ separator: Unicode.Scalar, _ expected: String) {
        #expect(Self.number(text, comma: true, thousands: separator) == expected)
    }

    @Test(arguments: ["1.23", "1.2345", "1..234", "1234.567", ".123"]) func misplacedThousands(_ text: String) {
        #expect(throws: DecimalNumber.Problem.misplacedSeparator) {
            try DecimalNumber(text, .init(decimalComma: true, thousandsSeparator: "."))
        }
    }

    @Test(arguments: [
        ("1.341", "1000", "1341"), ("0.1", "0.1", "0.01"), ("12345678901234567890", "0.001", "12345678901234567.89"), ("-2.5", "4", "-10"),
        ("0.30", "100", "30"), ("999.999", "999.999", "999998.000001"), ("0", "-5", "0"),
    ])
    func exactFactors(_ number: String, _ factor: String, _ expected: String) throws {
        #expect(try DecimalNumber(number).multiplied(by: DecimalNumber(factor)).withoutTrailingZeros().text == expected)
    }

    /// Against Swift's own 64-bit integers.
    @Test func productsOfWholeNumbers() throws {
        var random = DecodeMaterial.Generator(seed: 5)
        for _ in 0..<300 {
            let (left, right) = (
                Int.random(in: -999_999_999...999_999_999, using: &random), Int.random(in: 0...999_999_999, using: &random)
            )
            #expect(try DecimalNumber("\(left)").multiplied(by: DecimalNumber("\(right)")).text == "\(left * right)")
        }
    }

    @Test func numbersThatAreTooLong() {
        #expect(Self.number(String(repeating: "1", count: 60)) != nil)
        #expect(Self.number(String(repeating: "1", count: 61)) == nil)
    }

    @Test(arguments: [
        ("dd.MM.yyyy", "01.09.2026", "2026-09-01"), ("d.M.yyyy", "1.9.2026", "2026-09-01"), ("d.M.yyyy", "01.09.2026", "2026-09-01"),
        ("yyyyMMdd", "20240229", "2024-02-29"), ("MM/dd/yyyy", "02/28/2026", "2026-02-28"),
        ("dd.MM.yyyy HH:mm:ss", "01.09.2026 23:59:59", "2026-09-01"), ("yyyy-MM-ddTHH:mm", "2026-09-01T08:15", "2026-09-01"),
    ])
    func dates(_ form: String, _ text: String, _ expected: String) throws {
        #expect(try DateForm(form).convert(text, withTime: false) == expected)
    }

    @Test(arguments: [
        ("dd.MM.yyyy", "1.9.2026"), ("dd.MM.yyyy", "31.02.2026"), ("dd.MM.yyyy", "29.02.2100"), ("dd.MM.yyyy", "01.09.26"),
        ("dd.MM.yyyy", "01-09-2026"), ("dd.MM.yyyy", "01.09.2026 "), ("dd.MM.yyyy", ""), ("yyyyMMdd", "00000000"), ("yyyyMMdd", "20261301"),
        ("d.M.yyyy", "001.9.2026"), ("dd.MM.yyyy HH:mm:ss", "01.09.2026 24:00:00"),
    ])
    func noDates(_ form: String, _ text: String) throws { #expect(try DateForm(form).convert(text, withTime: false) == nil) }

    @Test func timesForElementsThatHaveOne() throws {
        #expect(try DateForm("yyyyMMddHHmmss").convert("20260901081530", withTime: true) == "2026-09-01T08:15:30")
    }

    @Test(arguments: ["", "dd.MM.yy", "DD.MM.YYYY", "dd.MM", "dd.MM.yyyy dd", "dMyyyy", "dd.MMM.yyyy", "yyyyMMdd mm mm"])
    func formsThatCantBeUsed(_ form: String) { #expect(throws: DateForm.Problem.self) { try DateForm(form) } }

    private static func convert(_ text: String, _ conversion: ValueConversion, for path: String) throws -> CellConversion.Result {
        let catalogue = Catalogue.initialVehicleInformation
        let type = try #require(try FieldPath.parse(path).resolve(in: catalogue).element.simpleType)
        return try CellConversion(conversion, for: type).convert(text)
    }

    @Test func numberSettingsLeaveTextAlone() throws {
        let settings = ValueConversion(decimalComma: true, thousandsSeparator: ".", factor: "10", dateForm: "dd.MM.yyyy")
        #expect(try Self.convert("1.5,x", settings, for: "Remark") == .value("1.5,x"))
        #expect(try Self.convert("1.500,50", settings, for: "MaximumSpeed") == .value("15005"))
        #expect(try Self.convert("01.09.2026", settings, for: "TypeApprovalIssueDate") == .value("2026-09-01"))
    }

    @Test func wholeNumbersLoseAZeroFraction() throws {
        let settings = ValueConversion(decimalComma: true)
        #expect(try Self.convert("1500,000", settings, for: "ActualMass") == .value("1500"))
        #expect(try Self.convert("1500,5", settings, for: "ActualMass") == .value("1500.5"))
        #expect(try Self.convert("44,00", settings, for: "MaximumSpeed") == .value("44.00"))
        #expect(try Self.convert("1500.000", ValueConversion(), for: "ActualMass") == .value("1500.000"))
    }

    @Test func codesComeBeforeUpperCase() throws {
        let settings = ValueConversion(missing: ["-"], codes: ["ja": "y", "nein": "n"], uppercase: true)
        #expect(try Self.convert("ja", settings, for: "PureElectricVehicleIndicator") == .value("Y"))
        #expect(try Self.convert("y", settings, for: "PureElectricVehicleIndicator") == .value("Y"))
        #expect(try Self.convert("-", settings, for: "PureElectricVehicleIndicator") == .absent)
        guard case .problem(.unknownCode, let message, _) = try Self.convert("Ja", settings, for: "PureElectricVehicleIndicator") else {
            Issue.record("a code outside the table passed")
            return
        }
        #expect(message.contains("'ja', 'nein'"))
    }
}
