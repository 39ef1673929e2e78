/// One entry with the proof that the ledger contains it: what a receiver keeps.
public struct EntryProof: Sendable, Equatable {
    public let position: Int
    /// The exact bytes of the entry.
    public let record: [UInt8]
    public let proof: LogProof
}

/// Which checkpoint a proof leads to.
public enum ProofTarget: Sendable {
    /// The first kept one that covers the entry, so that the proof is the same at any time; without one the newest head.
    case firstKept
    /// The newest head.
    case head
}
