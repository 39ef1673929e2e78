public import Ingest
public import Page

/// All that an administrator decides: `ecocd.toml` and the files of `sources.d` and `destinations.d` beside it. Read once, then a value.
public struct Configuration: Sendable {
    public let path: String
    /// Where everything lies.
    public let places: Places
    /// The domain of the organisation, which a new ledger is named after; nil: after the seal's organisation.
    public let organisation: String?
    public let rescanSeconds: Int
    /// The official schema that every message is compared with before it is sealed.
    public let schema: String?
    public let seal: Seal
    public let adminGroup: String?
    /// Whose members release, reject and withdraw; nil leaves that to administrators.
    public let releaseGroup: String?
    public let anchoring: Anchoring
    /// Threads that check, sign and pack; 0: one for each processor.
    public let workers: Int
    public let reference: Reference
    public let sources: [Source]
    public let destinations: [Destination]
    /// The files in the order of their digest: name and bytes.
    public let files: [(name: String, bytes: [UInt8])]

    public struct Seal: Sendable, Equatable {
        public let key: String
        public let certificate: String
        public let chain: String?
        /// PEM file with the authorities that the independent verification trusts.
        public let trusted: String
        /// The name of the systemd credential with the key's passphrase, if it has one.
        public let passphraseCredential: String?
    }

    /// Who outside signs heads of the ledger.
    public struct Anchoring: Sendable, Equatable {
        public let timestamp: TimeStampAuthority?
        public let witnesses: [Witness]
        /// Seconds that an authority's clock and ours may lie apart.
        public let skewSeconds: Int
        /// How old an entry may be before a ledger counts as unanchored.
        public let maximumAgeHours: Int
        /// Whose members may bring anchors, beside administrators.
        public let group: String?

        /// Whether anybody is to be asked.
        public var isConfigured: Bool { timestamp != nil || !witnesses.isEmpty }
    }

    /// An authority that gives RFC 3161 time-stamps.
    public struct TimeStampAuthority: Sendable, Equatable {
        public let url: String
        /// PEM file with the authorities to trust.
        public let trusted: String
        /// The object identifier of the policy to ask for.
        public let policy: String?
    }

    /// A witness as C2SP tlog-witness describes it.
    public struct Witness: Sendable, Equatable {
        /// What `/add-checkpoint` is appended to.
        public let url: String
        /// `name+keyid+base64`
        public let key: String
    }

    /// How type-approval reference data comes into force (docs/reference-data.md).
    public struct Reference: Sendable, Equatable {
        /// The name under which its inbox, submissions and reports go; no source may have it.
        public static let name = "reference"
        /// A larger file is refused: the largest real sheets have some hundred kilobytes.
        public static let maximumBytes = 8 << 20
        public let activation: Activation
        /// Its folder, and when a file in it counts as complete.
        public let intake: InboxSettings

        public enum Activation: String, Sendable, CaseIterable {
            /// A person says so.
            case person
            /// What was received and is sound is in force.
            case auto
        }
    }

    /// An outbox that one downstream tool collects from.
    public struct Destination: Sendable, Equatable {
        public let name: String
        public let outbox: String
        /// The language of the reading copies in its bundles.
        public let pageLanguage: PageLanguage

        public init(name: String, outbox: String, pageLanguage: PageLanguage = .english) {
            self.name = name
            self.outbox = outbox
            self.pageLanguage = pageLanguage
        }
    }

    public var spool: String { places.spool }
    public var state: String { places.state }
    public var socket: String { places.socket }
    public var rememberedHead: String { places.rememberedHead }
    public var ledger: String { places.ledger }
    /// Every folder in which files are dropped.
    public var inboxes: [InboxSettings] { sources.map(\.intake) + [reference.intake] }
    public var referenceStore: String { places.referenceStore }
    public var checkpointKey: String { places.checkpointKey }
    public var verifierKey: String { places.verifierKey }

    public func source(_ name: String) -> Source? { sources.first { $0.name == name } }
    public func destination(_ name: String) -> Destination? { destinations.first { $0.name == name } }
}
