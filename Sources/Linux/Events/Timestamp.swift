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
    public var text: String {
        let (day, time) = parts
        return "\(Self.pad(day.year, 4))-\(Self.pad(day.month, 2))-\(Self.pad(day.day, 2))T"
            + "\(Self.pad(time.hour, 2)):\(Self.pad(time.minute, 2)):\(Self.pad(time.second, 2)).\(Self.pad(time.millisecond, 3))Z"
    }

    /// Short enough for a file name, and sorted by time when sorted as text: `20261123T140512.123Z`.
    public var compactText: String { text.filter { $0 != "-" && $0 != ":" } }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { left.milliseconds < right.milliseconds }

    private var parts: (day: (year: Int, month: Int, day: Int), time: (hour: Int, minute: Int, second: Int, millisecond: Int)) {
        var seconds = time_t(milliseconds >= 0 ? milliseconds / 1000 : (milliseconds - 999) / 1000)
        let rest = milliseconds - seconds * 1000
        var broken = tm()
        // Fails only beyond the year 2^31, which the clock can't show.
        gmtime_r(&seconds, &broken)
        return (
            (Int(broken.tm_year) + 1900, Int(broken.tm_mon) + 1, Int(broken.tm_mday)),
            (Int(broken.tm_hour), Int(broken.tm_min), Int(broken.tm_sec), rest)
        )
    }

    private static func pad(_ number: Int, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
    }
}
