/// What went wrong with the ledger, where, and what to do about it.
public struct LedgerError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    /// What failed, as a clause: "the ledger can't be opened: unable to open database file".
    public let what: String
    /// The database or key file it happened to.
    public let path: String
    /// What a person can do about it, in one sentence.
    public let remedy: String

    public enum Code: Sendable, Equatable {
        /// The database isn't there, isn't a ledger, is of another version, or is held by another process.
        case open
        /// What the database says contradicts itself or its signature.
        case corrupt
        case read
        /// A write or a sync failed: the ledger takes nothing more until it is opened again.
        case write
        /// No space was left; otherwise as `write`.
        case full
        /// Another process holds the database locked: the same call may work when it has let go.
        case locked
        /// The file's name leads to another file, or to none: somebody replaced, moved or deleted it.
        case replaced
        /// The checkpoint key is missing, unreadable or open to others.
        case key
        /// The ledger was closed before.
        case closed
        /// It contradicts what was remembered of it: nothing is taken until somebody records why.
        case withheld
        /// The events contradict the ledger's content. Nothing of the call was written, and the ledger goes on.
        case refused(Refusal)
    }

    public enum Refusal: Error, Sendable, Equatable {
        /// `validated` for an identity that the ledger already holds.
        case certificateExists(vin: String, stage: Int, version: Int)
        /// A later step of a certificate that this submission never validated.
        case unknownCertificate(vin: String, stage: Int, version: Int)
        /// `collected` or `acknowledged` for a bundle that was never published to this destination, or was recorded as such before.
        case noDelivery(bundle: String, destination: String)
        /// `received` for a submission that the ledger already holds.
        case submissionExists(String)
        /// `moved` that answers no open `moving` of the same submission, folders and digest.
        case noOpenMove(submission: String, from: String, to: String)
        /// `declared-lost` for a submission that isn't in work: never received, at its end, or declared lost before.
        case notInWork(String)
        /// The volume can't be closed now.
        case volumeStays(reason: String)
        /// The event doesn't follow the catalogue of kinds.
        case invalidEvent(String)
        /// The record would be longer than 65,535 bytes.
        case recordTooLong(bytes: Int)
        /// An anchor of something that isn't a head of this ledger.
        case foreignHead(reason: String)
    }

    public init(_ code: Code, _ what: String, path: String, remedy: String) {
        self.code = code
        self.what = what
        self.path = path
        self.remedy = remedy
    }

    public var description: String { "\(what) (\(path)). \(remedy)" }

    static func refused(_ refusal: Refusal, path: String) -> LedgerError {
        LedgerError(.refused(refusal), refusal.sentence, path: path, remedy: refusal.remedy)
    }
}

extension LedgerError.Refusal {
    fileprivate var sentence: String {
        switch self {
        case .certificateExists(let vin, let stage, let version):
            "the ledger already holds a certificate for \(vin), stage \(stage), version \(version)"
        case .unknownCertificate(let vin, let stage, let version):
            "this submission never validated a certificate for \(vin), stage \(stage), version \(version)"
        case .noDelivery(let bundle, let destination):
            "no bundle \(bundle) waits in the outbox of \(destination) for this to be said of it"
        case .submissionExists(let id): "the ledger has already received submission \(id)"
        case .noOpenMove(let submission, let from, let to): "no open move of submission \(submission) from \(from) to \(to)"
        case .notInWork(let id): "the ledger has no submission \(id) in work"
        case .volumeStays(let reason): "the volume stays open: \(reason)"
        case .invalidEvent(let reason): "an event doesn't follow the catalogue: \(reason)"
        case .recordTooLong(let bytes): "a record of \(bytes) bytes is longer than 65,535"
        case .foreignHead(let reason): "what was anchored isn't a head of this ledger: \(reason)"
        }
    }

    fileprivate var remedy: String {
        switch self {
        case .certificateExists: "Ask for the newest version and take the next one, or answer the record as a duplicate."
        case .unknownCertificate: "Commit its validation first."
        case .noDelivery: "Commit its publication first, and each collection and each answer once."
        case .submissionExists: "Give every submission an id of its own."
        case .noOpenMove: "Commit the intent to move before the move."
        case .notInWork: "'ecocctl list' shows where each submission is."
        case .volumeStays: "Ask again when 'ecocctl status' says idle and nobody else reads the ledger."
        case .invalidEvent: "This is a fault in ecocd: report it."
        case .recordTooLong: "Shorten its texts."
        case .foreignHead: "Anchor the head that 'ecocctl ledger checkpoint' prints."
        }
    }
}
