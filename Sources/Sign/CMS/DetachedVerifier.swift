import COpenSSL

/// Verifies detached CAdES baseline B signatures, stricter than CMS alone asks (docs/bundle.md). Any number of threads may use one.
public struct DetachedVerifier: Sendable {
    private let anchors: TrustAnchors
    private let memory = CertificateMemory()

    /// How far ahead of the verifier's clock a claimed signing time may lie.
    static let clockSkew = 300

    /// - Parameter trustedPEM: the certificates to trust, as PEM.
    public init(trustedPEM: [UInt8]) throws(VerificationFailure) {
        anchors = try TrustAnchors(pem: trustedPEM)
    }

    /// Throws unless `signature` is one signer's detached signature over `content` whose certificate chains to a trusted one at the
    /// signing time that it claims.
    ///
    /// - Parameters:
    ///   - signature: the CMS structure in DER.
    ///   - expectedSignerSHA256: the hexadecimal SHA-256 of the only certificate to accept; nil for any trusted one.
    ///   - now: the verifier's clock, in seconds since 1970 UTC; nil is the system's. A signing time beyond it is refused.
    /// - Returns: the signer, with the time claimed.
    public func verify(
        _ signature: [UInt8], content: [UInt8], expectedSignerSHA256: String? = nil, now: Int? = nil
    ) throws(VerificationFailure) -> VerifiedSignature {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let message = memory.message(signature) else {
            throw VerificationFailure(.malformed, "The detached signature isn't a CMS structure: \(OpenSSLErrors.drain()).")
        }
        let signer = try SignerCheck(message).run()
        let time = signer.signingTime
        guard time <= (now ?? ASN1Time.now) + Self.clockSkew else {
            throw VerificationFailure(.certificateNotValid, "The signature claims a time to come, \(ASN1Time.text(time)).")
        }
        if let expectedSignerSHA256, expectedSignerSHA256.lowercased() != signer.certificate.sha256 {
            throw VerificationFailure(.unexpectedSigner, "\(signer.certificate.subject) signed, which isn't the signer expected.")
        }
        try TrustAnchors.checkSealCertificate(signer.certificate)
        try verifyCryptographically(message, content: content, signer: signer)
        return VerifiedSignature(
            signerSHA256: signer.certificate.sha256, subject: signer.certificate.subject,
            organisation: signer.certificate.organisation, signingTime: time)
    }

    /// The path, digest, signature, and (by the CAdES flag) that signing-certificate names the very certificate of the path.
    private func verifyCryptographically(
        _ message: borrowing CMSMessage, content: [UInt8], signer: SignerCheck.Signer
    ) throws(VerificationFailure) {
        guard let store = TrustStore(anchors.certificates, at: signer.signingTime), let data = MemoryBuffer(content) else {
            throw .verifier("memory is short")
        }
        guard CMS_verify(message.pointer, nil, store.pointer, data.pointer, nil, UInt32(CMS_BINARY | CMS_CADES)) == 1 else {
            let reason = OpenSSLErrors.drain()
            // CMS_verify looks for the path first and doesn't say well why there is none.
            _ = try anchors.verify(leaf: signer.certificate, others: signer.others, at: signer.signingTime)
            throw VerificationFailure(.signature, "The detached signature doesn't verify: \(reason).")
        }
    }
}
