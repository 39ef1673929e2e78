import Glibc

/// The address of a Unix socket in the file system.
struct UnixAddress {
    private var address = sockaddr_un()
    let path: String

    /// ENAMETOOLONG for a path of more than 107 bytes: the kernel has no room for it.
    init(_ path: String) throws(SystemError) {
        self.path = path
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else {
            throw SystemError(code: ENAMETOOLONG, operation: "use as a socket's path", path: path)
        }
        guard !bytes.isEmpty, !bytes.contains(0) else { throw SystemError(code: EINVAL, operation: "use as a socket's path", path: path) }
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
    }

    /// Calls `bind` or `connect` with it.
    func call(_ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        withUnsafeBytes(of: address) { bytes in
            guard let start = bytes.baseAddress else { return -1 }
            // sockaddr is the common head of every socket address.
            return body(start.assumingMemoryBound(to: sockaddr.self), socklen_t(bytes.count))
        }
    }

    static func makeSocket(_ path: String) throws(SystemError) -> Descriptor {
        let kind = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        return Descriptor(owning: try retrying("make a socket for", path) { socket(AF_UNIX, kind, 0) }, path: path)
    }
}
