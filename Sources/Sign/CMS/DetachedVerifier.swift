import COpenSSL

/// Verifies detached CAdES baseline B signatures, stricter than CMS alone asks (docs/bundle.md). Any number of threads may use one.
public struct DetachedVerifier: Sendable {
    private let path: SignerPath
    private let memory = CertificateMemory()

    /// The largest signature that is looked at, in bytes. A real one has about 3 KB for each of its certificates.
    static let maximumBytes = 64 << 10

    /// How far ahead of the verifier's clock a claimed signing time may lie.
    static let clockSkew = 300

    /// - Parameter trustedPEM: the certificates to trust, as PEM.
    public init(trustedPEM: [UInt8]) throws(VerificationFailure) {
        path = SignerPath(try TrustAnchors(pem: trustedPEM))
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
        guard signature.count <= Self.maximumBytes else {
            throw VerificationFailure(.tooLarge, "The detached signature is larger than \(Self.maximumBytes >> 10) KiB.")
        }
        guard let message = memory.message(signature) else {
            throw VerificationFailure(.malformed, "The detached signature isn't a CMS structure: \(OpenSSLErrors.drain()).")
        }
        let check = SignerCheck(message)
        let signer = try check.run()
        let time = signer.signingTime
        guard time <= (now ?? ASN1Time.now) + Self.clockSkew else {
            throw VerificationFailure(.certificateNotValid, "The signature claims a time to come, \(ASN1Time.text(time)).")
        }
        if let expectedSignerSHA256, expectedSignerSHA256.lowercased() != signer.certificate.sha256 {
            throw VerificationFailure(.unexpectedSigner, "\(signer.certificate.subject) signed, which isn't the signer expected.")
        }
        let path = try path.path(leaf: signer.certificate, others: signer.others, at: time)
        guard check.names(path) else {
            throw VerificationFailure(.signature, "The detached signature's attribute signing-certificate-v2 names another certificate.")
        }
        try SignedDataForm(message, signer).check(signature)
        try verifyCryptographically(message, content: content)
        return VerifiedSignature(
            signerSHA256: signer.certificate.sha256, subject: signer.certificate.subject,
            organisation: signer.certificate.organisation, signingTime: time)
    }

    /// Digest and signature; the signer's certificate is known to be trusted.
    private func verifyCryptographically(_ message: borrowing CMSMessage, content: [UInt8]) throws(VerificationFailure) {
        guard let data = MemoryBuffer(content) else { throw .verifier("memory is short") }
        guard CMS_verify(message.pointer, nil, nil, data.pointer, nil, UInt32(CMS_BINARY | CMS_NO_SIGNER_CERT_VERIFY)) == 1 else {
            throw VerificationFailure(.signature, "The detached signature doesn't verify: \(OpenSSLErrors.drain()).")
        }
    }
}
