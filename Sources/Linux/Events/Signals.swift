import CLinux
import Glibc

/// Signals as something to wait for (signalfd), instead of handlers that interrupt anything anywhere.
///
/// Make it before any other thread: threads inherit the blocked signals, and a thread that doesn't block one would die of it.
public struct Signals: ~Copyable, Sendable {
    public enum Signal: Sendable, CaseIterable {
        /// SIGTERM, SIGINT
        case terminate
        /// SIGHUP
        case reload
    }

    /// For polling: readable when a signal has come.
    public let descriptor: Descriptor

    /// Blocks SIGTERM, SIGINT and SIGHUP for this thread and those it starts. SIGPIPE and SIGXFSZ are ignored: a peer that has gone, and a
    /// file that may not grow (RLIMIT_FSIZE), are errors of the write, not the end of the daemon.
    public init() throws(SystemError) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in [SIGTERM, SIGINT, SIGHUP] { sigaddset(&set, number) }
        let blocked = pthread_sigmask(SIG_BLOCK, &set, nil)
        guard blocked == 0 else { throw SystemError(code: blocked, operation: "block", path: "signals") }
        // Fails only for a number that is no signal.
        _ = Glibc.signal(SIGPIPE, SIG_IGN)
        _ = Glibc.signal(SIGXFSZ, SIG_IGN)
        let number = try retrying("wait for", "signals") { signalfd(-1, &set, Int32(SFD_CLOEXEC) | Int32(SFD_NONBLOCK)) }
        descriptor = Descriptor(owning: number, path: "signals")
    }

    /// The next signal that has come, or nil when none has. Never blocks.
    public func next() throws(SystemError) -> Signal? {
        var information = signalfd_siginfo()
        while true {
            let count = read(descriptor.number, &information, MemoryLayout.size(ofValue: information))
            if count == MemoryLayout.size(ofValue: information) { return Int32(information.ssi_signo) == SIGHUP ? .reload : .terminate }
            if count == -1 && errno == EINTR { continue }
            if count == -1 && errno == EAGAIN { return nil }
            throw SystemError(code: count == -1 ? errno : EIO, operation: "read", path: "signals")
        }
    }
}
