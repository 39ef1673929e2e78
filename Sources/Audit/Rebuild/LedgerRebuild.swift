/// Builds the projections anew from the entries, while nobody else writes.
public enum LedgerRebuild {
    /// Replaces every projection of a ledger that no daemon holds, in one transaction: either all of it is there afterwards or nothing
    /// was touched. Entries, tile roots, checkpoints and the head are never written.
    ///
    /// - Parameter verifierKey: `origin+keyid+base64` of any volume, or nil to rebuild without knowing who signed the head.
    /// - Returns: what a verification finds afterwards.
    /// - Throws: `corrupt` when the entries don't verify, because a projection of them would be worth nothing.
    public static func rebuild(path: String, verifierKey: String?) throws(LedgerError) -> LedgerVerification {
        let lock = try WriterLock(besideExisting: path)
        defer { withExtendedLifetime(lock) {} }
        let key = VerifierKey.text(verifierKey, forVolume: path)
        try checkEntries(path, key)
        try replaceProjections(path)
        return try LedgerVerifier.verify(path: path, verifierKey: key)
    }

    /// Problems of projections are what a rebuild is for; any other one forbids it. The verifier tells those of the entries first, so that
    /// even the longest list has them.
    private static func checkEntries(_ path: String, _ verifierKey: String?) throws(LedgerError) {
        let verification = try LedgerVerifier.verify(path: path, verifierKey: verifierKey)
        if let reason = verification.incompleteness {
            throw LedgerError(.read, "the entries couldn't be verified: \(reason)", path: path, remedy: "Make room, and try again.")
        }
        guard let problem = verification.problems.first(where: { !isOfProjections($0.kind) }) else { return }
        throw LedgerError(
            .corrupt, "the entries don't verify, so nothing was rebuilt: \(problem)", path: path,
            remedy: "Keep the file as evidence, and restore the newest backup that verifies.")
    }

    /// A damaged or missing table may be a projection's or not: reading the entries, and the verification afterwards, will tell.
    private static func isOfProjections(_ kind: LedgerVerification.Kind) -> Bool {
        switch kind {
        case .projection, .schema, .unreadable: true
        default: false
        }
    }

    private static func replaceProjections(_ path: String) throws(LedgerError) {
        let connection = try Connection(path: path, .writing)
        try LedgerFile.checkIdentity(connection)
        try LedgerFile.makeDurable(connection)
        try connection.run("BEGIN IMMEDIATE")
        do throws(LedgerError) {
            try createTables(connection)
            try ProjectionReplacement(connection).run()
            try connection.run("COMMIT")
        } catch {
            // The first error is the one to tell; SQLite may have rolled back already.
            try? connection.run("ROLLBACK")
            throw error
        }
        try connection.truncateLog()
    }

    /// Tables and indexes are made anew: a damaged one isn't worth emptying.
    private static func createTables(_ connection: Connection) throws(LedgerError) {
        let names = Set(ProjectionTable.allCases.map(\.rawValue))
        for name in names.sorted() { try connection.run("DROP TABLE IF EXISTS \(name)") }
        for (name, sql) in Schema.tables where names.contains(name) { try connection.run(sql) }
        for (_, sql) in Schema.indexes where names.contains(where: { sql.contains(" ON \($0)(") }) { try connection.run(sql) }
    }
}

extension WriterLock {
    /// For a ledger that must be there already: nothing is created for one that isn't.
    convenience init(besideExisting path: String) throws(LedgerError) {
        _ = try Connection(path: path, .reading)
        try self.init(path: path)
    }
}
