import COpenSSL
import Hashing

/// One RFC 3161 token as parsed: the only owner of its structures.
struct TimeStampToken: ~Copyable {
    let pointer: UnsafeMutablePointer<PKCS7>
    private let info: OpaquePointer

    /// Nil when `der` isn't exactly one token in DER.
    init?(der: [UInt8]) {
        OpenSSLErrors.clear()
        guard let token = DER.read(der, d2i_PKCS7) else { return nil }
        guard DER.bytes({ i2d_PKCS7(token, $0) }) == der, let info = PKCS7_to_TS_TST_INFO(token) else {
            PKCS7_free(token)
            return nil
        }
        pointer = token
        self.info = info
    }

    deinit {
        TS_TST_INFO_free(info)
        PKCS7_free(pointer)
    }

    /// Seconds since 1970 UTC; nil when the field is broken.
    var time: Int? { ASN1Time.seconds(TS_TST_INFO_get_time(info).map { UnsafePointer($0) }) }

    /// The object identifier of the policy under which it was made.
    var policy: String {
        guard let object = TS_TST_INFO_get_policy_id(info) else { return "" }
        var text = [CChar](repeating: 0, count: 256)
        let count = OBJ_obj2txt(&text, Int32(text.count), object, 1)
        return count > 0 && count < text.count ? String(decoding: text.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self) : ""
    }

    /// Whether it is over SHA-256 of these bytes.
    func isOver(_ bytes: [UInt8]) -> Bool {
        guard let imprint = TS_TST_INFO_get_msg_imprint(info), let algorithm = TS_MSG_IMPRINT_get_algo(imprint),
            let digest = TS_MSG_IMPRINT_get_msg(imprint), OBJ_obj2nid(algorithm.pointee.algorithm) == NID_sha256
        else { return false }
        let value = UnsafeBufferPointer(start: ASN1_STRING_get0_data(digest), count: Int(ASN1_STRING_length(digest)))
        return value.elementsEqual(SHA256.digest(of: bytes).bytes)
    }

    /// The digest of the one signature on it; nil unless there is exactly one.
    var digest: Int32? {
        guard let signers = PKCS7_get_signer_info(pointer), OPENSSL_sk_num(signers) == 1, let value = OPENSSL_sk_value(signers, 0) else {
            return nil
        }
        var algorithm: UnsafeMutablePointer<X509_ALGOR>?
        PKCS7_SIGNER_INFO_get0_algs(value.assumingMemoryBound(to: PKCS7_SIGNER_INFO.self), nil, &algorithm, nil)
        return algorithm.map { OBJ_obj2nid($0.pointee.algorithm) }
    }

    /// The certificate that signed, which the token must carry; nil when it doesn't.
    var signer: X509Certificate? {
        guard let signers = PKCS7_get0_signers(pointer, nil, 0) else { return nil }
        defer { OPENSSL_sk_free(signers) }
        guard OPENSSL_sk_num(signers) == 1, let value = OPENSSL_sk_value(signers, 0) else { return nil }
        let certificate = OpaquePointer(value)
        return X509_up_ref(certificate) == 1 ? X509Certificate(adopting: certificate) : nil
    }

    /// All certificates that it carries.
    var certificates: [X509Certificate] {
        guard let signed = pointer.pointee.d.sign, let stack = signed.pointee.cert else { return [] }
        return (0..<max(0, OPENSSL_sk_num(stack))).compactMap { index in
            guard let value = OPENSSL_sk_value(stack, index) else { return nil }
            let certificate = OpaquePointer(value)
            return X509_up_ref(certificate) == 1 ? X509Certificate(adopting: certificate) : nil
        }
    }
}
