import Hashing

/// Makes proofs from the database. Used by one thread at a time; every call is one short transaction.
final class ProofRows {
    let connection: Connection
    private let record: Statement
    private let keptCheckpoint: Statement
    private let sealing: Statement
    private let stored: StoredSubtrees

    init(_ connection: Connection) throws(LedgerError) {
        self.connection = connection
        record = try connection.prepare("SELECT record FROM entry WHERE position = ?")
        keptCheckpoint = try connection.prepare("SELECT note FROM checkpoint WHERE size > ? ORDER BY size LIMIT 1")
        sealing = try connection.prepare("SELECT last FROM certificate WHERE submission = ? AND \"row\" = ? AND state = 'sealed'")
        stored = try StoredSubtrees(connection)
    }

    /// The proofs of these entries, in the order asked for.
    func proofs(of positions: [Int], upTo target: ProofTarget) throws(LedgerError) -> [EntryProof] {
        try connection.reading { () throws(LedgerError) in try make(positions, target) }
    }

    /// The proofs of the entries that say that these rows' certificates were sealed; nil when one of them isn't in that state.
    func sealingProofs(_ submission: String, _ rows: [Int]) throws(LedgerError) -> [EntryProof]? {
        try connection.reading { () throws(LedgerError) in
            var positions: [Int] = []
            for row in rows { if let position = try sealing(submission, row) { positions.append(position) } }
            return try positions.count == rows.count ? make(positions, .firstKept) : nil
        }
    }

    /// The root of the first `size` entries, or nil when there are fewer.
    func root(ofFirst size: Int) throws(LedgerError) -> Digest? {
        try connection.reading { () throws(LedgerError) in
            try self.size() < size ? nil : try ProofBuilder(stored.fresh()).root(of: 0..<size)
        }
    }

    /// The consistency proof between two sizes, the older above 0, or nil when there are fewer entries.
    func consistencyPath(from old: Int, to new: Int) throws(LedgerError) -> [Digest]? {
        try connection.reading { () throws(LedgerError) in
            guard old > 0, old <= new, try size() >= new else { return nil }
            return try ProofBuilder(stored.fresh()).consistencyPath(of: 0..<old, in: 0..<new)
        }
    }

    /// The first of the ranges that a proof's hashes stand for whose entries have another hash now; the shortest, so the nearest to the
    /// entry. Nil when all agree, or entries are missing.
    func firstDifference(_ index: Int, _ path: [Digest], size: Int) throws(LedgerError) -> Range<Int>? {
        try connection.reading { () throws(LedgerError) in
            guard index < size, try self.size() >= size else { return nil }
            let builder = ProofBuilder(stored.fresh())
            for (range, hash) in zip(builder.inclusionRanges(of: index, in: 0..<size), path) where try builder.root(of: range) != hash {
                return range
            }
            return nil
        }
    }

    // MARK: Within a transaction

    /// A note with what is read of it once for many entries.
    private struct HeldNote {
        let text: String
        let note: CheckpointNote
        /// The first position for which this is the note to take.
        let first: Int

        func covers(_ position: Int) -> Bool { (first..<note.size).contains(position) }
    }

    private func make(_ positions: [Int], _ target: ProofTarget) throws(LedgerError) -> [EntryProof] {
        let builder = ProofBuilder(stored.fresh())
        var held: HeldNote?
        var proofs: [EntryProof] = []
        for position in positions {
            let note: HeldNote
            if let held, held.covers(position) { note = held } else { note = try self.note(covering: position, target) }
            held = note
            proofs.append(try proof(of: position, note, builder))
        }
        return proofs
    }

    /// A sealed certificate's newest event is its `sealed`.
    private func sealing(_ submission: String, _ row: Int) throws(LedgerError) -> Int? {
        try sealing.bind(1, submission)
        try sealing.bind(2, row)
        defer { sealing.reset() }
        return try sealing.step() ? sealing.number(0) : nil
    }

    func size() throws(LedgerError) -> Int { try connection.number("SELECT coalesce(max(position) + 1, 0) FROM entry") }

    private func note(covering position: Int, _ target: ProofTarget) throws(LedgerError) -> HeldNote {
        var text = try target == .firstKept ? kept(covering: position) : nil
        if text == nil { text = try connection.text("SELECT note FROM head") }
        guard let text, let note = CheckpointNote(text), note.size > position else {
            throw FrontierLoader.contradiction("no signed head covers entry \(position)", connection.path)
        }
        return HeldNote(text: text, note: note, first: position)
    }

    private func kept(covering position: Int) throws(LedgerError) -> String? {
        try keptCheckpoint.bind(1, position)
        defer { keptCheckpoint.reset() }
        return try keptCheckpoint.step() ? keptCheckpoint.text(0) : nil
    }

    /// Checked as a receiver will check it: a ledger that is damaged shows here, before anything leaves.
    private func proof(of position: Int, _ held: HeldNote, _ builder: ProofBuilder<StoredSubtrees>) throws(LedgerError) -> EntryProof {
        let bytes = try bytes(of: position)
        let path = try builder.inclusionPath(of: position, in: 0..<held.note.size)
        guard
            MerkleProof.isIncluded(
                leaf: MerkleProof.leafHash(of: bytes), at: position, inTreeOf: held.note.size, root: held.note.root, path: path)
        else { throw FrontierLoader.contradiction("entry \(position) and the signed head of \(held.note.size) disagree", connection.path) }
        return EntryProof(position: position, record: bytes, proof: LogProof(index: position, path: path, checkpoint: held.text))
    }

    private func bytes(of position: Int) throws(LedgerError) -> [UInt8] {
        try record.bind(1, position)
        defer { record.reset() }
        guard try record.step() else { throw FrontierLoader.contradiction("entry \(position) is missing", connection.path) }
        return record.blob(0)
    }
}
