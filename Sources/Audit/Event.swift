/// What happened, as the ledger will say it: one flat record of the catalogue in docs/ledger.md.
public struct Event: Sendable, Equatable {
    public let kind: Kind
    /// The submission it speaks of, or nil for the daemon's own events.
    public let submission: String?
    public let actor: Actor
    /// The kind's own fields. Keys are lower-case ASCII words joined by hyphens.
    public let fields: [String: Scalar]

    /// Who did it: the daemon, or a person known by Unix identity.
    public enum Actor: Sendable, Equatable {
        case daemon
        case person(uid: UInt32, name: String)
    }

    /// The two kinds of value that a record may hold.
    public enum Scalar: Sendable, Equatable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
        case text(String)
        /// Within ±2^53, so that every JSON reader gets the same number (RFC 8785, section 3.2.2.3).
        case number(Int)

        public init(stringLiteral value: String) { self = .text(value) }
        public init(integerLiteral value: Int) { self = .number(value) }
    }

    public enum Kind: String, Sendable, CaseIterable {
        case received, claimed, moving, moved, validated, rejected, generated, sealed, publishing, published, reported
        case corrected, held, released, withdrawn
        case collected, acknowledged
        case declaredLost = "declared-lost"
        case configured, recovered, incident, started, stopped
        case referenceReceived = "reference-received"
        case referenceActivated = "reference-activated"
        case referenceSuperseded = "reference-superseded"
        case referenceRetired = "reference-retired"
        case keyUsed = "key-used"
        case findingWaived = "finding-waived"
        case anchored
        case ledgerRestored = "ledger-restored"
        case backedUp = "backed-up"
        case carried
        case carriedDelivery = "carried-delivery"
        case volumeClosed = "volume-closed"
        case volumeOpened = "volume-opened"
    }

    public init(_ kind: Kind, submission: String? = nil, actor: Actor = .daemon, _ fields: [String: Scalar] = [:]) {
        self.kind = kind
        self.submission = submission
        self.actor = actor
        self.fields = fields
    }
}
