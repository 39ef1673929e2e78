/// Writes anchors, and keeps the heads that they are of. Used by the writer's thread, inside its transaction.
final class AnchorStore {
    private let insert: Statement
    private let kept: Statement
    private let keep: Statement
    private let path: String

    init(_ connection: Connection) throws(LedgerError) {
        path = connection.path
        insert = try connection.prepare("INSERT INTO anchor VALUES(?, ?, ?, ?, ?, ?)")
        kept = try connection.prepare("SELECT 1 FROM checkpoint WHERE size = ?")
        keep = try connection.prepare("INSERT INTO checkpoint VALUES(?, ?)")
    }

    /// - Parameter position: of the entry that speaks of it.
    func store(_ anchor: Anchor, at position: Int) throws(LedgerError) {
        guard let note = CheckpointNote(anchor.note) else {
            throw .refused(.foreignHead(reason: "it isn't a signed checkpoint"), path: path)
        }
        try keep(anchor.note, size: note.size)
        try insert.bind(1, position)
        try insert.bind(2, note.size)
        try insert.bind(3, anchor.kind.rawValue)
        try insert.bind(4, anchor.authority)
        try insert.bind(5, anchor.time.textToTheSecond)
        try insert.bind(6, blob: anchor.evidence)
        try insert.run()
    }

    /// A head between two that are kept already may come late: only commits have heads, so it covers no entry of a sealing commit that
    /// its own kept head doesn't cover first, and the proofs in bundles stay the same.
    private func keep(_ note: String, size: Int) throws(LedgerError) {
        try kept.bind(1, size)
        let isKept = try kept.step()
        kept.reset()
        guard !isKept else { return }
        try keep.bind(1, size)
        try keep.bind(2, note)
        try keep.run()
    }
}
