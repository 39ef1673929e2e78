import CLinux
import Glibc

/// A Unix socket that takes connections. Any thread may accept.
public final class UnixListener: Sendable {
    /// For polling: readable while a connection waits.
    public let descriptor: Descriptor
    public var path: String { descriptor.path }

    /// Listens at a path. What is left of a listener that died is removed; one that still answers, or a file that isn't a socket,
    /// is an error (EADDRINUSE).
    /// - Parameter mode: permission bits of the socket: who may write to it may connect.
    public init(path: String, mode: UInt32 = 0o660, backlog: Int = 64) throws(SystemError) {
        let address = try UnixAddress(path)
        descriptor = try UnixAddress.makeSocket(path)
        try Self.removeDeadSocket(address)
        let number = descriptor.number
        try once("listen at", path) { address.call { bind(number, $0, $1) } }
        try once("set the mode of", path) { chmod(path, mode) }
        try once("listen at", path) { listen(number, Int32(clamping: backlog)) }
    }

    /// Takes over a socket that already listens, such as one that systemd passes on.
    public init(owning number: Int32, path: String) throws(SystemError) {
        descriptor = Descriptor(owning: number, path: path)
        let flags = try retrying("read the flags of", path) { fcntl(number, F_GETFL) }
        try once("set the flags of", path) { fcntl(number, F_SETFL, flags | O_NONBLOCK) }
        try once("set the flags of", path) { fcntl(number, F_SETFD, FD_CLOEXEC) }
    }

    /// The next connection, or nil when none came in time (nil: wait without end) or the one that came has gone again.
    public func accept(milliseconds: Int? = nil) throws(SystemError) -> UnixConnection? {
        guard try !Poll.wait([descriptor.number], milliseconds: milliseconds).isEmpty else { return nil }
        let number = ecocd_accept(descriptor.number)
        guard number != -1 else {
            switch errno {
            case EAGAIN, EINTR, ECONNABORTED: return nil
            case let code: throw SystemError(code: code, operation: "accept a connection at", path: path)
            }
        }
        return UnixConnection(owning: Descriptor(owning: number, path: path))
    }

    /// Takes the name away, so that nobody finds it any more.
    public func removePath() throws(SystemError) { try once("remove", path) { Glibc.unlink(path) } }

    private static func removeDeadSocket(_ address: UnixAddress) throws(SystemError) {
        var status = stat()
        guard lstat(address.path, &status) == 0, FileStatus(status).kind == .socket else { return }
        let probe = try UnixAddress.makeSocket(address.path)
        let number = probe.number
        guard address.call({ connect(number, $0, $1) }) == -1, errno == ECONNREFUSED else { return }
        try once("remove the dead socket", address.path) { Glibc.unlink(address.path) }
    }
}
