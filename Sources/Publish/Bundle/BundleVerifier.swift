public import Audit
public import Sign

/// Checks a bundle, stricter than validators in use do (docs/bundle.md). Any number of threads may use one.
///
/// The certificates must be valid at the signing time that the bundle claims. A signature of level B can't prove that time: whoever needs
/// proof takes the time at which the bundle came in.
public struct BundleVerifier: Sendable {
    let messages: MessageVerifier
    let signatures: DetachedVerifier
    let expectedSignerSHA256: String?
    let expectedOrganisation: String?
    let ledgerKey: VerifierKey?
    let requiresLedgerProof: Bool

    /// - Parameters:
    ///   - trustedPEM: the certificates to trust, as PEM.
    ///   - expectedSignerSHA256: the hexadecimal SHA-256 of the only certificate accepted for both signatures; nil for any trusted one.
    ///   - expectedOrganisation: the only organisation (O of both certificates' subjects, letter by letter) accepted; nil for any: an authority
    ///     that is trusted issues certificates for other companies, too.
    ///   - ledgerKey: what must have signed the ledger's head that a bundle's proof leads to; nil leaves that signature unchecked.
    ///   - requiresLedgerProof: whether a bundle without proof, as older programs made them, is refused.
    public init(
        trustedPEM: [UInt8], expectedSignerSHA256: String? = nil, expectedOrganisation: String? = nil, ledgerKey: VerifierKey? = nil,
        requiresLedgerProof: Bool = false
    ) throws(VerificationFailure) {
        messages = try MessageVerifier(trustedPEM: trustedPEM)
        signatures = try DetachedVerifier(trustedPEM: trustedPEM)
        self.expectedSignerSHA256 = expectedSignerSHA256?.lowercased()
        self.expectedOrganisation = expectedOrganisation
        self.ledgerKey = ledgerKey
        self.requiresLedgerProof = requiresLedgerProof
    }

    /// Checks one bundle.
    ///
    /// - Parameter now: the verifier's clock, in seconds since 1970 UTC; nil is the system's.
    public func verify(_ bytes: [UInt8], now: Int? = nil) -> BundleVerification {
        var inspection = BundleInspection(self, now: now)
        do throws(BundleInspection.Stop) {
            return try inspection.run(bytes)
        } catch {
            return BundleVerification(
                checks: inspection.checks, message: nil, vin: nil, messageSigner: nil, bundleSigner: nil, files: [:])
        }
    }
}
