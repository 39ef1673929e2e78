import COpenSSL
import Glibc
import Hashing

/// One X.509 certificate: the only owner of its `X509` structure.
final class X509Certificate: Sendable {
    // Never written after init, and OpenSSL guards what its readers cache in it (RFC 5280 flags) with the structure's own lock;
    // the reference count is atomic.
    nonisolated(unsafe) let pointer: OpaquePointer
    let der: [UInt8]
    /// SHA-256 of the DER, 64 lower-case hexadecimal digits.
    let sha256: String

    /// Takes over the caller's reference; nil (and the reference is given back) when the structure has no encoding.
    init?(adopting pointer: OpaquePointer) {
        var encoding: UnsafeMutablePointer<UInt8>?
        let count = i2d_X509(pointer, &encoding)
        guard count > 0, let encoding else {
            X509_free(pointer)
            return nil
        }
        defer { CRYPTO_free(encoding, #file, #line) }
        self.pointer = pointer
        der = Array(UnsafeBufferPointer(start: encoding, count: Int(count)))
        sha256 = SHA256.hexadecimal(of: der)
    }

    /// Nil when `der` isn't exactly one certificate.
    convenience init?(der: [UInt8]) {
        let pointer: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let parsed = d2i_X509(nil, &position, buffer.count) else { return nil }
            guard let start = buffer.baseAddress, let position, position - start == buffer.count else {
                X509_free(parsed)
                return nil
            }
            return parsed
        }
        guard let pointer else { return nil }
        self.init(adopting: pointer)
        guard self.der == der else { return nil }  // no second encoding of the same certificate
    }

    deinit { X509_free(pointer) }

    /// All certificates of a PEM text in order; nil when a part of it can't be read. Text and other blocks between them are passed over, and
    /// so is the mark that Windows writes at the beginning of a text, behind which OpenSSL would miss the first certificate.
    static func read(pem: [UInt8]) -> [X509Certificate]? {
        let byteOrderMark: [UInt8] = [0xEF, 0xBB, 0xBF]
        guard let buffer = MemoryBuffer(pem.starts(with: byteOrderMark) ? Array(pem.dropFirst(3)) : pem) else { return nil }
        OpenSSLErrors.clear()
        var certificates: [X509Certificate] = []
        while let pointer = PEM_read_bio_X509(buffer.pointer, nil, nil, nil) {
            guard let certificate = X509Certificate(adopting: pointer) else { return nil }
            certificates.append(certificate)
        }
        // "No start line" is how the end of the text looks; anything else is a broken certificate.
        let last = ERR_peek_last_error()
        OpenSSLErrors.clear()
        return last == 0 || Int32(last & 0x7F_FFFF) == PEM_R_NO_START_LINE ? certificates : nil
    }

    /// The subject as RFC 2253 writes it, in UTF-8.
    var subject: String { Self.text(X509_get_subject_name(pointer)) }
    /// The issuer's name, written likewise.
    var issuer: String { Self.text(X509_get_issuer_name(pointer)) }

    private static func text(_ name: OpaquePointer?) -> String {
        guard let buffer = MemoryBuffer(), X509_NAME_print_ex(buffer.pointer, name, 0, ecocd_name_format) >= 0 else { return "" }
        return String(decoding: buffer.read(), as: UTF8.self)
    }

    /// Whether subject and issuer are the same name and, where it tells, the same key: a root.
    var isSelfIssued: Bool { X509_get_extension_flags(pointer) & UInt32(EXFLAG_SS) != 0 }

    /// The subject's first organisation, or nil.
    var organisation: String? {
        guard let name = X509_get_subject_name(pointer) else { return nil }
        let index = X509_NAME_get_index_by_NID(name, NID_organizationName, -1)
        guard index >= 0, let data = X509_NAME_ENTRY_get_data(X509_NAME_get_entry(name, index)) else { return nil }
        var text: UnsafeMutablePointer<UInt8>?
        let count = ASN1_STRING_to_UTF8(&text, data)
        guard count >= 0, let text else { return nil }
        defer { CRYPTO_free(text, #file, #line) }
        return String(decoding: UnsafeBufferPointer(start: text, count: Int(count)), as: UTF8.self)
    }

    /// The first second of validity, since 1970 UTC; nil when the field is broken.
    var notBefore: Int? { ASN1Time.seconds(X509_get0_notBefore(pointer)) }
    /// The last second of validity, since 1970 UTC; nil when the field is broken.
    var notAfter: Int? { ASN1Time.seconds(X509_get0_notAfter(pointer)) }

    /// The bits of the RSA modulus, or nil for any other kind of key (RSASSA-PSS keys too: they may not sign PKCS#1 v1.5).
    var rsaBits: Int? {
        guard let key = X509_get0_pubkey(pointer), EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA else { return nil }
        return Int(EVP_PKEY_get_bits(key))
    }

    /// Whether keyUsage is present and allows seals: digitalSignature or nonRepudiation (RFC 5280, section 4.2.1.3).
    var allowsSigning: Bool {
        let usage = X509_get_key_usage(pointer)
        return usage != UInt32.max && usage & UInt32(KU_DIGITAL_SIGNATURE | KU_NON_REPUDIATION) != 0
    }

    /// The public key with a reference that the caller must hand over or `release`; nil when it can't be read.
    func retainedPublicKey() -> OpaquePointer? {
        guard let key = X509_get0_pubkey(pointer), EVP_PKEY_up_ref(key) == 1 else { return nil }
        return key
    }

    static func release(publicKey: OpaquePointer) { EVP_PKEY_free(publicKey) }

    /// Whether the other certificate names this one as its issuer, and this one may issue; what costs a signature isn't looked at.
    func isNamedIssuer(of other: X509Certificate) -> Bool { X509_check_issued(pointer, other.pointer) == X509_V_OK }

    /// Whether the key of `issuer` made this certificate's signature and the names agree.
    func isSigned(by issuer: X509Certificate) -> Bool {
        OpenSSLErrors.clear()
        defer { OpenSSLErrors.clear() }
        guard issuer.isNamedIssuer(of: self), let key = X509_get0_pubkey(issuer.pointer) else { return false }
        return X509_verify(pointer, key) == 1
    }

    /// Whether its issuer signed it with SHA-1 or MD5. A self-issued certificate's own signature protects nothing and isn't looked at.
    var hasWeakDigest: Bool {
        if isSelfIssued { return false }
        var digest: Int32 = 0
        guard X509_get_signature_info(pointer, &digest, nil, nil, nil) == 1 else { return true }
        return [NID_sha1, NID_md5, NID_md5_sha1].contains(digest)
    }
}
