import CLinux
import Glibc
import Synchronization

/// One conversation in lines over a Unix socket. Safe from any thread; lines of two senders at once don't mix.
public final class UnixConnection: Sendable {
    /// Who is at the other end, as the kernel saw it when the connection was made.
    public struct Peer: Sendable, Hashable {
        public let process: Int32
        public let user: UInt32
        public let group: UInt32
    }

    public let descriptor: Descriptor
    private let received = Mutex<[UInt8]>([])
    private let sending = Mutex<Void>(())

    init(owning descriptor: consuming Descriptor) { self.descriptor = descriptor }

    /// Connects to a listener: ENOENT or ECONNREFUSED when nobody listens, EACCES when its mode forbids it, EAGAIN when its queue is full.
    /// - Parameter milliseconds: how long a full queue is waited for.
    public convenience init(connectingTo path: String, milliseconds: Int = 0) throws(SystemError) {
        let address = try UnixAddress(path)
        let deadline = MonotonicClock.now() + UInt64(max(0, milliseconds)) * 1_000_000
        while true {
            let socket = try UnixAddress.makeSocket(path)
            let number = socket.number
            do {
                _ = try retrying("connect to", path) { address.call { connect(number, $0, $1) } }
                self.init(owning: socket)
                return
            } catch {
                guard error.code == EAGAIN, MonotonicClock.now() < deadline else { throw error }
            }
            usleep(10_000)
        }
    }

    /// The peer's identity (SO_PEERCRED).
    public func peer() throws(SystemError) -> Peer {
        var (process, user, group): (pid_t, uid_t, gid_t) = (0, 0, 0)
        try once("identify the peer of", descriptor.path) { ecocd_peer_identity(descriptor.number, &process, &user, &group) }
        return Peer(process: process, user: user, group: group)
    }

    /// What has arrived, without waiting.
    /// - Returns: how many bytes of `chunk` it fills, 0 when the peer sends no more, nil when nothing is there now.
    public func receiveAvailable(into chunk: inout [UInt8]) throws(SystemError) -> Int? {
        do { return try descriptor.read(into: &chunk) } catch {
            if error.code == EAGAIN { return nil }
            throw error
        }
    }

    /// Sends as much as the peer's buffer takes now, without waiting.
    /// - Returns: how many bytes that is.
    public func sendAvailable(_ bytes: ArraySlice<UInt8>) throws(SystemError) -> Int {
        while true {
            let count = bytes.withUnsafeBytes { Glibc.send(descriptor.number, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL)) }
            if count >= 0 { return count }
            if errno == EAGAIN { return 0 }
            if errno != EINTR { throw failure(errno, "send") }
        }
    }

    /// Whether the peer has closed its end both ways: it can't be answered any more.
    public var isPeerGone: Bool {
        // What can't be asked is as good as gone.
        guard let news = try? Poll.news(of: [.init(descriptor.number, for: nil)], milliseconds: 0) else { return true }
        return news.contains(where: \.isGone)
    }

    /// Sends the bytes and a line feed. The bytes must have no line feed in them.
    /// - Parameter milliseconds: the time for all of it; ETIMEDOUT when the peer doesn't read so fast.
    public func send(line: [UInt8], milliseconds: Int) throws(SystemError) {
        assert(!line.contains(UInt8(ascii: "\n")), "a line has no line feed inside")
        let deadline = MonotonicClock.now() + UInt64(max(0, milliseconds)) * 1_000_000
        try sending.withLock { (_) throws(SystemError) in try sendAll(line + [UInt8(ascii: "\n")], deadline) }
    }

    /// The next line without its line feed, or nil when the peer has closed and nothing is left.
    /// - Parameters:
    ///   - limit: bytes; a longer line is an error (EMSGSIZE), found without storing it whole.
    ///   - milliseconds: the time for the whole line (nil: without end); ETIMEDOUT when it runs out.
    /// - Throws: ECONNRESET when the peer closes in the middle of a line.
    public func receiveLine(limit: Int, milliseconds: Int?) throws(SystemError) -> [UInt8]? {
        let deadline = milliseconds.map { MonotonicClock.now() + UInt64(max(0, $0)) * 1_000_000 }
        return try received.withLock { (buffer) throws(SystemError) in try nextLine(&buffer, limit, deadline) }
    }

    private func nextLine(_ buffer: inout [UInt8], _ limit: Int, _ deadline: UInt64?) throws(SystemError) -> [UInt8]? {
        var searched = 0
        var chunk = [UInt8](repeating: 0, count: 1 << 14)
        while true {
            if let end = buffer[searched...].firstIndex(of: UInt8(ascii: "\n")) {
                guard end <= limit else { throw failure(EMSGSIZE, "receive") }
                defer { buffer.removeSubrange(...end) }
                return Array(buffer[..<end])
            }
            guard buffer.count <= limit else { throw failure(EMSGSIZE, "receive") }
            searched = buffer.count
            let count = try receive(into: &chunk, deadline)
            if count == 0 {
                guard buffer.isEmpty else { throw failure(ECONNRESET, "receive") }
                return nil
            }
            buffer += chunk[..<count]
        }
    }

    private func receive(into chunk: inout [UInt8], _ deadline: UInt64?) throws(SystemError) -> Int {
        while true {
            try wait(for: .reading, deadline, "receive")
            do { return try descriptor.read(into: &chunk) } catch { if error.code != EAGAIN { throw error } }
        }
    }

    private func sendAll(_ bytes: [UInt8], _ deadline: UInt64) throws(SystemError) {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor.number, $0.baseAddress.map { $0 + sent }, $0.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count >= 0 {
                sent += count
            } else if errno == EAGAIN {
                try wait(for: .writing, deadline, "send")
            } else if errno != EINTR {
                throw failure(errno, "send")
            }
        }
    }

    private func wait(for interest: Poll.Interest, _ deadline: UInt64?, _ operation: String) throws(SystemError) {
        let now = MonotonicClock.now()
        let left = deadline.map { $0 <= now ? 0 : Int(($0 - now + 999_999) / 1_000_000) }
        guard try !Poll.wait([descriptor.number], for: interest, milliseconds: left).isEmpty else { throw failure(ETIMEDOUT, operation) }
    }

    private func failure(_ code: Int32, _ operation: String) -> SystemError {
        SystemError(code: code, operation: operation, path: descriptor.path)
    }
}
