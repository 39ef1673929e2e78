import CLinux
import Glibc

/// An open directory. Names are relative to it and must be single entries: no `/`, no `..`.
///
/// Nothing here follows a symbolic link in the entry that is named.
public struct Directory: ~Copyable, Sendable {
    public let descriptor: Descriptor
    public var path: String { descriptor.path }

    public init(_ path: String) throws(SystemError) { descriptor = try Descriptor.open(path, .directory) }

    private init(owning descriptor: consuming Descriptor) { self.descriptor = descriptor }

    // MARK: Looking

    /// The entries' names in no order, without `.` and `..`.
    public func entries() throws(SystemError) -> [FileName] {
        var names: [FileName] = []
        try forEachName { (bytes) throws(SystemError) in
            if let name = FileName(bytes: Array(bytes)) { names.append(name) }
        }
        return names
    }

    /// Goes through the names without keeping them: a folder may hold millions.
    /// - Throws: `SystemError` when the folder can't be read, and whatever `body` throws.
    public func forEachEntry(_ body: (FileName) throws -> Void) throws {
        var failure: (any Error)?
        try forEachName { (bytes) throws(SystemError) in
            guard failure == nil, let name = FileName(bytes: Array(bytes)) else { return }
            do { try body(name) } catch { failure = error }
        }
        if let failure { throw failure }
    }

    /// Gives each entry's name to `body`, in no order, without `.` and `..`, as the kernel hands them over: however many there are, they
    /// take no memory. The bytes are valid during the call only. An entry that comes or goes meanwhile may be missing.
    public func forEachName(_ body: (UnsafeRawBufferPointer) throws(SystemError) -> Void) throws(SystemError) {
        // A descriptor of its own, because reading moves the position that duplicates share.
        let number = try retrying("read", path) { openat(descriptor.number, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC) }
        guard let stream = fdopendir(number) else {
            let code = errno
            _ = Glibc.close(number)
            throw SystemError(code: code, operation: "read", path: path)
        }
        defer { closedir(stream) }
        while true {
            errno = 0
            guard let entry = readdir(stream) else {
                guard errno == 0 else { throw SystemError(code: errno, operation: "read", path: path) }
                return
            }
            let name = Self.name(of: entry)
            if !Self.isSelfOrParent(name) { try body(name) }
        }
    }

    private static func isSelfOrParent(_ name: UnsafeRawBufferPointer) -> Bool {
        let dot = UInt8(ascii: ".")
        return name.count <= 2 && name.first == dot && name.last == dot
    }

    /// The name may be longer than the declared array, so it is read from the entry's memory and not from a copy of the struct.
    private static func name(of entry: UnsafeMutablePointer<dirent>) -> UnsafeRawBufferPointer {
        let offset = MemoryLayout<dirent>.offset(of: \.d_name) ?? 19
        let start = UnsafeRawPointer(entry) + offset
        return UnsafeRawBufferPointer(start: start, count: strlen(start.assumingMemoryBound(to: CChar.self)))
    }

    /// The status of an entry itself, never of what a symbolic link points to.
    public func status(_ name: some EntryName) throws(SystemError) -> FileStatus {
        let component = try name.component(in: path)
        var status = stat()
        try once("read the status of", "\(path)/\(name)") { fstatat(descriptor.number, component, &status, AT_SYMLINK_NOFOLLOW) }
        return FileStatus(status)
    }

    /// The status of an entry, or nil when there is none.
    public func statusIfPresent(_ name: some EntryName) throws(SystemError) -> FileStatus? {
        do { return try status(name) } catch {
            if error.isNotFound { return nil }
            throw error
        }
    }

    /// Whether this process may write to an entry that is a directory, which moving it to another parent asks for.
    public func mayChange(directory name: some EntryName) -> Bool {
        guard let component = try? name.component(in: path) else { return false }
        return faccessat(descriptor.number, component, W_OK, AT_EACCESS) == 0
    }

    // MARK: Opening and making

    /// Opens an entry beneath this directory: no symbolic link, no other mount (openat2 with RESOLVE_BENEATH and its like).
    public func open(_ name: some EntryName, _ access: Descriptor.Access = .read) throws(SystemError) -> Descriptor {
        _ = try name.component(in: path)
        return try descriptor.openBeneath(name, access)
    }

    /// Opens a directory beneath this one under the same conditions.
    public func openDirectory(_ name: some EntryName) throws(SystemError) -> Directory {
        Directory(owning: try open(name, .directory))
    }

    /// Makes a new file for reading and writing; EEXIST when the name is taken. The umask applies to `mode`.
    public func create(_ name: some EntryName, mode: UInt32 = 0o640) throws(SystemError) -> Descriptor {
        try open(name, .create(mode: mode))
    }

    /// Runs `make`, which makes an entry of this name; where a file had it already, removes that and runs it again.
    public func replacing(_ name: some EntryName, _ make: () throws(SystemError) -> Void) throws(SystemError) {
        do { return try make() } catch {
            guard error.isAlreadyThere else { throw error }
        }
        try unlink(name)
        try make()
    }

