import Glibc

/// Makes the creation of a file durable: its folder's entry has to reach the disk as well.
enum FolderSync {
    static func sync(folderOf path: String) throws(LedgerError) {
        let folder = path.lastIndex(of: "/").map { path[..<$0].isEmpty ? "/" : String(path[..<$0]) } ?? "."
        let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        let synced = descriptor >= 0 ? fsync(descriptor) : -1
        let code = errno
        if descriptor >= 0 { close(descriptor) }
        guard synced == 0 else {
            throw LedgerError(
                .write, "the folder \(folder) can't be synced: \(String(cString: strerror(code)))", path: path, remedy: "Check the disk.")
        }
    }
}
