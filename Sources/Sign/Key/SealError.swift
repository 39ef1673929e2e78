/// Why a key can't be used or something can't be sealed: what, and what to do about it.
///
/// Two errors are equal when their codes are, so a caller compares codes and shows the sentences.
public struct SealError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let remedy: String

    public enum Code: String, Sendable, CaseIterable {
        case unreadableKey = "unreadable-key"
        case wrongPassphrase = "wrong-passphrase"
        case unreadableCertificate = "unreadable-certificate"
        case keyMismatch = "key-mismatch"
        case notRSA = "not-rsa"
        case keyTooShort = "key-too-short"
        case weakDigest = "weak-digest"
        case keyUsage = "key-usage"
        /// The certificates given lead to none that is trusted.
        case untrusted
        case notYetValid = "not-yet-valid"
        case expired
        case alreadySigned = "already-signed"
        case notCanonical = "not-canonical"
        case signing
        case fileExists = "file-exists"
        case cannotWrite = "cannot-write"
    }

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    public var description: String { "\(message) \(remedy)" }

    public static func == (left: SealError, right: SealError) -> Bool { left.code == right.code }
}
