import COpenSSL

/// The certificates that a verifier trusts, and the path from a signer to one of them (RFC 5280, section 6).
///
/// A path holds at one time; every key on it has at least 112 bits of security (RSA 2048) and no signature on it uses SHA-1.
/// A trusted certificate ends the path even when it isn't self-signed. Nothing is fetched.
struct TrustAnchors: Sendable {
    let certificates: [X509Certificate]

    init(pem: [UInt8]) throws(VerificationFailure) {
        guard let certificates = X509Certificate.read(pem: pem), !certificates.isEmpty else {
            throw VerificationFailure(
                .noTrustAnchors, "The trusted certificates can't be read, or there are none.",
                remedy: "Give the issuing authority's certificate as PEM (-----BEGIN CERTIFICATE-----).")
        }
        self.certificates = certificates
    }

    /// Throws unless `leaf` is a certificate for seals that chains to a trusted certificate at `time` (seconds since 1970 UTC).
    /// - Returns: the path, leaf first, trusted certificate last.
    func verify(leaf: X509Certificate, others: [X509Certificate], at time: Int) throws(VerificationFailure) -> [X509Certificate] {
        try SealCertificatePolicy.check(leaf)
        return try path(leaf: leaf, others: others, at: time, purpose: X509_PURPOSE_ANY)
    }

    /// Throws unless `leaf` chains to a trusted certificate at `time`, and all on the way may be used so.
    /// - Parameter purpose: what OpenSSL is to expect of extended usages.
    /// - Returns: the path, leaf first, trusted certificate last.
    func path(
        leaf: X509Certificate, others: [X509Certificate], at time: Int, purpose: Int32
    ) throws(VerificationFailure) -> [X509Certificate] {
        OpenSSLErrors.clear()
        guard let store = TrustStore(certificates, at: time, purpose: purpose), let untrusted = CertificateStack(others),
            let context = X509_STORE_CTX_new()
        else { throw .verifier(OpenSSLErrors.drain()) }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store.pointer, leaf.pointer, untrusted.pointer) == 1 else {
            throw .verifier(OpenSSLErrors.drain())
        }
        let result = X509_verify_cert(context)
        OpenSSLErrors.clear()
        guard result == 1, let chain = X509_STORE_CTX_get1_chain(context) else {
            throw Self.failure(X509_STORE_CTX_get_error(context), leaf: leaf, time: time)
        }
        return CertificateStack(adopting: chain).certificates
    }

    /// When all certificates of a path that holds at `time` are valid.
    static func validity(of path: [X509Certificate], at time: Int) -> ClosedRange<Int> {
        let start = path.map { $0.notBefore ?? time }.max() ?? time
        let end = path.map { $0.notAfter ?? time }.min() ?? time
        return min(start, time)...max(end, time)
    }

    /// A sentence for one of OpenSSL's results of building a path.
    static func failure(_ result: Int32, leaf: X509Certificate, time: Int) -> VerificationFailure {
        let reason = String(cString: X509_verify_cert_error_string(Int(result)))
        switch result {
        case X509_V_ERR_CERT_HAS_EXPIRED, X509_V_ERR_CERT_NOT_YET_VALID:
            return VerificationFailure(
                .certificateNotValid, "A certificate of \(leaf.subject) isn't valid at \(ASN1Time.text(time)): \(reason).")
        case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL:
            return VerificationFailure(.keyTooShort, "A key in the chain of \(leaf.subject) is too short: \(reason).")
        case X509_V_ERR_CA_MD_TOO_WEAK:
            return VerificationFailure(.algorithm, "A certificate in the chain of \(leaf.subject) is signed with SHA-1 or MD5: \(reason).")
        default:
            return VerificationFailure(
                .untrusted, "The certificate of \(leaf.subject) doesn't chain to a trusted one: \(reason).",
                remedy: "Trust its issuing authority if it should be trusted; otherwise don't use this file.")
        }
    }
}

/// OpenSSL's store of trusted certificates with the conditions of `TrustAnchors`, for one verification at one time.
struct TrustStore: ~Copyable {
    let pointer: OpaquePointer

    /// - Parameter purpose: keyUsage is checked apart; seal certificates carry all kinds of extended usages, and CMS would insist on e-mail's.
    /// - Returns: nil when memory is short.
    init?(_ certificates: [X509Certificate], at time: Int, purpose: Int32 = X509_PURPOSE_ANY) {
        guard let pointer = X509_STORE_new() else { return nil }
        guard certificates.allSatisfy({ X509_STORE_add_cert(pointer, $0.pointer) == 1 }),
            Self.configure(pointer, time: time, purpose: purpose)
        else {
            X509_STORE_free(pointer)
            return nil
        }
        self.pointer = pointer
    }

    deinit { X509_STORE_free(pointer) }

    private static func configure(_ store: OpaquePointer, time: Int, purpose: Int32) -> Bool {
        guard let parameters = X509_STORE_get0_param(store) else { return false }
        X509_VERIFY_PARAM_set_time(parameters, time)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        return X509_VERIFY_PARAM_set_purpose(parameters, purpose) == 1
            && X509_VERIFY_PARAM_set_flags(parameters, UInt(X509_V_FLAG_PARTIAL_CHAIN)) == 1
    }
}

extension VerificationFailure {
    static func verifier(_ reason: String) -> VerificationFailure {
        VerificationFailure(.verifier, "The signature couldn't be checked: \(reason).", remedy: "Try again; if it stays, report it.")
    }
}
