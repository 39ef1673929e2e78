/// What a verification found.
public struct LedgerVerification: Sendable {
    /// Entries that were checked.
    public let size: Int
    /// Of the tree over the records as they are now, 64 hexadecimal digits.
    public let rootHash: String
    /// The newest signed head as stored, or nil when there is none.
    public let headNote: String?
    /// Whether the head's signature was checked with a key and holds.
    public let isSignatureVerified: Bool
    /// Why it couldn't go on to the end, for reasons that lie outside of the ledger, such as a full disk for temporary files; nil when it did.
    public let incompleteness: String?
    /// In the order found; at most `largestProblemCount`.
    public let problems: [Problem]
    /// All that were found, also those not kept in `problems`.
    public let problemCount: Int

    public static let largestProblemCount = 1_000

    /// Whether everything was checked and nothing contradicts anything. Without a key this says nothing about who wrote the ledger.
    public var isIntact: Bool { problemCount == 0 && incompleteness == nil }

    public struct Problem: Sendable, Equatable, CustomStringConvertible {
        /// The entry it concerns; for a tile root its tile's first entry; nil when it concerns none in particular.
        public let position: Int?
        public let kind: Kind
        public let message: String

        public var description: String { position.map { "entry \($0): \(message)" } ?? message }
    }

    public enum Kind: String, Sendable, CaseIterable {
        /// A table, index or trigger is missing, changed or unknown.
        case schema
        /// An entry isn't there.
        case missing
        /// An entry, tile root or checkpoint stands where none may be.
        case unexpected
        /// A record and its leaf hash disagree.
        case leafHash = "leaf-hash"
        /// A record isn't in canonical form or lacks a field.
        case record
        /// A stored tile root and the entries disagree.
        case tileRoot = "tile-root"
        /// The signed head or a checkpoint and the entries disagree on origin, size or root.
        case head
        /// A note's signature doesn't hold.
        case signature
        /// Events follow each other in an order that no ecocd writes.
        case order
        /// A projection and the entries disagree.
        case projection
        /// An anchor, the entry that speaks of it and the head that it is of don't belong together.
        case anchor
        /// SQLite can't read something.
        case unreadable
    }
}