    /// Makes a directory; EEXIST when the name is taken. The umask applies to `mode`.
    public func makeDirectory(_ name: some EntryName, mode: UInt32 = 0o750) throws(SystemError) {
        let component = try name.component(in: path)
        try once("make directory", "\(path)/\(name)") { mkdirat(descriptor.number, component, mode) }
    }

    /// Makes a new file with this content and puts the content on disk. The name isn't durable until `sync`.
    /// What a failed write left is removed.
    public func writeFile(_ name: some EntryName, _ content: [UInt8], mode: UInt32 = 0o640) throws(SystemError) {
        let file = try create(name, mode: mode)
        do throws(SystemError) {
            try file.writeAll(content)
            try file.sync()
            try file.close()
        } catch {
            try? unlink(name)
            throw error
        }
    }

    /// Reads a regular file whole. More than `limit` bytes is an error (EFBIG); anything but a regular file is one, too (EINVAL).
    public func readFile(_ name: some EntryName, limit: Int) throws(SystemError) -> [UInt8] {
        let file = try open(name)
        guard try file.status().kind == .regular else { throw SystemError(code: EINVAL, operation: "read", path: file.path) }
        return try file.readAll(limit: limit)
    }

    // MARK: Moving and removing

    /// Moves an entry into another directory of the same file system; EEXIST when the new name is taken.
    public func renameNoReplace(
        _ name: some EntryName, to destination: borrowing Directory, as newName: some EntryName
    ) throws(SystemError) {
        let (from, to) = (try name.component(in: path), try newName.component(in: destination.path))
        let (here, there) = (descriptor.number, destination.descriptor.number)
        try once("rename to '\(destination.path)/\(newName)'", "\(path)/\(name)") { ecocd_rename_noreplace(here, from, there, to) }
    }

    /// Moves an entry into another directory of the same file system under a name that nobody but this process gives there; EEXIST when it is
    /// taken. Where the file system has no rename without replacing (FUSE, some network file systems), it looks first and then renames: an
    /// entry that somebody puts there in between is replaced. A hard link and a removal would keep such an entry, but stopped between
    /// the two they leave a file under both names, and nobody could say whether it had been moved.
    public func renameToOwnName(
        _ name: some EntryName, to destination: borrowing Directory, as newName: some EntryName
    ) throws(SystemError) {
        do { return try renameNoReplace(name, to: destination, as: newName) } catch {
            guard error.isNotSupported else { throw error }
        }
        guard try destination.statusIfPresent(newName) == nil else {
            throw SystemError(code: EEXIST, operation: "rename to '\(destination.path)/\(newName)'", path: "\(path)/\(name)")
        }
        try rename(name, to: destination, as: newName)
    }

    /// Moves an entry into another directory of the same file system; a file of that name there is replaced in one step.
    public func rename(_ name: some EntryName, to destination: borrowing Directory, as newName: some EntryName) throws(SystemError) {
        let (from, to) = (try name.component(in: path), try newName.component(in: destination.path))
        let (here, there) = (descriptor.number, destination.descriptor.number)
        try once("rename to '\(destination.path)/\(newName)'", "\(path)/\(name)") { renameat(here, from, there, to) }
    }

    /// Gives a file a second name (a hard link); EEXIST when the new name is taken.
    public func link(_ name: some EntryName, to destination: borrowing Directory, as newName: some EntryName) throws(SystemError) {
        let (from, to) = (try name.component(in: path), try newName.component(in: destination.path))
        let (here, there) = (descriptor.number, destination.descriptor.number)
        try once("link to '\(destination.path)/\(newName)'", "\(path)/\(name)") { linkat(here, from, there, to, 0) }
    }

    /// Removes a file's name.
    public func unlink(_ name: some EntryName) throws(SystemError) {
        let component = try name.component(in: path)
        try once("remove", "\(path)/\(name)") { unlinkat(descriptor.number, component, 0) }
    }

    /// Removes an empty directory.
    public func removeDirectory(_ name: some EntryName) throws(SystemError) {
        let component = try name.component(in: path)
        try once("remove directory", "\(path)/\(name)") { unlinkat(descriptor.number, component, AT_REMOVEDIR) }
    }

    /// Removes an entry with everything beneath it. Symbolic links are removed, not followed; another mount stops it with an error.
    public func removeTree(_ name: some EntryName) throws(SystemError) {
        guard try status(name).kind == .directory else { return try unlink(name) }
        try emptyDirectory(name)
        try removeDirectory(name)
    }

    private func emptyDirectory(_ name: some EntryName) throws(SystemError) {
        let directory = try openDirectory(name)
        for entry in try directory.entries() { try directory.removeTree(entry) }
    }

    // MARK: Durability

    /// Puts the directory's entries on disk. After a failure their state is unknown: never ask again on this descriptor.
    public func sync() throws(SystemError) { try descriptor.sync() }

    /// Puts everything of this directory's file system on disk: one call for a batch of files.
    public func syncFileSystem() throws(SystemError) { try descriptor.syncFileSystem() }

    /// Whether a program behind FUSE serves this directory. There `syncFileSystem` reaches the program's own files only by luck: each file has
    /// to be synced by itself.
    public func isServedByProgram() throws(SystemError) -> Bool {
        try descriptor.fileSystem() == .userSpace
    }
}
