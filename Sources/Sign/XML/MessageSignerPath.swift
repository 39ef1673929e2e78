import Synchronization

/// The way from the certificates in a message to a trusted one, remembered for the messages that follow.
///
/// Without revocation lists a path depends on nothing but the certificates and the time. So the last good one serves all messages that
/// carry the very same bytes, at any time at which all of its certificates are valid: reading keys anew is half of the cost of a verification.
final class MessageSignerPath: Sendable {
    private struct Known {
        let encodings: [[UInt8]]
        let signer: X509Certificate
        let validity: ClosedRange<Int>
    }

    private let anchors: TrustAnchors
    private let known = Mutex<Known?>(nil)

    init(_ anchors: TrustAnchors) { self.anchors = anchors }

    /// Throws unless the certificates lead to a trusted one at `time`.
    /// - Parameter encodings: in DER, the signer's first; at least one.
    /// - Returns: the signer's certificate.
    func signer(of encodings: [[UInt8]], at time: Int) throws(VerificationFailure) -> X509Certificate {
        let remembered = known.withLock { known -> X509Certificate? in
            guard let known, known.validity.contains(time), known.encodings == encodings else { return nil }
            return known.signer
        }
        if let remembered { return remembered }
        var certificates: [X509Certificate] = []
        for encoding in encodings {
            guard let certificate = X509Certificate(der: encoding) else {
                throw VerificationFailure(.structure, "A certificate of the signature can't be read.")
            }
            certificates.append(certificate)
        }
        let path = try verify(certificates, at: time)
        remember(Known(encodings: encodings, signer: certificates[0], validity: TrustAnchors.validity(of: path, at: time)))
        return certificates[0]
    }

    private func remember(_ path: Known) { known.withLock { $0 = path } }

    /// XML signatures don't cover the certificates that they carry: so each must be the issuer of the one before it, up to a trusted
    /// one, and none may be there that the path doesn't need.
    private func verify(_ certificates: [X509Certificate], at time: Int) throws(VerificationFailure) -> [X509Certificate] {
        let path = try anchors.verify(leaf: certificates[0], others: Array(certificates.dropFirst()), at: time)
        for (certificate, issuer) in zip(certificates, certificates.dropFirst()) where !certificate.isSigned(by: issuer) {
            throw VerificationFailure(.structure, "The signature carries a certificate that isn't the issuer of the one before it.")
        }
        try CarriedCertificates.check(certificates, path: path, trusted: anchors.certificates)
        return path
    }
}
