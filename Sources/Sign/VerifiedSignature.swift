/// Who sealed something, as a verifier found it in a certificate that chains to a trusted one.
public struct VerifiedSignature: Sendable, Equatable {
    /// SHA-256 of the signer's certificate in DER: 64 lower-case hexadecimal digits.
    public let signerSHA256: String
    /// The certificate's subject as RFC 2253 writes it, in UTF-8.
    public let subject: String
    /// The subject's organisation, or nil when it names none.
    public let organisation: String?
    /// The time that the signer claimed, in seconds since 1970 UTC; nil where the format carries none.
    public let signingTime: Int?
}
