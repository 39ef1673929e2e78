import Glibc

/// An exclusive lock on a file, held until this object goes (flock(2)). The kernel lets go of it when the process ends, however it ends.
public final class FileLock: Sendable {
    /// The locked file, open to read and write.
    public let descriptor: Descriptor

    /// Nil when somebody else holds the lock.
    /// - Throws: what opening gives, or that the file system has no such locks (`SystemError.hasNoLocks`).
    public init?(_ path: String, mode: UInt32) throws(SystemError) {
        let opened = try Descriptor.open(path, .readWriteOrCreate(mode: mode))
        let number = opened.number
        guard flock(number, LOCK_EX | LOCK_NB) == -1 else {
            descriptor = opened
            return
        }
        let code = errno
        guard code == EWOULDBLOCK else { throw SystemError(code: code, operation: "lock", path: path) }
        return nil
    }

    /// Whether the path still leads to the locked file: somebody may have removed or replaced it.
    public var isInPlace: Bool {
        get throws(SystemError) {
            let own = try descriptor.status()
            return try FileStatus.ifPresent(descriptor.path).map { $0.isSameFile(as: own) } ?? false
        }
    }

    /// Puts content in the place of what an earlier holder left. Once for each lock; the lock is on the file, whatever stands in it.
    public func write(_ content: [UInt8]) throws(SystemError) {
        try descriptor.truncate()
        try descriptor.writeAll(content)
        try descriptor.syncData()
    }

    deinit {
        // A process that is just being started shares the descriptor until it runs its program: closing alone would leave it the lock.
        _ = flock(descriptor.number, LOCK_UN)
    }
}

extension SystemError {
    /// The file system can't lock files.
    public var hasNoLocks: Bool { code == ENOLCK || isNotSupported }
}
