import Glibc

/// A moment in UTC to the millisecond, in the one form that records use: `2026-11-23T14:05:12.123Z` (RFC 3339, 24 bytes).
enum Timestamp {
    /// Now, by the system's clock.
    static func now() -> [UInt8] {
        var time = timespec()
        precondition(clock_gettime(CLOCK_REALTIME, &time) == 0, "the system has no clock")
        return text(seconds: time.tv_sec, milliseconds: time.tv_nsec / 1_000_000)
    }

    /// `seconds` since 1970, in the years 1970 to 9999.
    static func text(seconds: Int, milliseconds: Int) -> [UInt8] {
        let (year, month, day) = civilDate(daysSince1970: seconds / 86_400)
        let second = seconds % 86_400
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        put(year, at: 0, width: 4, &text)
        put(month, at: 5, width: 2, &text)
        put(day, at: 8, width: 2, &text)
        put(second / 3_600, at: 11, width: 2, &text)
        put(second / 60 % 60, at: 14, width: 2, &text)
        put(second % 60, at: 17, width: 2, &text)
        put(milliseconds, at: 20, width: 3, &text)
        return text
    }

    private static func put(_ number: Int, at position: Int, width: Int, _ text: inout [UInt8]) {
        var rest = number
        for index in stride(from: position + width - 1, through: position, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// The proleptic Gregorian date, counting years from March so that the leap day comes last.
    private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        let shifted = days + 719_468  // days since 0000-03-01
        let era = shifted / 146_097
        let dayOfEra = shifted % 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
