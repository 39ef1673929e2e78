/// One verification: pages through the entries, then judges everything that rests on them in one last transaction with the head. Used by
/// one thread.
final class VerificationRun {
    private let connection: Connection
    private let key: VerifierKey?
    private let entries: EntryCheck
    private let replay: ProjectionReplay
    private var problems = ProblemList()
    private var headNote: String?
    private var isSignatureVerified = false

    init(_ connection: Connection, _ key: VerifierKey?) throws(LedgerError) {
        self.connection = connection
        self.key = key
        replay = try ProjectionReplay()
        entries = try EntryCheck(connection, replay)
    }

    func verify(_ progress: (Int, Int) -> Void) {
        do throws(LedgerError) {
            let total = try connection.number("SELECT coalesce(max(position) + 1, 0) FROM entry")
            while try connection.reading({ () throws(LedgerError) in try entries.checkPage(&problems) }) == LedgerVerifier.pageSize {
                progress(entries.size, max(total, entries.size))
            }
            try connection.reading { () throws(LedgerError) in try judge() }
            progress(entries.size, max(total, entries.size))
        } catch {
            problems.add(.unreadable, at: entries.size, error.what)
        }
    }

    func result() -> LedgerVerification {
        LedgerVerification(
            size: entries.size, rootHash: entries.root().hexadecimal, headNote: headNote, isSignatureVerified: isSignatureVerified,
            problems: problems.problems, problemCount: problems.count)
    }

    /// Everything in here sees one state of the database: the entries written since the last page are checked first.
    private func judge() throws(LedgerError) {
        while try entries.checkPage(&problems) == LedgerVerifier.pageSize {}
        try SchemaCheck.check(connection, &problems)
        try entries.checkRest(&problems)
        try checkCheckpoints()
        try checkHead()
        try checkAnchors()
        try replay.compare(with: connection, &problems)
        try SchemaCheck.checkIndexes(connection, &problems)
    }

    private func checkHead() throws(LedgerError) {
        headNote = try connection.text("SELECT note FROM head WHERE one = 1")
        guard let headNote, let head = CheckpointNote(headNote) else {
            return problems.add(.head, "the signed head is missing or isn't a checkpoint")
        }
        if let key {
            isSignatureVerified = head.isSigned(by: key)
            if !isSignatureVerified { problems.add(.signature, "the signed head doesn't bear the signature of \(key.name)") }
            if head.origin != key.name { problems.add(.head, "the signed head speaks of '\(head.origin)', not of '\(key.name)'") }
        }
        if head.size > entries.size {
            problems.add(
                .missing, at: entries.size, "the signed head covers \(head.size) entries: the last \(head.size - entries.size) are missing")
        } else if head.size < entries.size {
            problems.add(
                .unexpected, at: head.size, "the signed head covers \(head.size) entries: \(entries.size - head.size) more were added")
        } else if head.root != entries.root() {
            problems.add(.head, "the root hash of the entries isn't the one in the signed head: something was changed in them")
        }
    }

    private func checkAnchors() throws(LedgerError) {
        var check = try AnchorCheck(connection, told: replay.anchored)
        try check.run(&problems)
    }

    private func checkCheckpoints() throws(LedgerError) {
        let rows = try connection.prepare("SELECT size, note FROM checkpoint ORDER BY size")
        while try rows.step() {
            let size = rows.number(0)
            guard let note = CheckpointNote(rows.text(1)), note.size == size else {
                problems.add(.head, "the checkpoint of size \(size) isn't one")
                continue
            }
            if let key, !note.isSigned(by: key) { problems.add(.signature, "the checkpoint of size \(size) isn't signed by \(key.name)") }
            if size > entries.size { problems.add(.missing, at: entries.size, "a checkpoint covers \(size) entries") }
        }
    }
}
