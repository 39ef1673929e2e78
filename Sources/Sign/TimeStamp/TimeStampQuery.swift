import COpenSSL
import Hashing

/// A question to a time-stamping authority (RFC 3161, section 2.4.1) with a nonce of its own: SHA-256 of the bytes, and nothing of them else.
public struct TimeStampQuery: Sendable {
    /// The request in DER.
    public let der: [UInt8]
    private let nonce: UInt64

    /// The types of what is sent and what comes back (section 3.4).
    public static let requestType = "application/timestamp-query"
    public static let responseType = "application/timestamp-reply"

    /// - Parameter policy: the object identifier of the policy to ask for; nil leaves it to the authority.
    public init(of bytes: [UInt8], policy: String? = nil) throws(TimeStampFailure) {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        // Above 2^62, so that its length tells nothing and it is never negative.
        nonce = UInt64.random(in: 1 << 62..<1 << 63)
        guard let request = TS_REQ_new() else { throw .verifier(OpenSSLErrors.drain()) }
        defer { TS_REQ_free(request) }
        guard Self.fill(request, digest: SHA256.digest(of: bytes).bytes, nonce: nonce) else { throw .verifier(OpenSSLErrors.drain()) }
        if let policy {
            guard let object = OBJ_txt2obj(policy, 1) else {
                throw TimeStampFailure(.policy, "'\(policy)' isn't an object identifier.", remedy: "Write it as in 1.3.6.1.4.1.4146.2.3.")
            }
            defer { ASN1_OBJECT_free(object) }
            guard TS_REQ_set_policy_id(request, object) == 1 else { throw .verifier(OpenSSLErrors.drain()) }
        }
        guard let encoded = DER.bytes({ i2d_TS_REQ(request, $0) }) else { throw .verifier(OpenSSLErrors.drain()) }
        der = encoded
    }

    private static func fill(_ request: OpaquePointer, digest: [UInt8], nonce: UInt64) -> Bool {
        guard let imprint = TS_MSG_IMPRINT_new() else { return false }
        defer { TS_MSG_IMPRINT_free(imprint) }
        guard let algorithm = X509_ALGOR_new() else { return false }
        defer { X509_ALGOR_free(algorithm) }
        guard let number = ASN1_INTEGER_new() else { return false }
        defer { ASN1_INTEGER_free(number) }
        var digest = digest
        return X509_ALGOR_set0(algorithm, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil) == 1
            && TS_MSG_IMPRINT_set_algo(imprint, algorithm) == 1 && TS_MSG_IMPRINT_set_msg(imprint, &digest, Int32(digest.count)) == 1
            && ASN1_INTEGER_set_uint64(number, nonce) == 1 && TS_REQ_set_version(request, 1) == 1
            && TS_REQ_set_msg_imprint(request, imprint) == 1 && TS_REQ_set_nonce(request, number) == 1
            && TS_REQ_set_cert_req(request, 1) == 1
    }

    /// The token that the authority gave to this question, in DER. `TimeStampVerifier` says what it is worth.
    public func token(inResponse response: [UInt8]) throws(TimeStampFailure) -> [UInt8] {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard let parsed = DER.read(response, d2i_TS_RESP) else {
            throw TimeStampFailure(
                .malformed, "What the authority answered isn't a time-stamp response.", remedy: "Check the authority's address.")
        }
        defer { TS_RESP_free(parsed) }
        try Self.checkStatus(TS_RESP_get_status_info(parsed))
        guard let token = TS_RESP_get_token(parsed), let info = TS_RESP_get_tst_info(parsed),
            let encoded = DER.bytes({ i2d_PKCS7(token, $0) })
        else { throw TimeStampFailure(.malformed, "The authority's response has no token.") }
        var number: UInt64 = 0
        guard let answered = TS_TST_INFO_get_nonce(info), ASN1_INTEGER_get_uint64(&number, answered) == 1, number == nonce else {
            throw TimeStampFailure(.nonce, "The token's nonce isn't the one of the question: it answers another one.")
        }
        return encoded
    }

    /// Granted, with or without modifications (section 2.4.2): what may be modified is checked.
    private static func checkStatus(_ status: OpaquePointer?) throws(TimeStampFailure) {
        guard let status, let number = TS_STATUS_INFO_get0_status(status) else {
            throw TimeStampFailure(.malformed, "The authority's response has no status.")
        }
        let code = ASN1_INTEGER_get(number)
        guard code != 0, code != 1 else { return }
        let words = ["granted", "granted with modifications", "rejection", "waiting", "revocation warning", "revocation"]
        let word = words.indices.contains(code) ? words[code] : "status \(code)"
        throw TimeStampFailure(
            .rejected, "The authority gives no token: \(word)\(text(of: status)).", remedy: "Ask who runs the authority.")
    }

    private static func text(of status: OpaquePointer) -> String {
        guard let texts = TS_STATUS_INFO_get0_text(status) else { return "" }
        let lines = (0..<max(0, OPENSSL_sk_num(texts))).compactMap { index -> String? in
            guard let value = OPENSSL_sk_value(texts, index) else { return nil }
            let string = value.assumingMemoryBound(to: ASN1_STRING.self)
            return String(
                decoding: UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string))), as: UTF8.self)
        }
        return lines.isEmpty ? "" : " (\(lines.joined(separator: "; ")))"
    }
}
