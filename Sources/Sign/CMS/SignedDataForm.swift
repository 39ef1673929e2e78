import COpenSSL

/// The one encoding that a detached signature may have (docs/bundle.md, "The bundle").
///
/// A signature covers its signed attributes and its content, and these name the signer's certificate; nothing covers the structure around
/// them. So that structure is written anew from what is covered, and must be the same to the last byte: versions, algorithms, the
/// signer's name, the way in which lengths are written, and that there is nothing else in it.
struct SignedDataForm: ~Copyable {
    private let message: OpaquePointer
    private let signer: SignerCheck.Signer

    /// Reads `message`, which must outlive the form.
    init(_ message: borrowing CMSMessage, _ signer: SignerCheck.Signer) {
        self.message = message.pointer
        self.signer = signer
    }

    /// Throws unless `encoding`, from which the message was parsed, is the one form of it.
    func check(_ encoding: [UInt8]) throws(VerificationFailure) {
        guard let signers = CMS_get0_SignerInfos(message), let value = OPENSSL_sk_value(signers, 0) else {
            throw VerificationFailure(.structure, "The detached signature doesn't have exactly one signer.")
        }
        let info = OpaquePointer(value)
        guard CMS_unsigned_get_attr_count(info) <= 0 else {
            throw VerificationFailure(.structure, "The detached signature carries attributes that nobody signed.")
        }
        if let lists = CMS_get1_crls(message) {
            OPENSSL_sk_pop_free(lists) { X509_CRL_free($0.map { OpaquePointer($0) }) }
            throw VerificationFailure(.structure, "The detached signature carries revocation lists, which nobody signed with it.")
        }
        guard let expected = expected(info) else { throw .verifier(OpenSSLErrors.drain()) }
        guard expected == encoding else {
            throw VerificationFailure(
                .structure,
                "The detached signature isn't written in the one form that it has in DER, or carries something that nobody signed.")
        }
    }

    /// RFC 5652, section 5.1. Nil when memory is short.
    private func expected(_ info: OpaquePointer) -> [UInt8]? {
        guard let algorithm = digestAlgorithm(info), let signerInfo = signerInfo(info, algorithm), let type = identifier(NID_pkcs7_signed),
            let data = identifier(NID_pkcs7_data)
        else { return nil }
        // DER sorts what is in a set (X.690, section 11.6).
        let certificates = signer.others.map(\.der).sorted { $0.lexicographicallyPrecedes($1) }
        let signedData =
            Self.version1 + DER.element(0x31, algorithm) + DER.element(0x30, data) + DER.element(0xA0, certificates.joined().map(\.self))
            + DER.element(0x31, signerInfo)
        return DER.element(0x30, type + DER.element(0xA0, DER.element(0x30, signedData)))
    }

    /// RFC 5652, section 5.3.
    private func signerInfo(_ info: OpaquePointer, _ algorithm: [UInt8]) -> [UInt8]? {
        let certificate = signer.certificate.pointer
        guard let issuer = DER.bytes({ i2d_X509_NAME(X509_get_issuer_name(certificate), $0) }),
            let serial = DER.bytes({ i2d_ASN1_INTEGER(X509_get0_serialNumber(certificate), $0) }), let rsa = identifier(NID_rsaEncryption),
            let signature = CMS_SignerInfo_get0_signature(info)
        else { return nil }
        var attributes: [UInt8] = []
        for index in 0..<max(0, CMS_signed_get_attr_count(info)) {
            guard let attribute = CMS_signed_get_attr(info, index), let encoding = DER.bytes({ i2d_X509_ATTRIBUTE(attribute, $0) }) else {
                return nil
            }
            attributes += encoding
        }
        let value = UnsafeBufferPointer(start: ASN1_STRING_get0_data(signature), count: Int(ASN1_STRING_length(signature)))
        return DER.element(
            0x30,
            Self.version1 + DER.element(0x30, issuer + serial) + algorithm + DER.element(0xA0, attributes)
                + DER.element(0x30, rsa + Self.null) + DER.element(0x04, value))
    }

    /// Without parameters, as RFC 5754, section 2, asks of who writes.
    private func digestAlgorithm(_ info: OpaquePointer) -> [UInt8]? {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(info, nil, nil, &digest, nil)
        guard let digest, let name = identifier(OBJ_obj2nid(digest.pointee.algorithm)) else { return nil }
        return DER.element(0x30, name)
    }

    private func identifier(_ number: Int32) -> [UInt8]? { DER.bytes { i2d_ASN1_OBJECT(OBJ_nid2obj(number), $0) } }

    private static let version1: [UInt8] = [0x02, 1, 1]
    private static let null: [UInt8] = [0x05, 0]
}
