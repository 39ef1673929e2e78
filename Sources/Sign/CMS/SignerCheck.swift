import COpenSSL

/// The shape that a detached signature must have before its mathematics are looked at.
struct SignerCheck: ~Copyable {
    struct Signer {
        let certificate: X509Certificate
        /// All certificates that the structure carries.
        let others: [X509Certificate]
        /// Seconds since 1970 UTC.
        let signingTime: Int
    }

    private let message: OpaquePointer

    /// Reads `message`, which must outlive the check.
    init(_ message: borrowing CMSMessage) { self.message = message.pointer }

    func run() throws(VerificationFailure) -> Signer {
        guard OBJ_obj2nid(CMS_get0_type(message)) == NID_pkcs7_signed, CMS_is_detached(message) == 1 else {
            throw VerificationFailure(.structure, "The signature isn't a detached CMS signature.")
        }
        guard let signers = CMS_get0_SignerInfos(message), OPENSSL_sk_num(signers) == 1, let value = OPENSSL_sk_value(signers, 0) else {
            throw VerificationFailure(.structure, "The detached signature doesn't have exactly one signer.")
        }
        let signer = OpaquePointer(value)
        try checkContentType(of: signer)
        try checkAlgorithms(of: signer)
        let signingTime = try checkAttributes(of: signer)
        let others = CMS_get1_certs(message).map { CertificateStack(adopting: $0).certificates } ?? []
        guard others.count <= SealedMessageCheck.maximumCertificates else {
            throw VerificationFailure(.structure, "The detached signature carries \(others.count) certificates.")
        }
        guard let certificate = others.first(where: { CMS_SignerInfo_cert_cmp(signer, $0.pointer) == 0 }) else {
            throw VerificationFailure(.structure, "The detached signature doesn't carry its signer's certificate.")
        }
        return Signer(certificate: certificate, others: others, signingTime: signingTime)
    }

    /// Whether the attribute signing-certificate-v2 names the certificates of the path, the signer's first (RFC 5035, section 4).
    func names(_ path: [X509Certificate]) -> Bool {
        guard let signers = CMS_get0_SignerInfos(message), let value = OPENSSL_sk_value(signers, 0),
            let attribute = signingCertificates(of: OpaquePointer(value)), let stack = CertificateStack(path)
        else { return false }
        var position = ASN1_STRING_get0_data(attribute)
        guard let names = d2i_ESS_SIGNING_CERT_V2(nil, &position, Int(ASN1_STRING_length(attribute))) else { return false }
        defer { ESS_SIGNING_CERT_V2_free(names) }
        return OSSL_ESS_check_signing_certs(nil, names, stack.pointer, 1) > 0
    }

