import COpenSSL

/// What a certificate must be for its key to seal messages and sign bundles (docs/bundle.md, "Whose certificate may seal").
///
/// The same rules hold for our own certificate before anything is sealed and for every signer that is verified, so that nothing leaves
/// that a receiver must refuse. Whether the certificate leads to a trusted one, and when it is valid, is for the path to say.
public enum SealCertificatePolicy {
    /// Throws unless the certificate may seal. Any thread; nothing is fetched.
    ///
    /// - Parameter der: the certificate in DER.
    /// - Throws: `structure` when it isn't a certificate, `algorithm` and `keyTooShort` for a key other than RSA with 2048 bits or a
    ///   signature with SHA-1 or MD5, `keyUsage`, `extendedKeyUsage`, `authority` and `organisation` for a certificate that was issued for
    ///   something else. The message is a whole sentence that begins with "The certificate".
    public static func check(der: [UInt8]) throws(VerificationFailure) {
        guard let certificate = X509Certificate(der: der) else {
            throw VerificationFailure(.structure, "The certificate can't be read.")
        }
        try check(certificate)
    }

    /// The organisation of the seal certificate in a PEM text, which may hold the authorities' certificates, too. Trust isn't asked here.
    /// - Throws: `noTrustAnchors` when the text can't be read, `organisation` when no certificate in it may seal, or those of several
    ///   organisations may; the error of the certificate when there is only one and it may not.
    public static func organisation(inPEM pem: [UInt8]) throws(VerificationFailure) -> String {
        guard let certificates = X509Certificate.read(pem: pem), let first = certificates.first else {
            throw VerificationFailure(
                .noTrustAnchors, "The certificates can't be read, or there are none.",
                remedy: "Give them as PEM (-----BEGIN CERTIFICATE-----).")
        }
        if certificates.count == 1 { try check(first) }
        let seals = certificates.filter { certificate in
            do throws(VerificationFailure) {
                try check(certificate)
                return true
            } catch { return false }
        }
        let organisations = Set(seals.compactMap(\.organisation))
        guard organisations.count == 1, let organisation = organisations.first else {
            throw VerificationFailure(
                .organisation, "The certificates don't name one organisation that may seal.",
                remedy: "Give one seal certificate and its chain.")
        }
        return organisation
    }

    static func check(_ certificate: X509Certificate) throws(VerificationFailure) {
        try checkKey(certificate)
        try checkPurpose(certificate)
        guard let organisation = certificate.organisation, organisation.contains(where: { !$0.isWhitespace }) else {
            throw refusal(.organisation, certificate, "names no organisation (O), so nobody can say whose seal it makes")
        }
    }

    private static func checkKey(_ certificate: X509Certificate) throws(VerificationFailure) {
        guard let bits = certificate.rsaBits else { throw refusal(.algorithm, certificate, "has a key that isn't an RSA key") }
        guard bits >= SealKey.minimumBits else {
            throw refusal(.keyTooShort, certificate, "has a key of only \(bits) bits; \(SealKey.minimumBits) is the least")
        }
        guard !certificate.hasWeakDigest else { throw refusal(.algorithm, certificate, "is signed with SHA-1 or MD5") }
    }

    private static func checkPurpose(_ certificate: X509Certificate) throws(VerificationFailure) {
        guard !certificate.hasBrokenExtensions else { throw refusal(.structure, certificate, "has extensions that can't be read") }
        guard !certificate.isAuthority else {
            throw refusal(.authority, certificate, "is an authority's: it issues certificates and isn't one for seals")
        }
        guard certificate.allowsSigning else {
            throw refusal(.keyUsage, certificate, "isn't one for seals: its keyUsage has neither digitalSignature nor nonRepudiation")
        }
        guard let usages = certificate.extendedUsages else { return }
        if let other = usages.first(where: { ExtendedUsage.foreign[$0] != nil }) {
            throw refusal(.extendedKeyUsage, certificate, "isn't one for seals: it was issued for \(ExtendedUsage.foreign[other] ?? other)")
        }
        guard usages.contains(where: ExtendedUsage.documents.contains) else {
            let list = usages.joined(separator: ", ")
            throw refusal(.extendedKeyUsage, certificate, "isn't one for seals: no extended key usage of it is for documents (\(list))")
        }
    }

    private static func refusal(
        _ code: VerificationFailure.Code, _ certificate: X509Certificate, _ reason: String
    ) -> VerificationFailure {
        VerificationFailure(
            code, "The certificate \(certificate.subject) \(reason).", remedy: "Seal with a certificate that was issued for seals.")
    }
}

/// Purposes that an authority gives a certificate (RFC 5280, section 4.2.1.12), as dotted object identifiers.
private enum ExtendedUsage {
    /// One of these must be there where the extension is there: it says what the signature is on.
    static let documents: Set<String> = [
        "2.5.29.37.0",  // any
        "1.3.6.1.5.5.7.3.4",  // e-mail protection: what authorities gave document signers before RFC 9336
        "1.3.6.1.5.5.7.3.36",  // document signing, RFC 9336
        "1.3.6.1.4.1.311.10.3.12",  // Microsoft's document signing
        "1.2.840.113583.1.1.5",  // Adobe's authentic documents
    ]

    /// None of these may be there, whatever stands beside it: such a key signs what machines say, often unasked.
    static let foreign: [String: String] = [
        "1.3.6.1.5.5.7.3.1": "servers (serverAuth)",
        "1.3.6.1.5.5.7.3.3": "programs (codeSigning)",
        "1.3.6.1.5.5.7.3.8": "time-stamps (timeStamping)",
        "1.3.6.1.5.5.7.3.9": "answers on revocation (OCSPSigning)",
    ]
}

extension X509Certificate {
    /// Whether it says that it issues certificates: basicConstraints, or keyUsage in a certificate without them.
    fileprivate var isAuthority: Bool {
        X509_get_extension_flags(pointer) & UInt32(EXFLAG_CA) != 0 || X509_check_ca(pointer) != 0
    }

    fileprivate var hasBrokenExtensions: Bool { X509_get_extension_flags(pointer) & UInt32(EXFLAG_INVALID) != 0 }

    /// The extended key usages as dotted object identifiers; nil where the certificate has no such extension.
    fileprivate var extendedUsages: [String]? {
        guard X509_get_ext_by_NID(pointer, NID_ext_key_usage, -1) >= 0 else { return nil }
        // An extension that is there twice or can't be read lists nothing.
        guard let value = X509_get_ext_d2i(pointer, NID_ext_key_usage, nil, nil) else { return [] }
        let usages = OpaquePointer(value)
        defer { OPENSSL_sk_pop_free(usages) { ASN1_OBJECT_free($0.map { OpaquePointer($0) }) } }
        return (0..<max(0, OPENSSL_sk_num(usages))).map { index in
            guard let usage = OPENSSL_sk_value(usages, index) else { return "?" }
            var text = [CChar](repeating: 0, count: 256)
            let count = OBJ_obj2txt(&text, Int32(text.count), OpaquePointer(usage), 1)
            guard count > 0, count < text.count else { return "?" }
            return String(decoding: text.prefix(Int(count)).map { UInt8(bitPattern: $0) }, as: UTF8.self)
        }
    }
}
