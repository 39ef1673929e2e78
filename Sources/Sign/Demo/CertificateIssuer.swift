import COpenSSL

/// What a certificate of the demonstration authority says.
struct CertificateTemplate {
    var commonName: String
    var organisation: String?
    var isAuthority = false
    /// As OpenSSL's configuration writes it; nil leaves the extension out.
    var keyUsage: String? = "critical,digitalSignature,nonRepudiation"
    var extendedKeyUsage: String?
    /// RSA modulus.
    var bits = 3072
    /// Seconds since 1970 UTC.
    var notBefore: Int
    var notAfter: Int
    var usesSHA1 = false
    /// Whether key identifiers tell keys of the same name apart.
    var namesKeys = true
}

/// Makes key pairs and certificates for demonstrations and tests. A real seal certificate comes from a trust service provider.
struct CertificateIssuer {
    let template: CertificateTemplate
    let key: PrivateKey
    let certificate: X509Certificate

    /// A key with a certificate that it signs itself, or that `issuer` signs.
    /// - Parameter key: nil makes a new one.
    init(_ template: CertificateTemplate, issuer: CertificateIssuer? = nil, key: PrivateKey? = nil) throws(SealError) {
        OpenSSLErrors.clear()
        let key = if let key { key } else { try Self.generate(bits: template.bits) }
        guard let pointer = X509_new() else { throw .issuing(OpenSSLErrors.drain()) }
        let issuerName = issuer.map { X509_get_subject_name($0.certificate.pointer) }
        guard Self.fill(pointer, template, key: key),
            X509_set_issuer_name(pointer, issuerName ?? X509_get_subject_name(pointer)) == 1,
            Self.extend(pointer, template, issuer: issuer?.certificate.pointer ?? pointer),
            X509_sign(pointer, (issuer?.key ?? key).pointer, template.usesSHA1 ? EVP_sha1() : EVP_sha256()) > 0
        else {
            X509_free(pointer)
            throw .issuing(OpenSSLErrors.drain())
        }
        guard let certificate = X509Certificate(adopting: pointer) else { throw .issuing(OpenSSLErrors.drain()) }
        self.template = template
        self.key = key
        self.certificate = certificate
    }

    /// The key in clear, as PKCS#8 in PEM.
    func keyPEM() throws(SealError) -> [UInt8] {
        guard let buffer = MemoryBuffer(), PEM_write_bio_PKCS8PrivateKey(buffer.pointer, key.pointer, nil, nil, 0, nil, nil) == 1 else {
            throw .issuing(OpenSSLErrors.drain())
        }
        return buffer.read()
    }

    func certificatePEM() throws(SealError) -> [UInt8] {
        guard let buffer = MemoryBuffer(), PEM_write_bio_X509(buffer.pointer, certificate.pointer) == 1 else {
            throw .issuing(OpenSSLErrors.drain())
        }
        return buffer.read()
    }

    private static func generate(bits: Int) throws(SealError) -> PrivateKey {
        guard let context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil) else { throw .issuing(OpenSSLErrors.drain()) }
        defer { EVP_PKEY_CTX_free(context) }
        var pointer: OpaquePointer?
        guard EVP_PKEY_keygen_init(context) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(context, Int32(bits)) == 1,
            EVP_PKEY_keygen(context, &pointer) == 1, let pointer
        else { throw .issuing(OpenSSLErrors.drain()) }
        return PrivateKey(adopting: pointer)
    }

    private static func fill(_ certificate: OpaquePointer, _ template: CertificateTemplate, key: PrivateKey) -> Bool {
        guard let name = X509_get_subject_name(certificate) else { return false }
        var notBefore = time_t(template.notBefore)
        var notAfter = time_t(template.notAfter)
        var parts = [("CN", template.commonName)]
        if let organisation = template.organisation { parts.insert(("O", organisation), at: 0) }
        return X509_set_version(certificate, 2) == 1  // version 3
            && ASN1_INTEGER_set_uint64(X509_get_serialNumber(certificate), UInt64.random(in: 1...UInt64(Int64.max))) == 1
            && X509_time_adj_ex(X509_getm_notBefore(certificate), 0, 0, &notBefore) != nil
            && X509_time_adj_ex(X509_getm_notAfter(certificate), 0, 0, &notAfter) != nil
            && X509_set_pubkey(certificate, key.pointer) == 1
            && parts.allSatisfy { X509_NAME_add_entry_by_txt(name, $0.0, ecocd_name_add_utf8, $0.1, -1, -1, 0) == 1 }
    }

    private static func extend(_ certificate: OpaquePointer, _ template: CertificateTemplate, issuer: OpaquePointer) -> Bool {
        var extensions = [
            (NID_basic_constraints, template.isAuthority ? "critical,CA:TRUE" : "critical,CA:FALSE")
        ]
        if template.namesKeys { extensions.append((NID_subject_key_identifier, "hash")) }
        if let usage = template.keyUsage { extensions.append((NID_key_usage, usage)) }
        if let usage = template.extendedKeyUsage { extensions.append((NID_ext_key_usage, usage)) }
        // The issuer's key identifier exists by now even when a certificate issues itself: the order matters.
        if template.namesKeys { extensions.append((NID_authority_key_identifier, "keyid:always")) }
        return extensions.allSatisfy { identifier, value in
            var context = X509V3_CTX()
            X509V3_set_ctx(&context, issuer, certificate, nil, nil, 0)
            guard let made = X509V3_EXT_conf_nid(nil, &context, identifier, value) else { return false }
            defer { X509_EXTENSION_free(made) }
            return X509_add_ext(certificate, made, -1) == 1
        }
    }
}

extension SealError {
    fileprivate static func issuing(_ reason: String) -> SealError {
        SealError(.signing, "The demonstration key or certificate couldn't be made: \(reason).", remedy: "Try again.")
    }
}
