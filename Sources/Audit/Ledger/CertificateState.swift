/// How far one certificate has come, as of the last commit.
public struct CertificateState: Sendable, Equatable {
    public let vin: String
    public let stage: Int
    public let version: Int
    public let submission: String
    /// The row of the submission it came from.
    public let row: Int
    public let state: Step
    /// Digest of the content that makes two records of one vehicle the same or a correction.
    public let contentSHA256: String
    public let referenceID: String?
    public let referenceSHA256: String?
    /// Of the XML as the newest `generated` or `sealed` gave it; nil before.
    public let xmlSHA256: String?
    /// The bundle's file name and digest as the newest `publishing` or `published` gave them; nil before.
    public let bundle: String?
    public let bundleSHA256: String?
    /// Where in the ledger its `validated` stands.
    public let firstPosition: Int
    /// Where in the ledger its newest event stands.
    public let position: Int

    /// The kind of its newest event, in the order in which they follow each other.
    public enum Step: String, Sendable, CaseIterable, Comparable {
        /// A person rejected its submission before anything was sealed, or declared it lost: its version is free again.
        case rejected
        /// It was sealed and not published when a person declared its submission lost: the version is used up.
        case lost
        case validated, generated, sealed, publishing, published
        /// Published, and a person said that it doesn't hold any more.
        case withdrawn

        private var place: Int { Self.allCases.firstIndex(of: self) ?? 0 }

        public static func < (left: Step, right: Step) -> Bool { left.place < right.place }
    }
}

/// How far the certificate of one row has come.
public struct CertificateStep: Sendable, Equatable {
    public let row: Int
    public let step: CertificateState.Step
}
