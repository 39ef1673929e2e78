import COpenSSL

/// A time-stamp that was found good.
public struct VerifiedTimeStamp: Sendable, Equatable {
    /// The subject of the authority's certificate, as RFC 2253 writes it.
    public let authority: String
    /// Seconds since 1970 UTC.
    public let time: Int
}

/// Judges RFC 3161 tokens. Any number of threads may use one.
public struct TimeStampVerifier: Sendable {
    private let anchors: TrustAnchors
    private let policy: String?
    private let skew: Int

    /// - Parameters:
    ///   - trustedPEM: the authorities to trust, as PEM.
    ///   - policy: the object identifier of the only policy to accept; nil accepts any.
    ///   - skew: seconds that the authority's clock and ours may lie apart.
    public init(trustedPEM: [UInt8], policy: String? = nil, skew: Int = 300) throws(TimeStampFailure) {
        do throws(VerificationFailure) { anchors = try TrustAnchors(pem: trustedPEM) } catch {
            throw TimeStampFailure(.untrusted, error.message, remedy: error.remedy)
        }
        self.policy = policy
        self.skew = skew
    }

    /// Throws unless the token is over these bytes, made by a trusted authority for time-stamps whose certificate held at that time.
    ///
    /// - Parameters:
    ///   - token: in DER.
    ///   - isFresh: whether it was made just now, so that its time must be about ours; an old one must only not lie ahead.
    ///   - now: seconds since 1970 UTC; nil is the system's clock.
    public func verify(
        _ token: [UInt8], over bytes: [UInt8], isFresh: Bool, now: Int? = nil
    ) throws(TimeStampFailure) -> VerifiedTimeStamp {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let parsed = TimeStampToken(der: token), let time = parsed.time else {
            throw TimeStampFailure(.malformed, "The evidence isn't a time-stamp token.")
        }
        guard parsed.isOver(bytes) else {
            throw TimeStampFailure(.imprint, "The token isn't over SHA-256 of these bytes: it stamps something else.")
        }
        if let policy, parsed.policy != policy {
            throw TimeStampFailure(.policy, "The token was made under the policy \(parsed.policy), not \(policy).")
        }
        try check(time: time, isFresh: isFresh, now: now ?? ASN1Time.now)
        guard let digest = parsed.digest, [NID_sha256, NID_sha384, NID_sha512].contains(digest) else {
            throw TimeStampFailure(.algorithm, "The token isn't signed once with SHA-256, SHA-384 or SHA-512.")
        }
        guard let signer = parsed.signer else {
            throw TimeStampFailure(.malformed, "The token doesn't carry its authority's certificate.")
        }
        try Self.checkUsage(signer)
        do throws(VerificationFailure) {
            _ = try anchors.path(leaf: signer, others: parsed.certificates, at: time, purpose: X509_PURPOSE_TIMESTAMP_SIGN)
        } catch {
            throw TimeStampFailure(.untrusted, error.message, remedy: error.remedy)
        }
        try verifySignature(parsed, at: time)
        return VerifiedTimeStamp(authority: signer.subject, time: time)
    }

    private func check(time: Int, isFresh: Bool, now: Int) throws(TimeStampFailure) {
        guard time - now > skew || isFresh && now - time > skew else { return }
        throw TimeStampFailure(
            .skew, "The token says \(ASN1Time.text(time)) and it is \(ASN1Time.text(now)), more than \(skew) seconds apart.",
            remedy: "Check this machine's clock.")
    }

    /// For time-stamps and nothing else, and critical (RFC 3161, section 2.3).
    private static func checkUsage(_ certificate: X509Certificate) throws(TimeStampFailure) {
        let failure = TimeStampFailure(
            .usage, "The certificate of \(certificate.subject) isn't one for time-stamps alone: the critical extended usage is missing.",
            remedy: "Use another authority.")
        var isCritical: Int32 = 0
        guard let value = X509_get_ext_d2i(certificate.pointer, NID_ext_key_usage, &isCritical, nil) else { throw failure }
        let usages = OpaquePointer(value)
        defer { OPENSSL_sk_pop_free(usages) { ASN1_OBJECT_free($0.map { OpaquePointer($0) }) } }
        guard isCritical == 1, OPENSSL_sk_num(usages) == 1, let usage = OPENSSL_sk_value(usages, 0),
            OBJ_obj2nid(OpaquePointer(usage)) == NID_time_stamp
        else { throw failure }
    }

    /// The signature, and that the signed attribute signing-certificate (or its second version) names the very certificate.
    private func verifySignature(_ token: borrowing TimeStampToken, at time: Int) throws(TimeStampFailure) {
        guard let store = TrustStore(anchors.certificates, at: time, purpose: X509_PURPOSE_TIMESTAMP_SIGN),
            let context = TS_VERIFY_CTX_new()
        else { throw .verifier(OpenSSLErrors.drain()) }
        defer { TS_VERIFY_CTX_free(context) }
        guard X509_STORE_up_ref(store.pointer) == 1 else { throw .verifier(OpenSSLErrors.drain()) }
        TS_VERIFY_CTX_set_store(context, store.pointer)  // owns the reference
        TS_VERIFY_CTX_set_flags(context, ecocd_ts_verify_flags)
        guard TS_RESP_verify_token(context, token.pointer) == 1 else {
            throw TimeStampFailure(.signature, "The token's signature doesn't verify: \(OpenSSLErrors.drain()).")
        }
    }
}
