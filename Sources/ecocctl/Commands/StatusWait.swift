import Control
import Glibc
import Linux

/// Asks for the status until the daemon is ready for work, or will not be by itself.
struct StatusWait {
    let common: CommonOptions
    let seconds: Int

    private static let pause: UInt32 = 200_000

    /// - Returns: the last status seen.
    /// - Throws: when the daemon wasn't reachable at the end.
    func run() throws -> StatusReport {
        let deadline = MonotonicClock.now() + UInt64(seconds) * 1_000_000_000
        while true {
            let answer = Result { try common.status() }
            if let status = try? answer.get(), status.ready || status.phase == .waiting { return status }
            // Anything but silence won't change by waiting: a wrong option, faulty settings.
            if case .failure(let refusal as CommandRefusal) = answer, refusal.code != .notReachable { throw refusal }
            guard MonotonicClock.now() < deadline else { return try answer.get() }
            usleep(Self.pause)
        }
    }
}
