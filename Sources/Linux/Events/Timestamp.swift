import Glibc

/// A moment in UTC to the millisecond, as records and names show it.
public struct Timestamp: Sendable, Hashable, Comparable {
    /// Milliseconds since 1970-01-01T00:00:00Z.
    public let milliseconds: Int

    public init(milliseconds: Int) { self.milliseconds = milliseconds }

    public static func now() -> Timestamp {
        var time = timespec()
        // With a valid clock and pointer, clock_gettime can't fail.
        clock_gettime(CLOCK_REALTIME, &time)
        return Timestamp(milliseconds: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    }

    /// As RFC 3339 writes it: `2026-11-23T14:05:12.123Z`.
    public var text: String { String(decoding: utf8, as: UTF8.self) }

    /// As RFC 3339 writes it, to the second: `2026-11-23T14:05:12Z`.
    public var textToTheSecond: String { String(decoding: utf8.prefix(19), as: UTF8.self) + "Z" }

    /// Short enough for a file name, and sorted by time when sorted as text: `20261123T140512.123Z`.
    public var compactText: String { text.filter { $0 != "-" && $0 != ":" } }

    /// The 24 bytes of `text`. In the years 0 to 9999.
    public var utf8: [UInt8] {
        let (days, rest) = milliseconds.quotientAndRemainder(flooring: 86_400_000)
        let (year, month, day) = Self.civilDate(daysSince1970: days)
        var text = Array("0000-00-00T00:00:00.000Z".utf8)
        Self.put(year, at: 0, width: 4, &text)
        Self.put(month, at: 5, width: 2, &text)
        Self.put(day, at: 8, width: 2, &text)
        Self.put(rest / 3_600_000, at: 11, width: 2, &text)
        Self.put(rest / 60_000 % 60, at: 14, width: 2, &text)
        Self.put(rest / 1000 % 60, at: 17, width: 2, &text)
        Self.put(rest % 1000, at: 20, width: 3, &text)
        return text
    }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    private static func put(_ number: Int, at position: Int, width: Int, _ text: inout [UInt8]) {
        var rest = number
        for index in stride(from: position + width - 1, through: position, by: -1) {
            text[index] = UInt8(ascii: "0") + UInt8(rest % 10)
            rest /= 10
        }
    }

    /// The proleptic Gregorian date, counting years from March so that the leap day comes last.
    private static func civilDate(daysSince1970 days: Int) -> (year: Int, month: Int, day: Int) {
        // Days since 0000-03-01; before it, in January and February of the year 0, the era is the one before.
        let (era, dayOfEra) = (days + 719_468).quotientAndRemainder(flooring: 146_097)
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}

extension Int {
    /// The remainder is never negative, also before 1970.
    fileprivate func quotientAndRemainder(flooring divisor: Int) -> (Int, Int) {
        let remainder = (self % divisor + divisor) % divisor
        return ((self - remainder) / divisor, remainder)
    }
}
