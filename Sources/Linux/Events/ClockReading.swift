import CLinux
import Glibc

/// What the machine's clocks show at one moment.
public struct ClockReading: Sendable, Equatable {
    /// CLOCK_REALTIME, which anybody with the right to may set.
    public let date: Timestamp
    /// CLOCK_BOOTTIME in milliseconds: time since the start of the machine, its sleep included, which nobody can set.
    public let uptime: Int

    public init(date: Timestamp, uptime: Int) {
        self.date = date
        self.uptime = uptime
    }

    public static func now() -> ClockReading {
        var time = timespec()
        // With a valid clock and pointer, clock_gettime can't fail.
        clock_gettime(CLOCK_BOOTTIME, &time)
        return ClockReading(date: .now(), uptime: time.tv_sec * 1000 + time.tv_nsec / 1_000_000)
    }

    /// Whether the kernel knows its date as synchronised with a source of time (NTP, PTP). False where it can't be asked.
    public static func isSynchronized() -> Bool { ecocd_clock_is_synchronized() == 1 }
}
