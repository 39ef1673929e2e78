import CLinux
import Glibc

/// An open file. Owned by one place and closed when that place lets go of it.
public struct Descriptor: ~Copyable, Sendable {
    /// How a file is opened. Every descriptor is close-on-exec.
    public enum Access: Sendable {
        /// To read. Never blocks on a named pipe and never follows a symbolic link in the last part of the path.
        case read
        /// To read the entries of a directory and to sync it.
        case directory
        /// To write over and append to a file that is there.
        case readWrite
        /// As `readWrite`; a file that isn't there is made, with these permission bits.
        case readWriteOrCreate(mode: UInt32)
        /// To write to the end of a file that is there or is made, with these permission bits.
        case append(mode: UInt32)
        /// To write a file that must not be there yet, with these permission bits.
        case create(mode: UInt32)

        var flags: Int32 {
            switch self {
            case .read: O_RDONLY | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
            case .directory: O_RDONLY | O_DIRECTORY | O_NOFOLLOW
            case .readWrite: O_RDWR | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
            case .readWriteOrCreate: O_RDWR | O_CREAT | O_NONBLOCK | O_NOCTTY | O_NOFOLLOW
            case .append: O_WRONLY | O_CREAT | O_APPEND | O_NOFOLLOW
            case .create: O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW
            }
        }

        var mode: UInt32 {
            switch self {
            case .create(let mode), .append(let mode), .readWriteOrCreate(let mode): mode
            default: 0
            }
        }
    }

    /// The number that the kernel knows it by, for polling and for C libraries. Valid as long as this value lives.
    public private(set) var number: Int32
    /// The path it was opened by, for messages.
    public let path: String

    /// Takes over a descriptor that the caller has and now forgets.
    public init(owning number: Int32, path: String) {
        self.number = number
        self.path = path
    }

    deinit { if number != Self.closed { _ = Glibc.close(number) } }

    private static let closed: Int32 = -1

    /// Opens a path of our own. For names from outside use `Directory.open`, which stays beneath the directory.
    public static func open(_ path: String, _ access: Access = .read) throws(SystemError) -> Descriptor {
        guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL, operation: "open", path: path) }
        let number = try retrying("open", path) { Glibc.open(path, access.flags | O_CLOEXEC, access.mode) }
        return Descriptor(owning: number, path: path)
    }

    /// Opens a relative path that must lie beneath this directory, on its file system, with no symbolic link on the way (openat2).
    public func openBeneath(_ relative: some EntryName, _ access: Access = .read) throws(SystemError) -> Descriptor {
        let bytes = relative.nameBytes
        let whole = "\(path)/\(relative)"
        guard !bytes.isEmpty, !bytes.contains(0) else { throw SystemError(code: EINVAL, operation: "open", path: whole) }
        let name = bytes.map { CChar(bitPattern: $0) } + [0]
        let resolve = UInt64(RESOLVE_BENEATH | RESOLVE_NO_SYMLINKS | RESOLVE_NO_MAGICLINKS | RESOLVE_NO_XDEV)
        let opened = try retrying("open", whole) {
            ecocd_openat2(number, name, UInt64(access.flags | O_CLOEXEC), UInt64(access.mode), resolve)
        }
        return Descriptor(owning: opened, path: whole)
    }

    /// Closes and says whether that failed: a network file system reports a lost write here. The descriptor is gone either way.
    public consuming func close() throws(SystemError) {
        let result = Glibc.close(number)
        let code = errno
        number = Self.closed
        guard result == -1 else { return }
        // Linux has closed the descriptor when a signal interrupts close.
        if code != EINTR { throw SystemError(code: code, operation: "close", path: path) }
    }

    public func status() throws(SystemError) -> FileStatus {
        var status = stat()
        try once("read the status of", path) { fstat(number, &status) }
        return FileStatus(status)
    }

    /// Cuts the file to no bytes.
    public func truncate() throws(SystemError) {
        try once("cut", path) { ftruncate(number, 0) }
    }

    /// Sets the permission bits, whatever the process's umask.
    public func setMode(_ mode: UInt32) throws(SystemError) {
        try once("set the mode of", path) { fchmod(number, mode) }
    }

    /// Sets the owning group.
    public func setGroup(_ group: UInt32) throws(SystemError) {
        try once("set the group of", path) { fchown(number, uid_t.max, group) }
    }

    /// Puts content and metadata on disk. After a failure the file's state is unknown: throw the copy away and make it again, never ask again.
    public func sync() throws(SystemError) {
        try once("sync", path) { fsync(number) }
    }

    /// Puts the content and the size on disk, under the same rule as `sync`.
    public func syncData() throws(SystemError) {
        try once("sync", path) { fdatasync(number) }
    }

    /// Puts everything of the file system that holds this file on disk, under the same rule as `sync`.
    public func syncFileSystem() throws(SystemError) {
        try once("sync the file system of", path) { ecocd_syncfs(number) }
    }

    /// Who has this regular file open for writing, as far as a read lease can tell.
    public enum Writers: Sendable, Equatable {
        case none
        case some
        /// Leases aren't to be had here: another owner without CAP_LEASE, or a file system without them.
        case unknown
    }

    /// Asks by a read lease, taken and given back at once, whether anybody has the file open for writing. Open it with `.read` before.
    public func writers() throws(SystemError) -> Writers {
        if ecocd_probe_read_lease(number) == 0 { return .none }
        switch errno {
        case EAGAIN: return .some
        case EACCES, EPERM, EINVAL, ENOSYS, EOPNOTSUPP, ENOLCK, EBADF: return .unknown
        case let code: throw SystemError(code: code, operation: "probe for writers of", path: path)
        }
    }
}
