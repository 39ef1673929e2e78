import Hashing

/// Why the ledger isn't the one that its remembered head speaks of.
public struct LedgerDoubt: Sendable, Equatable {
    /// One sentence.
    public let message: String
    /// What was remembered, as it stands in the file.
    let remembered: String
}

extension Ledger {
    /// Compares the ledger with the head that was remembered outside it. Unless it begins with the entries of that head, it takes nothing
    /// from then on, and so signs no second head of a size that it has signed before, until `acceptRestore`.
    ///
    /// - Parameter remembered: the note as it was kept.
    /// - Returns: nil when the ledger extends the head.
    public func withhold(unlessItExtends remembered: String) throws(LedgerError) -> LedgerDoubt? {
        guard let message = try contradiction(of: remembered) else { return nil }
        let doubt = LedgerDoubt(message: message, remembered: remembered)
        withhold(
            LedgerError(
                .withheld, "the ledger isn't the one that its remembered head speaks of, and nobody has recorded why", path: path,
                remedy: "Find out why; then 'ecocctl ledger accept-restore --reason \"...\"' lets ecocd go on."))
        return doubt
    }

    /// Records that somebody answers for the ledger as it is, as the first event that follows, and takes events again.
    public func acceptRestore(_ doubt: LedgerDoubt, reason: String, by actor: Event.Actor) throws(LedgerError) {
        let size = try size()
        guard let root = try root(ofFirst: size) else { throw FrontierLoader.contradiction("entries are missing", path) }
        var fields: [String: Event.Scalar] = [
            "reason": .text(reason), "what": .text(doubt.message), "size": .number(size), "root": .text(root.hexadecimal),
        ]
        if let note = CheckpointNote(doubt.remembered) {
            fields["remembered-size"] = .number(note.size)
            fields["remembered-root"] = .text(note.root.hexadecimal)
            fields["remembered-note"] = .text(doubt.remembered)
        }
        try commitEndingDoubt(Event(.ledgerRestored, actor: actor, fields))
    }

    /// One sentence, or nil when the ledger begins with the entries of the head.
    private func contradiction(of remembered: String) throws(LedgerError) -> String? {
        let head: OutsideHead
        do { head = try OutsideHead(name: path, note: remembered) } catch { return "What was remembered isn't a signed checkpoint." }
        // A head of a volume that was closed since is compared with that one.
        let comparison = try LedgerHistory(path: path).compare(with: [head], key: VerifierKey(verifierKey)).first
        return comparison?.verdict == .agrees ? nil : comparison?.message ?? "The remembered head can't be compared."
    }
}
