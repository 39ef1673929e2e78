/// Verifies the seal of an IVI 2.0 message with libxmlsec1: a second implementation, which shares no code with `MessageSealer`.
///
/// It opens no file and no connection. Any number of threads may use one.
public struct MessageVerifier: Sendable {
    private let path: MessageSignerPath

    /// The largest message that is looked at, in bytes.
    public static let maximumBytes = 8 << 20

    /// - Parameter trustedPEM: the certificates to trust, as PEM.
    public init(trustedPEM: [UInt8]) throws(VerificationFailure) {
        path = MessageSignerPath(try TrustAnchors(pem: trustedPEM))
    }

    /// Throws unless `bytes` is a message with exactly the signature of the profile `eucaris`, whole, by a certificate for seals that
    /// chains to a trusted one (docs/bundle.md).
    ///
    /// - Parameter time: when the certificates must be valid, in seconds since 1970 UTC; nil is now.
    public func verify(_ bytes: [UInt8], at time: Int? = nil) throws(VerificationFailure) -> VerifiedSignature {
        guard XMLSecurity.isReady else { throw .verifier("libxmlsec1 couldn't be started") }
        try SealedMessageCheck.check(bytes)
        let log = XMLErrorLog()
        guard let tree = XMLTree(bytes, log: log) else {
            throw VerificationFailure(.malformed, "The message isn't well-formed XML: \(log.text).")
        }
        let parts = try SealedMessageCheck.parts(of: tree)
        let signer = try path.signer(of: parts.certificates, at: time ?? ASN1Time.now)
        try XMLSignature.verify(parts.signature, signer: signer)
        return VerifiedSignature(signerSHA256: signer.sha256, subject: signer.subject, organisation: signer.organisation, signingTime: nil)
    }
}
