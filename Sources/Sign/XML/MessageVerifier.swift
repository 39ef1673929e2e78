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
    /// chains to a trusted one.
    ///
    /// - Parameters:
    ///   - time: when the certificates must be valid, in seconds since 1970 UTC; nil is now.
    public func verify(_ bytes: [UInt8], at time: Int? = nil) throws(VerificationFailure) -> VerifiedSignature {
        throw .verifier("not yet written")
    }
}
