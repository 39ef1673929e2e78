/// One entry as it stands in the ledger.
public struct LedgerEntry: Sendable, Equatable {
    /// Counted from 0, without gaps.
    public let position: Int
    /// The exact bytes that the tree's leaf hashes.
    public let bytes: [UInt8]
    /// The bytes read as a record, or nil when they aren't one: verification says why.
    public let record: Record?

    public init(position: Int, bytes: [UInt8]) {
        self.position = position
        self.bytes = bytes
        record = try? RecordParser.parse(bytes)
    }
}

/// What the ledger knows of one submission.
public struct SubmissionState: Sendable, Equatable {
    public let id: String
    public let source: String
    /// The file's name as dropped.
    public let name: String
    /// In bytes.
    public let size: Int
    public let sha256: String
    /// The spool's folder it was last moved to; `tmp` before the first move.
    public let stage: String
    /// Events of these kinds so far.
    public let validated: Int
    public let rejected: Int
    public let sealed: Int
    public let published: Int
    /// Whether it was rejected as a whole.
    public let isRefused: Bool
    public let isReported: Bool
    /// Where in the ledger its `received` and its newest event stand.
    public let firstPosition: Int
    public let position: Int
}
