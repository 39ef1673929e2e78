import Glibc

/// Waiting for descriptors.
public enum Poll {
    public enum Interest: Sendable { case reading, writing }

    /// Waits until one of the descriptors is ready, at most for `milliseconds` (nil: without end), and returns the places in `numbers` of
    /// those that are; none when the time ran out. One whose other end is gone or that has an error is ready: the next call on it says so.
    public static func wait(
        _ numbers: [Int32], for interest: Interest = .reading, milliseconds: Int? = nil
    ) throws(SystemError) -> [Int] {
        let events = Int16(interest == .reading ? POLLIN : POLLOUT)
        var waiting = numbers.map { pollfd(fd: $0, events: events, revents: 0) }
        let deadline = milliseconds.map { MonotonicClock.now() + UInt64(max(0, $0)) * 1_000_000 }
        while true {
            let result = waiting.withUnsafeMutableBufferPointer {
                poll($0.baseAddress, nfds_t($0.count), deadline.map(Self.milliseconds(until:)) ?? -1)
            }
            if result > 0 { break }
            if result == 0 {
                guard let deadline, MonotonicClock.now() < deadline else { return [] }
            } else if errno != EINTR {
                throw SystemError(code: errno, operation: "wait for", path: "\(numbers.count) descriptors")
            }
        }
        return waiting.indices.filter { waiting[$0].revents != 0 }
    }

    /// Rounded up, so that a wait never ends early and spins.
    private static func milliseconds(until deadline: UInt64) -> Int32 {
        let now = MonotonicClock.now()
        return now >= deadline ? 0 : Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    }
}
