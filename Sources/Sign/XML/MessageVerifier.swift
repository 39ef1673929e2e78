/// Verifies the seal of an IVI 2.0 message with libxmlsec1: a second implementation, which shares no code with `MessageSealer`.
///
/// It opens no file and no connection, and holds no state but the trusted certificates: any number of threads may use one.
public struct MessageVerifier: Sendable {
    private let anchors: TrustAnchors

    /// The largest message that is looked at, in bytes.
    public static let maximumBytes = 8 << 20

    /// - Parameter trustedPEM: the certificates to trust, as PEM.
    public init(trustedPEM: [UInt8]) throws(VerificationFailure) {
        anchors = try TrustAnchors(pem: trustedPEM)
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
        let signer = parts.certificates[0]
        try verifyPath(parts.certificates, at: time ?? ASN1Time.now)
        try XMLSignature.verify(parts.signature, signerDER: signer.der)
        return VerifiedSignature(signerSHA256: signer.sha256, subject: signer.subject, organisation: signer.organisation, signingTime: nil)
    }

    /// XML signatures don't cover the certificates that they carry: so each must be the issuer of the one before it, up to a trusted one.
    private func verifyPath(_ certificates: [X509Certificate], at time: Int) throws(VerificationFailure) {
        let path = try anchors.verify(leaf: certificates[0], others: Array(certificates.dropFirst()), at: time)
        for (certificate, issuer) in zip(certificates, certificates.dropFirst()) where !certificate.isSigned(by: issuer) {
            throw VerificationFailure(.structure, "The signature carries a certificate that isn't the issuer of the one before it.")
        }
        guard let last = certificates.last, last.isSigned(by: last) || path.contains(where: { $0.sha256 == last.sha256 }) else {
            throw VerificationFailure(.untrusted, "The signature carries a certificate that doesn't lead to a trusted one.")
        }
    }
}
