import Glibc

/// What is at a path, and what this process may do with it by its effective user and groups. Paths of our own only.
public enum FileAccess {
    /// The status of the file itself, never of what a symbolic link points to; nil when there is nothing.
    public static func status(_ path: String) throws(SystemError) -> FileStatus? {
        guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL, operation: "read the status of", path: path) }
        var status = stat()
        do {
            try once("read the status of", path) { lstat(path, &status) }
            return FileStatus(status)
        } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// The path without links, `.` and `..` (realpath(3)). All of it must be there.
    public static func resolved(_ path: String) throws(SystemError) -> String {
        guard !path.utf8.contains(0) else { throw SystemError(code: EINVAL, operation: "resolve", path: path) }
        guard let real = realpath(path, nil) else { throw SystemError(code: errno, operation: "resolve", path: path) }
        defer { free(real) }
        return String(cString: real)
    }

    /// Whether it may read and write the directory's entries.
    public static func mayUse(directory path: String) -> Bool {
        !path.utf8.contains(0) && faccessat(AT_FDCWD, path, R_OK | W_OK | X_OK, AT_EACCESS) == 0
    }
}
