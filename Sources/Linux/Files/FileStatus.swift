import Glibc

/// What `fstat` says about a file.
public struct FileStatus: Sendable, Hashable {
    public enum Kind: String, Sendable {
        case regular = "regular file"
        case directory
        case symbolicLink = "symbolic link"
        case pipe = "named pipe"
        case socket
        case characterDevice = "character device"
        case blockDevice = "block device"
        case unknown = "file of unknown kind"
    }

    /// A file's time stamp. Kept in two parts because a hostile time stamp in nanoseconds overflows 64 bits.
    public struct Time: Sendable, Hashable {
        public let seconds: Int
        public let nanoseconds: Int

        public init(seconds: Int, nanoseconds: Int) {
            self.seconds = seconds
            self.nanoseconds = nanoseconds
        }

        init(_ time: timespec) { self.init(seconds: time.tv_sec, nanoseconds: time.tv_nsec) }
    }

    public let device: UInt64
    public let inode: UInt64
    public let kind: Kind
    /// The permission bits, 0 to 0o7777.
    public let mode: UInt32
    /// Hard links: names that this file has.
    public let links: Int
    public let owner: UInt32
    public let group: UInt32
    /// Bytes.
    public let size: Int
    /// The content's time stamp, which a sender may set at will.
    public let modified: Time
    /// The inode's time stamp, which only the kernel sets.
    public let changed: Time

    init(_ status: stat) {
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
        kind = Kind(format: status.st_mode & S_IFMT)
        mode = status.st_mode & 0o7777
        links = Int(status.st_nlink)
        owner = status.st_uid
        group = status.st_gid
        size = Int(status.st_size)
        modified = Time(status.st_mtim)
        changed = Time(status.st_ctim)
    }

    /// The status of what a path names itself, never of what a symbolic link there points to; nil when there is nothing.
    public static func ifPresent(_ path: String) throws(SystemError) -> FileStatus? {
        var status = stat()
        do { try once("read the status of", path) { lstat(path, &status) } } catch {
            if error.isNotFound { return nil }
            throw error
        }
        return FileStatus(status)
    }

    /// Whether the other status speaks of the same file with nothing written or renamed in between.
    public func isUnchanged(since other: FileStatus) -> Bool {
        device == other.device && inode == other.inode && size == other.size && modified == other.modified && changed == other.changed
    }

    /// Whether the file belongs to the user that this process acts as.
    public var isOwn: Bool { owner == geteuid() }

    /// Whether the other status speaks of the same file, written in between or not.
    public func isSameFile(as other: FileStatus) -> Bool { device == other.device && inode == other.inode }
}

extension FileStatus.Kind {
    fileprivate init(format: UInt32) {
        self =
            switch format {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .symbolicLink
            case S_IFIFO: .pipe
            case S_IFSOCK: .socket
            case S_IFCHR: .characterDevice
            case S_IFBLK: .blockDevice
            default: .unknown
            }
    }
}
