import Foundation
import Glibc
import Synchronization

/// A service manager that listens: the socket of sd_notify(3), and what was said on it.
final class ServiceManager: Sendable {
    let path: String
    private let socket: Int32
    private let heard = Mutex<[String]>([])

    init(path: String) throws {
        self.path = path
        socket = Glibc.socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { bind(socket, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) }
        }
        guard result == 0 else { throw Disappointment(what: "no socket at \(path): \(errno)") }
    }

    deinit { close(socket) }

    /// Every assignment so far, oldest first.
    var assignments: [String] {
        heard.withLock { heard in
            var buffer = [UInt8](repeating: 0, count: 8192)
            while true {
                let count = recv(socket, &buffer, buffer.count, 0)
                guard count > 0 else { return heard }
                heard += String(decoding: buffer[..<count], as: UTF8.self).split(separator: "\n").map(String.init)
            }
        }
    }

    func heard(_ assignment: String) -> Bool { assignments.contains { $0.hasPrefix(assignment) } }
}
