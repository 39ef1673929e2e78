import Glibc

/// Waiting for descriptors.
public enum Poll {
    public enum Interest: Sendable { case reading, writing }

    /// A descriptor to wait for. Without an interest the end of its other side is the only news.
    public struct Subject: Sendable {
        public let number: Int32
        public let interest: Interest?

        public init(_ number: Int32, for interest: Interest?) { (self.number, self.interest) = (number, interest) }
    }

    /// What is new of the subject in this place.
    public struct News: Sendable, Equatable {
        public let place: Int
        /// It can be read or written, as was asked for.
        public let isReady: Bool
        /// The other end is closed both ways, or the descriptor has an error. There may still be something to read.
        public let isGone: Bool
    }

    /// Waits until there is news of one of the descriptors, at most for `milliseconds` (nil: without end; 0: only looks).
    /// - Returns: the news in the order of `subjects`; none when the time ran out.
    public static func news(of subjects: [Subject], milliseconds: Int? = nil) throws(SystemError) -> [News] {
        var waiting = subjects.map { subject in
            pollfd(fd: subject.number, events: subject.interest.map { Int16($0 == .reading ? POLLIN : POLLOUT) } ?? 0, revents: 0)
        }
        guard try wait(&waiting, milliseconds: milliseconds) else { return [] }
        return waiting.enumerated().compactMap { place, result in
            guard result.revents != 0 else { return nil }
            return News(
                place: place, isReady: result.revents & result.events != 0,
                isGone: result.revents & Int16(POLLHUP | POLLERR | POLLNVAL) != 0)
        }
    }

    /// Waits until one of the descriptors is ready, at most for `milliseconds` (nil: without end), and returns the places in `numbers` of
    /// those that are; none when the time ran out. One whose other end is gone or that has an error is ready: the next call on it says so.
    public static func wait(
        _ numbers: [Int32], for interest: Interest = .reading, milliseconds: Int? = nil
    ) throws(SystemError) -> [Int] {
        let events = Int16(interest == .reading ? POLLIN : POLLOUT)
        var waiting = numbers.map { pollfd(fd: $0, events: events, revents: 0) }
        guard try wait(&waiting, milliseconds: milliseconds) else { return [] }
        return waiting.indices.filter { waiting[$0].revents != 0 }
    }

    /// - Returns: false when the time ran out.
    private static func wait(_ waiting: inout [pollfd], milliseconds: Int?) throws(SystemError) -> Bool {
        let deadline = milliseconds.map { MonotonicClock.now() + UInt64(max(0, $0)) * 1_000_000 }
        while true {
            let result = waiting.withUnsafeMutableBufferPointer {
                poll($0.baseAddress, nfds_t($0.count), deadline.map(Self.milliseconds(until:)) ?? -1)
            }
            if result > 0 { return true }
            if result == 0 {
                guard let deadline, MonotonicClock.now() < deadline else { return false }
            } else if errno != EINTR {
                throw SystemError(code: errno, operation: "wait for", path: "\(waiting.count) descriptors")
            }
        }
    }

    /// Rounded up, so that a wait never ends early and spins.
    private static func milliseconds(until deadline: UInt64) -> Int32 {
        let now = MonotonicClock.now()
        return now >= deadline ? 0 : Int32(clamping: (deadline - now + 999_999) / 1_000_000)
    }
}
