/// A `moving` that no `moved` has answered yet.
public struct OpenMove: Sendable, Equatable {
    public let submission: String
    public let from: String
    public let to: String
    public let digest: String
    /// Where in the ledger the `moving` stands.
    public let position: Int
}

/// A `received` that no `claimed` has answered yet: the producer's file may still lie in the inbox.
public struct Receipt: Sendable, Equatable {
    public let submission: String
    public let source: String
    public let name: String
    /// In bytes.
    public let size: Int
    public let sha256: String
    /// Device and inode of the producer's file, in decimal.
    public let device: String
    public let inode: String
    /// Where in the ledger the `received` stands.
    public let position: Int
}

/// A submission that lies in a stage between its claim and its end.
public struct UnfinishedSubmission: Sendable, Equatable {
    public let id: String
    /// The stage that it was last moved to.
    public let stage: String
    /// Of the original.
    public let sha256: String
}
