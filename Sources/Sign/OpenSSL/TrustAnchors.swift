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
        do throws(PathFault) {
            return try paths(leaf: leaf, others: others, at: time, purpose: purpose, atMost: 1)[0]
        } catch {
            throw VerificationFailure(error, leaf: leaf, time: time)
        }
    }

    /// All paths from `leaf` to a trusted certificate that hold at `time`; at least one.
    /// - Parameters:
    ///   - time: seconds since 1970 UTC; nil leaves validity out of it.
    ///   - maximum: how many are enough.
    /// - Throws: the first fault of the first path that doesn't hold.
    func paths(
        leaf: X509Certificate, others: [X509Certificate], at time: Int?, purpose: Int32 = X509_PURPOSE_ANY, atMost maximum: Int = .max
    ) throws(PathFault) -> [[X509Certificate]] {
        let search = IssuerSearch(from: leaf, trusted: certificates, others: others)
        var good: [[X509Certificate]] = []
        var first: PathFault?
        for path in search.paths where good.count < maximum {
            do throws(PathFault) {
                try Self.judge(path, at: time, purpose: purpose)
                good.append(path)
            } catch { first = first ?? error }
        }
        guard good.isEmpty else { return good }
        throw first ?? PathFault(deadEnd: search.deadEnd, leaf: leaf)
    }

    /// Throws unless OpenSSL accepts exactly this path, of which only the last certificate is trusted.
    private static func judge(_ path: [X509Certificate], at time: Int?, purpose: Int32) throws(PathFault) {
        guard let leaf = path.first, let last = path.last else { return }
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let store = TrustStore([last], at: time, purpose: purpose), let untrusted = CertificateStack(path.dropLast()),
            let context = X509_STORE_CTX_new()
        else { throw PathFault(.library(OpenSSLErrors.drain()), at: leaf) }
        defer { X509_STORE_CTX_free(context) }
        guard X509_STORE_CTX_init(context, store.pointer, leaf.pointer, untrusted.pointer) == 1 else {
            throw PathFault(.library(OpenSSLErrors.drain()), at: leaf)
        }
        guard X509_verify_cert(context) != 1 else { return }
        let depth = Int(X509_STORE_CTX_get_error_depth(context))
        throw PathFault(X509_STORE_CTX_get_error(context), at: path.indices.contains(depth) ? path[depth] : leaf)
    }

    /// When all certificates of a path that holds at `time` are valid.
    static func validity(of path: [X509Certificate], at time: Int) -> ClosedRange<Int> {
        let start = path.map { $0.notBefore ?? time }.max() ?? time
        let end = path.map { $0.notAfter ?? time }.min() ?? time
        return min(start, time)...max(end, time)
    }
}

/// OpenSSL's store of trusted certificates with the conditions of `TrustAnchors`, for one verification at one time.
struct TrustStore: ~Copyable {
    let pointer: OpaquePointer

    /// - Parameters:
    ///   - time: nil leaves validity out of it.
    ///   - purpose: keyUsage is checked apart; seal certificates carry all kinds of extended usages, and CMS would insist on e-mail's.
    /// - Returns: nil when memory is short.
    init?(_ certificates: [X509Certificate], at time: Int?, purpose: Int32 = X509_PURPOSE_ANY) {
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

    private static func configure(_ store: OpaquePointer, time: Int?, purpose: Int32) -> Bool {
        guard let parameters = X509_STORE_get0_param(store) else { return false }
        if let time { X509_VERIFY_PARAM_set_time(parameters, time) }
        let flags = X509_V_FLAG_PARTIAL_CHAIN | (time == nil ? X509_V_FLAG_NO_CHECK_TIME : 0)
        X509_VERIFY_PARAM_set_auth_level(parameters, 2)
        return X509_VERIFY_PARAM_set_purpose(parameters, purpose) == 1
            && X509_VERIFY_PARAM_set_flags(parameters, UInt(flags)) == 1
    }
}

extension VerificationFailure {
    static func verifier(_ reason: String) -> VerificationFailure {
        VerificationFailure(.verifier, "The signature couldn't be checked: \(reason).", remedy: "Try again; if it stays, report it.")
    }
}
