/// A signed head that somebody outside kept: the ledger must still begin with the entries that it covers.
public struct OutsideHead: Sendable {
    /// Where it comes from, for people: a file's name.
    public let name: String
    public let note: CheckpointNote
    /// The entry that came with it, proven to be under it.
    let proven: (proof: LogProof, record: [UInt8])?

    /// From a signed note.
    public init(name: String, note text: String) throws(ProofFlaw) {
        guard let note = CheckpointNote(text) else { throw ProofFlaw(.form, "it isn't a signed checkpoint") }
        (self.name, self.note, proven) = (name, note, nil)
    }

    /// From a proof file; with the record that it is about, where a change lies can be told more closely.
    public init(name: String, proof bytes: [UInt8], record: [UInt8]? = nil) throws(ProofFlaw) {
        let proof = try LogProof(reading: bytes)
        guard let note = CheckpointNote(proof.checkpoint) else { throw ProofFlaw(.form, "it has no checkpoint") }
        if let record { _ = try proof.verify(record: record, key: nil) }
        (self.name, self.note, proven) = (name, note, record.map { (proof, $0) })
    }
}

/// What an outside head says of the ledger.
public struct HeadComparison: Sendable, Equatable {
    public let name: String
    /// Entries that the head covers.
    public let size: Int
    public let verdict: Verdict
    /// One sentence.
    public let message: String
    /// Of the entries among which something was changed, the first; nil when nothing was, or it can't be told.
    public let position: Int?

    public enum Verdict: String, Sendable {
        /// The ledger begins with the entries that the head covers.
        case agrees
        /// The ledger was changed, cut or put back after the head was given away.
        case contradicts
        /// The head is another log's or not signed by its key: it says nothing.
        case unusable
    }
}

extension LedgerReader {
    /// Compares the ledger with heads that were kept elsewhere, the smaller ones first. The stored hashes are taken as they are: verify the
    /// ledger as well, which shows that the records still have them.
    ///
    /// - Parameter key: nil leaves the heads' signatures unchecked.
    public func compare(with heads: [OutsideHead], key: VerifierKey?) throws(LedgerError) -> [HeadComparison] {
        guard let origin = CheckpointNote(try head())?.origin else {
            throw FrontierLoader.contradiction("the signed head isn't a checkpoint", path)
        }
        let size = try size()
        var agreed = 0
        var comparisons: [HeadComparison] = []
        for head in heads.sorted(by: { $0.note.size < $1.note.size }) {
            if let reason = head.flaw(origin, key?.forVolume(origin)) {
                comparisons.append(head.comparison(.unusable, reason))
            } else if head.note.size > size {
                comparisons.append(
                    head.comparison(
                        .contradicts, "The head covers \(head.note.size) entries and the ledger has \(size): it was cut or put back.",
                        at: size))
            } else if try root(ofFirst: head.note.size) == head.note.root {
                agreed = head.note.size
                comparisons.append(head.comparison(.agrees, "The ledger begins with the \(agreed) entries of the head."))
            } else {
                comparisons.append(try contradiction(head, agreed))
            }
        }
        return comparisons
    }

    private func contradiction(_ head: OutsideHead, _ agreed: Int) throws(LedgerError) -> HeadComparison {
        let changed = try changed(head, agreed)
        let since = try agreed == 0 ? nil : entries(agreed - 1..<agreed).first?.record?.time
        let places =
            changed.count == 1
            ? "Entry \(changed.lowerBound) was" : "Among entries \(changed.lowerBound) to \(changed.upperBound - 1) something was"
        let before = since.map { "; the first \(agreed), until \($0), agree with an older head" } ?? ""
        return head.comparison(
            .contradicts, "\(places) changed after the head of \(head.note.size) entries was given away\(before).", at: changed.lowerBound)
    }

    /// Where a change must lie at the least: what agrees with an older head is left out, and a proof's hashes tell more closely.
    private func changed(_ head: OutsideHead, _ agreed: Int) throws(LedgerError) -> Range<Int> {
        let all = agreed..<head.note.size
        guard let (proof, record) = head.proven else { return all }
        if try entries(proof.index..<proof.index + 1).first?.bytes != record { return proof.index..<proof.index + 1 }
        let nearest = try firstDifference(from: proof, size: head.note.size)
        return nearest.map { $0.clamped(to: all) }.flatMap { $0.isEmpty ? nil : $0 } ?? all
    }
}

extension OutsideHead {
    fileprivate func comparison(_ verdict: HeadComparison.Verdict, _ message: String, at position: Int? = nil) -> HeadComparison {
        HeadComparison(name: name, size: note.size, verdict: verdict, message: message, position: position)
    }

    fileprivate func flaw(_ origin: String, _ key: VerifierKey?) -> String? {
        guard note.origin == origin else { return "The head is of the log '\(note.origin)', and this ledger is '\(origin)'." }
        guard let key, !note.isSigned(by: key) else { return nil }
        return "The head doesn't bear the signature of \(key.name)."
    }
}
