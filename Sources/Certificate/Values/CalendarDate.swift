/// A day of the proleptic Gregorian calendar, years 1 to 9999.
public struct CalendarDate: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let year: Int
    public let month: Int
    public let day: Int

    /// - Returns: nil when there is no such day.
    public init?(year: Int, month: Int, day: Int) {
        guard 1...9999 ~= year, 1...12 ~= month, 1...Self.days(in: month, of: year) ~= day else { return nil }
        self.year = year
        self.month = month
        self.day = day
    }

    /// Reads exactly `YYYY-MM-DD`; nil for anything else and for days that don't exist.
    public init?(_ text: some StringProtocol) {
        var reader = DateTimeReader(text)
        guard let date = reader.date(), reader.isAtEnd, text.utf8.count == 10 else { return nil }
        self.init(year: date.year, month: date.month, day: date.day)
    }

    /// The day that an `xs:dateTime` names in its own offset; nil when the text is none, or its year isn't within 1...9999.
    public init?(ofDateTime text: some StringProtocol) {
        guard Self.isDateTime(text) else { return nil }
        self.init(text.prefix { $0 != "T" })
    }

    /// The day before; nil before the first of all.
    public var dayBefore: CalendarDate? {
        if day > 1 { return CalendarDate(year: year, month: month, day: day - 1) }
        if month > 1 { return CalendarDate(year: year, month: month - 1, day: Self.days(in: month - 1, of: year)) }
        return CalendarDate(year: year - 1, month: 12, day: 31)
    }

    /// Whether the text is an `xs:dateTime` (XML Schema part 2, 3.2.7): fraction and offset are optional.
    public static func isDateTime(_ text: some StringProtocol) -> Bool {
        var reader = DateTimeReader(text)
        return reader.date() != nil && reader.skip("T") && reader.time() && reader.optionalOffset() && reader.isAtEnd
    }

    public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
        (left.year, left.month, left.day) < (right.year, right.month, right.day)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        func padded(_ number: Int, _ width: Int) -> String {
            let digits = String(number)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
    }

    static func days(in month: Int, of year: Int) -> Int {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
