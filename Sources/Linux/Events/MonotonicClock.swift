import Glibc

/// The clock that only goes forward (CLOCK_MONOTONIC), whatever anybody does to the date.
public enum MonotonicClock {
    /// Nanoseconds since some moment before the machine's start.
    public static func now() -> UInt64 {
        var time = timespec()
        // With a valid clock and pointer, clock_gettime can't fail.
        clock_gettime(CLOCK_MONOTONIC, &time)
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
