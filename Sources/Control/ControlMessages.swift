/// One question on the control socket: a line of JSON. The connection takes one question and gives one answer.
public struct ControlRequest: Codable, Sendable, Equatable {
    public var command: Command
    /// Of an order: a name that the asker gives it, 1 to 64 of `A-Z a-z 0-9 -`. The same order of the same user under the same id is done
    /// once; asking again tells what became of it. Nil: it is an order of its own each time.
    public var id: String?
    /// Of `status`: the part of one list that is wanted. Nil: the beginning of each.
    public var page: StatusReport.Page?
    /// Of `held`, `release`, `reject`, `retry` and `declare-lost`: the submission's id.
    public var submission: String?
    /// Of `withdraw`.
    public var certificate: Certificate?
    /// Of `activateReference` and `retireReference`.
    public var reference: Reference?
    /// Why, in the person's words. `reject`, `withdraw`, `retireReference`, `declare-lost` and `accept-restore` need it.
    public var reason: String?
    /// Of `record-anchor`: what to record.
    public var anchor: AnchorQuestion?

    /// A published certificate; without stage or version the newest.
    public struct Certificate: Codable, Sendable, Equatable {
        public var vin: String
        public var stage: Int?
        public var version: Int?

        public init(vin: String, stage: Int? = nil, version: Int? = nil) {
            self.vin = vin
            self.stage = stage
            self.version = version
        }
    }
    /// With `backup`: the absolute path of the new file, or of the folder for it.
    public var path: String?

    /// A stored version of reference data, and the days of manufacture that it is to be for.
    public struct Reference: Codable, Sendable, Equatable {
        /// The beginning of the version's SHA-256, as long as it fits one version only.
        public var version: String
        /// `YYYY-MM-DD`; nil: as the file that brought it says.
        public var validFrom: String?
        public var validTo: String?
        /// Whether it may take the place of a version that is for the same days.
        public var replaces: Bool?

        public init(version: String, validFrom: String? = nil, validTo: String? = nil, replaces: Bool? = nil) {
            self.version = version
            self.validFrom = validFrom
            self.validTo = validTo
            self.replaces = replaces
        }
    }

    public enum Command: String, Codable, Sendable, CaseIterable {
        /// Anybody who may connect.
        case status
        /// Look into every inbox now. Administrators and who may release.
        case rescan
        /// Try a submission that stalled again now. Administrators and who may release.
        case retry
        /// What a held submission brings. Who may release.
        case held
        /// Let a held submission go on to the seal. Who may release.
        case release
        /// End a held submission; nothing of it is published. Who may release.
        case reject
        /// A published certificate doesn't hold any more. Who may release.
        case withdraw
        /// Put a version of reference data in force. Administrators and who may release.
        case activateReference = "activate-reference"
        /// No vehicle gets a version of reference data any more. Administrators and who may release.
        case retireReference = "retire-reference"
        /// Read the settings again, and say whether they are in force. Administrators only.
        case reload
        /// The incidents shown have been looked at: go on. Administrators only.
        case acknowledge
        /// The directory of a submission is gone for good. Administrators only.
        case declareLost = "declare-lost"
        /// Go on with a ledger that was put back to an older state, for the reason given. Administrators only.
        case acceptRestore = "accept-restore"
        /// Take what an authority signed about a head of the ledger. Administrators, and the anchor group.
        case recordAnchor = "record-anchor"
        /// Copy the ledger. Administrators only.
        case backup
        /// Close the ledger's open volume and open the next one. Administrators only.
        case roll
        /// How the newest backup fares. Administrators only.
        case backupState = "backup-state"

        public var role: Role {
            switch self {
            case .status: .everybody
            case .rescan, .retry, .activateReference, .retireReference: .staff
            case .held, .release, .reject, .withdraw: .releaser
            case .acknowledge, .reload, .declareLost, .acceptRestore, .backup, .backupState, .roll: .administrator
            case .recordAnchor: .anchorer
            }
        }

        /// Whether something is done. The others only look.
        public var isOrder: Bool {
            switch self {
            case .status, .backupState, .held: false
            case .rescan, .retry, .activateReference, .retireReference, .release, .reject, .withdraw, .reload, .acknowledge,
                .declareLost, .acceptRestore, .backup, .roll, .recordAnchor:
                true
            }
        }
    }

    /// Whom the daemon lets ask.
    public enum Role: Sendable {
        case everybody
        /// Root and the release group; without one, administrators.
        case releaser
        /// Root, the daemon's own user and the admin group.
        case administrator
        /// Administrators, and the anchor group.
        case anchorer
        /// Administrators and releasers.
        case staff
    }

    var hasPlausibleID: Bool {
        guard let id else { return true }
        return (1...64).contains(id.utf8.count)
            && id.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "-"):
                    true
                default: false
                }
            }
    }

    public init(
        _ command: Command, submission: String? = nil, certificate: Certificate? = nil, reference: Reference? = nil, reason: String? = nil,
        anchor: AnchorQuestion? = nil, path: String? = nil, page: StatusReport.Page? = nil
    ) {
        self.path = path
        self.page = page
        self.command = command
        self.reference = reference
        self.submission = submission
        self.certificate = certificate
        self.reason = reason
        self.anchor = anchor
    }
}

/// What an authority outside signed about a head of the ledger.
public struct AnchorQuestion: Codable, Sendable, Equatable {
    /// `rfc3161` or `cosignature`.
    public var kind: String
    /// The signed note of the head.
    public var note: String
    /// In base 64.
    public var evidence: String

    public init(kind: String, note: String, evidence: String) {
        self.kind = kind
        self.note = note
        self.evidence = evidence
    }
}

/// A backup of the ledger that the daemon makes or has made since it started.
public struct BackupState: Codable, Sendable, Equatable {
    public var path: String
    public var phase: Phase
    /// Why it failed.
    public var failure: String?
    /// Of one that is done: the entries in it, their root hash, the file's bytes and its digest.
    public var size: Int?
    public var rootHash: String?
    public var bytes: Int?
    public var sha256: String?
    /// The file system and the number of the file there, as the daemon sees it: by them the asker knows whether he sees the same.
    public var device: UInt64?
    public var inode: UInt64?
    /// The files of closed volumes that were copied with it.
    public var closedVolumes: [String]?

    public enum Phase: String, Codable, Sendable {
        case running, done, failed
    }

    public init(path: String, phase: Phase, failure: String? = nil) {
        (self.path, self.phase, self.failure) = (path, phase, failure)
    }
}

/// The answer: a status, a held submission, nothing to say, or a refusal.
public struct ControlAnswer: Codable, Sendable, Equatable {
    public var outcome: Outcome
    public var message: String?
    public var status: StatusReport?
    public var held: HeldReport?
    public var backup: BackupState?

    public enum Outcome: String, Codable, Sendable {
        case done, notAllowed, refused
    }

    public init(
        _ outcome: Outcome, message: String? = nil, status: StatusReport? = nil, held: HeldReport? = nil, backup: BackupState? = nil
    ) {
        self.backup = backup
        self.held = held
        self.outcome = outcome
        self.message = message
        self.status = status
    }
}
