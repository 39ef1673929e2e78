import Glibc

/// Tells the service manager what the daemon is doing: the protocol of sd_notify(3), without its library.
public struct ServiceNotification: Sendable {
    private let path: String

    /// Nil when no service manager listens (`NOTIFY_SOCKET` is not set).
    public init?(environment: [String: String]) {
        guard let path = environment["NOTIFY_SOCKET"], path.hasPrefix("/") || path.hasPrefix("@") else { return nil }
        self.path = path
    }

    /// Sends assignments such as `READY=1`, joined by line breaks, in one datagram.
    public func send(_ assignments: String...) throws(SystemError) {
        let message = assignments.joined(separator: "\n")
        let socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard socket >= 0 else { throw SystemError(code: errno, operation: "socket", path: path) }
        defer { Glibc.close(socket) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError(code: ENAMETOOLONG, operation: "sendto", path: path)
        }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        // A leading @ stands for the abstract name space, whose names begin with a zero byte.
        if bytes.first == UInt8(ascii: "@") { withUnsafeMutableBytes(of: &address.sun_path) { $0[0] = 0 } }
        let length = socklen_t(MemoryLayout<sa_family_t>.size + bytes.count)
        let sent = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                sendto(socket, message, message.utf8.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
        guard sent == message.utf8.count else { throw SystemError(code: errno, operation: "sendto", path: path) }
    }
}
