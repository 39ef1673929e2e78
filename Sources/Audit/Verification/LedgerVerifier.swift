/// Checks a ledger from its bytes up, while the daemon may go on writing. It shares the hash function, the catalogue of kinds and the thin
/// SQLite binding with the writer, and no more: tree, notes, record reading and projections are built a second time.
public enum LedgerVerifier {
    /// Verifies the whole ledger, in transactions short enough that the write-ahead log can be folded in between. Needs some megabytes of
    /// memory, and space in `TMPDIR` or /var/tmp for about 100 bytes an entry.
    ///
    /// - Parameters:
    ///   - verifierKey: `origin+keyid+base64`, or nil to check everything but signatures and origin.
    ///   - progress: is told after each page how many of how many entries are done.
    /// - Throws: only when there is nothing to verify: the file can't be opened or isn't a ledger, or the key can't be read.
    public static func verify(
        path: String, verifierKey: String? = nil, progress: (_ done: Int, _ of: Int) -> Void = { _, _ in }
    ) throws(LedgerError) -> LedgerVerification {
        var key: VerifierKey?
        if let verifierKey {
            key = VerifierKey(verifierKey)
            guard key != nil else {
                throw LedgerError(
                    .key, "the verifier key isn't of the form origin+keyid+base64, or its parts don't belong together", path: path,
                    remedy: "Give the line that was noted when the ledger was created.")
            }
        }
        let connection = try Connection(path: path, .reading)
        guard try connection.number("PRAGMA application_id") == Schema.applicationID else {
            throw LedgerError(.open, "this database isn't a ledger", path: path, remedy: "Correct the path.")
        }
        let run = try VerificationRun(connection, key)
        run.verify(progress)
        return run.result()
    }
}
