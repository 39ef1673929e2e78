/// A value, and where it begins.
public struct TOMLValue: Sendable, Equatable {
    public let position: TOMLPosition
    public let content: Content

    public enum Content: Sendable, Equatable {
        case text(String)
        case integer(Int64)
        case float(Double)
        case boolean(Bool)
        /// The offset is in minutes, east of Greenwich positive.
        case offsetDateTime(TOMLDate, TOMLTime, offset: Int)
        case localDateTime(TOMLDate, TOMLTime)
        case localDate(TOMLDate)
        case localTime(TOMLTime)
        /// An array, whether written with brackets or as an array of tables.
        case array([TOMLValue])
        case table(TOMLTable)
    }
}

/// A day of the proleptic Gregorian calendar. It exists: the month has so many days.
public struct TOMLDate: Sendable, Equatable {
    public let year, month, day: Int
}

/// A time of day, 00:00:00 to 23:59:59.999999999. Further digits of the second were cut off.
public struct TOMLTime: Sendable, Equatable {
    public let hour, minute, second, nanosecond: Int
}
