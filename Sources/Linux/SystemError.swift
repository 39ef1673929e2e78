import CLinux
import Glibc

/// A system call that failed: what was tried, on which path, and the system's reason.
public struct SystemError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The errno value.
    public let code: Int32
    /// What was tried, to follow the words "can't": `open`, `rename to 'x'`.
    public let operation: String
    /// The file it was tried on.
    public let path: String

    public init(code: Int32, operation: String, path: String) {
        self.code = code
        self.operation = operation
        self.path = path
    }

    public var description: String { "can't \(operation) '\(path)': \(String(cString: ecocd_error_text(code)))" }

    /// The file or one of its directories isn't there.
    public var isNotFound: Bool { code == ENOENT }
    /// The new name is taken.
    public var isAlreadyThere: Bool { code == EEXIST || code == ENOTEMPTY }
    /// A symbolic link stands where none is followed.
    public var isSymbolicLink: Bool { code == ELOOP }
    /// The process may not do this.
    public var isNotAllowed: Bool { code == EACCES || code == EPERM || code == EROFS }
    /// The file system doesn't have this operation.
    public var isNotSupported: Bool { code == EINVAL || code == ENOSYS || code == EOPNOTSUPP }
    /// No room left for data or names on the file system, or the quota is used up.
    public var isDiskFull: Bool { code == ENOSPC || code == EDQUOT }
    /// The two names lie on different file systems, or under different mounts.
    public var isOtherFileSystem: Bool { code == EXDEV }
}

/// Makes a system call again while a signal interrupts it; -1 becomes an error.
///
/// Never for close and fsync: an interrupted close has closed, and an fsync that failed must not be asked again.
@inline(__always)
func retrying<Result: FixedWidthInteger>(
    _ operation: @autoclosure () -> String, _ path: @autoclosure () -> String, _ call: () -> Result
) throws(SystemError) -> Result {
    while true {
        let result = call()
        if result != -1 { return result }
        let code = errno
        if code != EINTR { throw SystemError(code: code, operation: operation(), path: path()) }
    }
}

/// Makes a system call once; -1 becomes an error.
@inline(__always)
func once(_ operation: @autoclosure () -> String, _ path: @autoclosure () -> String, _ call: () -> Int32) throws(SystemError) {
    if call() == -1 { throw SystemError(code: errno, operation: operation(), path: path()) }
}
