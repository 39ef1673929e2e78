import Glibc

/// The file of a private key: created once with mode 0600, read only when nobody else could.
enum KeyFile {
    private static let largest = 16_384

    static func create(_ path: String, _ bytes: [UInt8]) throws(LedgerError) {
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        guard file >= 0 else {
            throw failure("the checkpoint key can't be created", path, "Choose a new name in a folder that ecocd may write.")
        }
        let written = write(file, bytes, bytes.count)
        let synced = fsync(file)
        guard close(file) == 0, synced == 0, written == bytes.count else {
            unlink(path)
            throw failure("the checkpoint key can't be written", path, "Check the disk and try again.")
        }
        try FolderSync.sync(folderOf: path)
    }

    static func read(_ path: String) throws(LedgerError) -> [UInt8] {
        let file = open(path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK)
        guard file >= 0 else { throw failure("the checkpoint key can't be opened", path, "Create the key or correct the path.") }
        defer { close(file) }
        try checkOwnership(file, path)
        var bytes = [UInt8](repeating: 0, count: largest)
        var count = 0
        while count < largest {
            let more = bytes.withUnsafeMutableBytes { Glibc.read(file, $0.baseAddress?.advanced(by: count), largest - count) }
            if more < 0, errno == EINTR { continue }
            guard more >= 0 else { throw failure("the checkpoint key can't be read", path, "Check the disk.") }
            if more == 0 { break }
            count += more
        }
        return Array(bytes.prefix(count))
    }

    private static func checkOwnership(_ file: Int32, _ path: String) throws(LedgerError) {
        var status = stat()
        guard fstat(file, &status) == 0 else { throw failure("the checkpoint key can't be examined", path, "Check the disk.") }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw LedgerError(.key, "the checkpoint key isn't a regular file", path: path, remedy: "Correct the path.")
        }
        guard status.st_mode & 0o077 == 0, status.st_uid == geteuid() || status.st_uid == 0 else {
            throw LedgerError(
                .key, "others than ecocd can read or own the checkpoint key", path: path,
                remedy:
                    "Make it the property of ecocd's user and set its mode to 0600; if it may have been copied, begin a new ledger volume.")
        }
    }

    private static func failure(_ what: String, _ path: String, _ remedy: String) -> LedgerError {
        LedgerError(.key, "\(what): \(String(cString: strerror(errno)))", path: path, remedy: remedy)
    }
}
