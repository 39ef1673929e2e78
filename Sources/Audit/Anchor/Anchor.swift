import Hashing
public import Linux

/// What somebody outside signed about a head of the ledger: with it, nobody can have written the entries later than that.
public struct Anchor: Sendable, Equatable {
    public enum Kind: String, Sendable, CaseIterable {
        /// An RFC 3161 time-stamp token in DER, over SHA-256 of the note.
        case timestamp = "rfc3161"
        /// A witness's signature line (C2SP tlog-cosignature).
        case cosignature
    }

    public let kind: Kind
    /// The signed note of the head, byte for byte.
    public let note: String
    /// Who signed: the subject of the authority's certificate, or the witness's name.
    public let authority: String
    /// When, as the authority says.
    public let time: Timestamp
    public let evidence: [UInt8]

    /// More is no evidence: tokens have some thousand bytes.
    public static let maximumBytes = 32_768

    public init(kind: Kind, note: String, authority: String, time: Timestamp, evidence: [UInt8]) {
        self.kind = kind
        self.note = note
        self.authority = authority
        self.time = time
        self.evidence = evidence
    }
}

/// An anchor as the ledger has it.
public struct StoredAnchor: Sendable, Equatable {
    /// Of the entry that speaks of it.
    public let position: Int
    /// Entries that the anchored head covers.
    public let size: Int
    /// As written; `Anchor.Kind(rawValue:)` knows those of this program.
    public let kind: String
    public let authority: String
    /// RFC 3339, UTC, to the second.
    public let time: String
    public let evidence: [UInt8]
    /// The signed note of the head as kept; nil when it is missing, which verification tells.
    public let note: String?
}

extension Ledger {
    /// Records that somebody outside signed a head of this ledger: the event, the evidence and the head, in one commit. What is recorded
    /// already isn't recorded again. The caller has checked the evidence.
    ///
    /// - Returns: the position of the entry that speaks of it.
    /// - Throws: `refused` when the note isn't a head of this ledger.
    public func record(_ anchor: Anchor, by actor: Event.Actor) throws(LedgerError) -> Int {
        let size = try size(of: anchor.note)
        if let position = try self.anchor(size: size, evidence: anchor.evidence) { return position }
        let event = Event(
            .anchored, actor: actor,
            [
                "anchor": .text(anchor.kind.rawValue), "size": .number(size), "authority": .text(anchor.authority),
                "time": .text(anchor.time.textToTheSecond), "sha256": .text(SHA256.hexadecimal(of: anchor.evidence)),
            ])
        return try commit(event, storing: anchor).lowerBound
    }

    private func size(of text: String) throws(LedgerError) -> Int {
        guard let key = VerifierKey(verifierKey), let note = CheckpointNote(text) else { throw foreign("it isn't a signed checkpoint") }
        guard note.origin == origin, note.isSigned(by: key) else { throw foreign("it isn't signed with this ledger's key") }
        // One form only: the token is over all bytes of the note, and the head that is kept is the ledger's own.
        guard note.signatures.count == 1, let own = note.signatures.first,
            text == "\(note.body)\n— \(own.name) \(Base64.encode(own.keyID + own.signature))\n"
        else { throw foreign("it isn't, byte for byte, what the ledger signed") }
        guard try root(ofFirst: note.size) == note.root else { throw foreign("its root isn't that of the first \(note.size) entries") }
        return note.size
    }

    private func foreign(_ reason: String) -> LedgerError { .refused(.foreignHead(reason: reason), path: path) }
}
