import CLinux
import Glibc

/// A queue of the kernel's notes about changes in directories. A note is a hint: it says that a look is worth while, never what is there.
public struct Inotify: ~Copyable, Sendable {
    /// A watched directory. A number isn't used twice in the life of one queue.
    public struct Watch: Sendable, Hashable {
        public let number: Int32
    }

    /// What may be watched for, and what a note says.
    public struct Changes: OptionSet, Sendable {
        public let rawValue: UInt32

        public init(rawValue: UInt32) { self.rawValue = rawValue }

        public static let created = Changes(rawValue: UInt32(IN_CREATE))
        public static let attributes = Changes(rawValue: UInt32(IN_ATTRIB))
        public static let written = Changes(rawValue: UInt32(IN_MODIFY))
        public static let closedAfterWriting = Changes(rawValue: UInt32(IN_CLOSE_WRITE))
        public static let movedIn = Changes(rawValue: UInt32(IN_MOVED_TO))
        public static let movedOut = Changes(rawValue: UInt32(IN_MOVED_FROM))
        public static let deleted = Changes(rawValue: UInt32(IN_DELETE))
        /// The directory itself was removed, renamed or unmounted, or its watch has ended: it sends no more notes.
        public static let gone = Changes(rawValue: UInt32(IN_DELETE_SELF) | UInt32(IN_MOVE_SELF) | UInt32(IN_UNMOUNT) | UInt32(IN_IGNORED))
        /// The watch has ended: it was removed, or its directory was.
        public static let ended = Changes(rawValue: UInt32(IN_IGNORED))
        /// The file system of the directory was unmounted.
        public static let unmounted = Changes(rawValue: UInt32(IN_UNMOUNT))
        /// Notes were lost: everything that is watched must be looked at.
        public static let overflow = Changes(rawValue: UInt32(IN_Q_OVERFLOW))

        /// Whatever may mean that a directory has something new to take.
        public static let arrivals: Changes = [.created, .attributes, .closedAfterWriting, .movedIn, .deleted, .movedOut]
    }

    public struct Note: Sendable, Equatable {
        /// Nil for an overflow, which speaks of all watches.
        public let watch: Watch?
        public let changes: Changes
        /// The entry it speaks of, or nil when it speaks of the directory itself.
        public let name: FileName?

        public var isOverflow: Bool { changes.contains(.overflow) }
    }

    /// For polling: readable while notes wait.
    public let descriptor: Descriptor

    public init() throws(SystemError) {
        let number = try retrying("make", "inotify queue") { inotify_init1(Int32(IN_CLOEXEC) | Int32(IN_NONBLOCK)) }
        descriptor = Descriptor(owning: number, path: "inotify queue")
    }

    /// Watches a directory, which must not be reached through a symbolic link. ENOSPC means that the user's watches are used up
    /// (`/proc/sys/fs/inotify/max_user_watches`).
    public func watch(_ path: String, for changes: Changes) throws(SystemError) -> Watch {
        let mask = changes.rawValue | UInt32(IN_ONLYDIR) | UInt32(IN_DONT_FOLLOW) | Changes.gone.rawValue & ~UInt32(IN_IGNORED | IN_UNMOUNT)
        return Watch(number: try retrying("watch", path) { inotify_add_watch(descriptor.number, path, mask) })
    }

    /// Ends a watch. One that the kernel has ended already is no error.
    public func remove(_ watch: Watch) throws(SystemError) {
        if inotify_rm_watch(descriptor.number, watch.number) == -1, errno != EINVAL {
            throw SystemError(code: errno, operation: "end a watch of", path: descriptor.path)
        }
    }

    /// The notes that wait, at most 64 KiB of them; empty when none does. Never blocks.
    public func read() throws(SystemError) -> [Note] {
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        do {
            let count = try descriptor.read(into: &buffer)
            return Self.notes(in: buffer[..<count])
        } catch {
            if error.code == EAGAIN { return [] }
            throw error
        }
    }

    /// Notes lie one behind the other, each a header and a name padded with NULs, on no particular boundary of our buffer.
    static func notes(in bytes: ArraySlice<UInt8>) -> [Note] {
        let headerSize = MemoryLayout<inotify_event>.size
        var notes: [Note] = []
        var rest = bytes
        while rest.count >= headerSize {
            let header = rest.withUnsafeBytes { $0.loadUnaligned(as: inotify_event.self) }
            let name = rest.dropFirst(headerSize).prefix(Int(header.len)).prefix { $0 != 0 }
            let watch = header.wd == -1 ? nil : Watch(number: header.wd)
            notes.append(Note(watch: watch, changes: Changes(rawValue: header.mask), name: FileName(bytes: Array(name))))
            rest = rest.dropFirst(headerSize + Int(header.len))
        }
        return notes
    }
}
