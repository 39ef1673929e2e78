/// Reads the lexical forms of `xs:date` and `xs:dateTime` (XML Schema part 2, 3.2.7 and 3.2.9) from left to right.
struct DateTimeReader {
    private var rest: [UInt8].SubSequence

    init(_ text: some StringProtocol) { rest = Array(text.utf8)[...] }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func skip(_ character: Unicode.Scalar) -> Bool {
        guard rest.first == UInt8(ascii: character) else { return false }
        rest.removeFirst()
        return true
    }

    /// `-?YYYY+-MM-DD`, a day that exists. There is no year 0000 in version 1.0.
    mutating func date() -> (year: Int, month: Int, day: Int)? {
        let isNegative = skip("-")
        guard let year = year(), skip("-"), let month = twoDigits(), skip("-"), let day = twoDigits() else { return nil }
        guard year != 0, 1...12 ~= month, day >= 1, day <= CalendarDate.days(in: month, of: year) else { return nil }
        return (isNegative ? -year : year, month, day)
    }

    /// `hh:mm:ss(.s+)?`; 24:00:00 is the end of the day.
    mutating func time() -> Bool {
        guard let hour = twoDigits(), skip(":"), let minute = twoDigits(), skip(":"), let second = twoDigits() else { return false }
        var hasFraction = false
        if skip(".") {
            guard let fraction = digits() else { return false }
            hasFraction = fraction.contains { $0 != UInt8(ascii: "0") }
        }
        if hour == 24 { return minute == 0 && second == 0 && !hasFraction }
        return hour < 24 && minute < 60 && second < 60
    }

    /// Nothing, `Z` or `±hh:mm` up to 14:00.
    mutating func optionalOffset() -> Bool {
        if isAtEnd || skip("Z") { return true }
        guard skip("+") || skip("-"), let hour = twoDigits(), skip(":"), let minute = twoDigits() else { return false }
        return minute < 60 && hour * 60 + minute <= 14 * 60
    }

    /// Four digits, or more without a leading zero.
    private mutating func year() -> Int? {
        guard let digits = digits(), digits.count >= 4, digits.count == 4 || digits.first != UInt8(ascii: "0") else { return nil }
        return Int(String(decoding: digits, as: UTF8.self))
    }

    private mutating func twoDigits() -> Int? {
        guard rest.count >= 2, let number = Int(String(decoding: rest.prefix(2), as: UTF8.self)), Self.isDigit(rest[rest.startIndex]) else {
            return nil
        }
        rest.removeFirst(2)
        return number
    }

    private mutating func digits() -> [UInt8].SubSequence? {
        let digits = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(digits.count)
        return digits.isEmpty ? nil : digits
    }

    private static func isDigit(_ character: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= character }
}
