import Glibc

/// Keeps a second writer out: an exclusive lock on a file beside the database, held until this object goes. (Not on the database itself:
/// closing any descriptor of it would drop SQLite's own locks.)
final class WriterLock {
    private let file: Int32

    init(path: String) throws(LedgerError) {
        file = open(path + ".lock", O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC, 0o640)
        guard file >= 0 else {
            throw LedgerError(
                .open, "the ledger's lock file can't be opened: \(String(cString: strerror(errno)))", path: path + ".lock",
                remedy: "Check that ecocd may write in this folder.")
        }
        guard flock(file, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            close(file)
            throw LedgerError(
                .open,
                code == EWOULDBLOCK
                    ? "another process writes this ledger" : "the ledger can't be locked: \(String(cString: strerror(code)))",
                path: path, remedy: "Stop the other ecocd first.")
        }
    }

    deinit {
        // A process that is just being started elsewhere may share the descriptor until it runs its program: closing alone would leave it
        // the lock for that time.
        flock(file, LOCK_UN)
        close(file)
    }
}