    /// The signed attribute must say what the structure says (RFC 5652, section 11.1), which OpenSSL leaves to its caller.
    private func checkContentType(of signer: OpaquePointer) throws(VerificationFailure) {
        guard OBJ_obj2nid(CMS_get0_eContentType(message)) == NID_pkcs7_data else {
            throw VerificationFailure(.structure, "The detached signature isn't over plain data.")
        }
        guard CMS_signed_get_attr_by_NID(signer, NID_pkcs9_contentType, -1) >= 0 else { return }  // refused below
        let value = CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_pkcs9_contentType), -3, V_ASN1_OBJECT)
        guard let value, OBJ_obj2nid(OpaquePointer(value)) == NID_pkcs7_data else {
            throw VerificationFailure(.structure, "The detached signature's attribute content-type isn't that of its content.")
        }
    }

    private func checkAlgorithms(of signer: OpaquePointer) throws(VerificationFailure) {
        var digest: UnsafeMutablePointer<X509_ALGOR>?
        var signature: UnsafeMutablePointer<X509_ALGOR>?
        CMS_SignerInfo_get0_algs(signer, nil, nil, &digest, &signature)
        guard let digest, [NID_sha256, NID_sha384, NID_sha512].contains(OBJ_obj2nid(digest.pointee.algorithm)) else {
            throw VerificationFailure(.algorithm, "The detached signature's digest isn't SHA-256, SHA-384 or SHA-512.")
        }
        let accepted = [
            NID_rsaEncryption, NID_sha256WithRSAEncryption, NID_sha384WithRSAEncryption, NID_sha512WithRSAEncryption,
        ]
        guard let signature, accepted.contains(OBJ_obj2nid(signature.pointee.algorithm)) else {
            throw VerificationFailure(.algorithm, "The detached signature isn't RSA (PKCS #1 v1.5) with SHA-2.")
        }
        let parameters = [digest.pointee.parameter, signature.pointee.parameter].compactMap(\.self)
        guard parameters.allSatisfy({ ASN1_TYPE_get($0) == V_ASN1_NULL }) else {
            throw VerificationFailure(.algorithm, "The detached signature's algorithms have parameters.")
        }
    }

    /// Content-type, message-digest, signing-time and signing-certificate-v2 must be signed, once each; SHA-1's signing-certificate
    /// mustn't be.
    /// - Returns: the signing time.
    private func checkAttributes(of signer: OpaquePointer) throws(VerificationFailure) -> Int {
        let required = [
            (NID_pkcs9_contentType, "content-type"), (NID_pkcs9_messageDigest, "message-digest"),
            (NID_pkcs9_signingTime, "signing-time"), (NID_id_smime_aa_signingCertificateV2, "signing-certificate-v2"),
        ]
        for (identifier, name) in required {
            let index = CMS_signed_get_attr_by_NID(signer, identifier, -1)
            guard index >= 0 else {
                throw VerificationFailure(.missingAttribute, "The detached signature doesn't sign the attribute \(name).")
            }
            guard CMS_signed_get_attr_by_NID(signer, identifier, index) < 0 else {
                throw VerificationFailure(.structure, "The detached signature signs the attribute \(name) twice.")
            }
        }
        guard CMS_signed_get_attr_by_NID(signer, NID_id_smime_aa_signingCertificate, -1) < 0 else {
            throw VerificationFailure(.algorithm, "The detached signature names its certificate by SHA-1.")
        }
        try checkCertificateDigest(of: signer)
        return try signingTime(of: signer)
    }

    /// ESSCertIDv2 (RFC 5035, section 4) leaves SHA-256 out as its default, and names any other digest by its object identifier.
    private func checkCertificateDigest(of signer: OpaquePointer) throws(VerificationFailure) {
        guard let string = signingCertificates(of: signer) else {
            throw VerificationFailure(.structure, "The attribute signing-certificate-v2 is broken.")
        }
        let bytes = UnsafeBufferPointer(start: ASN1_STRING_get0_data(string), count: Int(ASN1_STRING_length(string)))
        let sha1: [UInt8] = [0x06, 0x05, 0x2B, 0x0E, 0x03, 0x02, 0x1A]
        let hasSHA1 = bytes.indices.contains { bytes[$0...].starts(with: sha1) }
        guard !hasSHA1 else { throw VerificationFailure(.algorithm, "The detached signature names its certificate by SHA-1.") }
    }

    private func signingCertificates(of signer: OpaquePointer) -> UnsafeMutablePointer<ASN1_STRING>? {
        CMS_signed_get0_data_by_OBJ(signer, OBJ_nid2obj(NID_id_smime_aa_signingCertificateV2), -3, V_ASN1_SEQUENCE)?
            .assumingMemoryBound(to: ASN1_STRING.self)
    }

    private func signingTime(of signer: OpaquePointer) throws(VerificationFailure) -> Int {
        for type in [V_ASN1_UTCTIME, V_ASN1_GENERALIZEDTIME] {
            let object = OBJ_nid2obj(NID_pkcs9_signingTime)
            guard let value = CMS_signed_get0_data_by_OBJ(signer, object, -3, type) else { continue }
            if let seconds = ASN1Time.seconds(UnsafePointer(value.assumingMemoryBound(to: ASN1_TIME.self))) { return seconds }
        }
        throw VerificationFailure(.structure, "The attribute signing-time isn't a time.")
    }
}
