/// Why a signature isn't accepted: what was found, and what it means for whoever holds the file.
///
/// Two failures are equal when their codes are, so a caller compares codes and shows the sentences.
public struct VerificationFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let remedy: String

    public enum Code: String, Sendable, CaseIterable {
        case noTrustAnchors = "no-trust-anchors"
        case tooLarge = "too-large"
        /// Not well-formed, or not in the encoding and with the XML declaration that a message has.
        case malformed
        case doctype
        /// Well-formed, but not exactly the shape of a sealed message or of a detached signature.
        case structure
        case algorithm
        case keyTooShort = "key-too-short"
        case keyUsage = "key-usage"
        case extendedKeyUsage = "extended-key-usage"
        /// The certificate issues certificates.
        case authority = "certificate-authority"
        /// The certificate names no organisation.
        case organisation
        case untrusted
        case certificateNotValid = "certificate-not-valid"
        case unexpectedSigner = "unexpected-signer"
        case missingAttribute = "missing-attribute"
        /// The bytes aren't those that were signed.
        case signature
        /// The verifying library itself failed.
        case verifier
    }

    init(_ code: Code, _ message: String, remedy: String = Self.doNotUse) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    static let doNotUse = "Don't use this file; ask the sender for it again."

    public var description: String { "\(message) \(remedy)" }

    public static func == (left: VerificationFailure, right: VerificationFailure) -> Bool { left.code == right.code }
}
