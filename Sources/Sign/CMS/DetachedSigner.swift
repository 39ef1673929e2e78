import COpenSSL

/// Makes detached CAdES baseline B signatures (ETSI EN 319 122-1): CMS with signing-time and signing-certificate-v2.
///
/// Any number of threads may use one signer.
public struct DetachedSigner: Sendable {
    private let key: SealKey
    private static let flags = UInt32(CMS_BINARY | CMS_DETACHED | CMS_NOSMIMECAP | CMS_CADES)

    public init(key: SealKey) {
        self.key = key
    }

    /// Signs `content`; the same content, key and time give the same bytes.
    ///
    /// - Parameter signingTime: the time to claim, in seconds since 1970 UTC.
    /// - Returns: the CMS structure in DER, with the key's certificate and chain, without the content.
    /// - Throws: `expired` or `notYetValid` when the certificate isn't valid at that time, `signing` when OpenSSL fails.
    public func sign(_ content: [UInt8], signingTime: Int) throws(SealError) -> [UInt8] {
        try key.usable(at: signingTime)
        OpenSSLErrors.clear()
        guard let data = MemoryBuffer(content), let pointer = CMS_sign(nil, nil, nil, nil, Self.flags | UInt32(CMS_PARTIAL)) else {
            throw .signing(OpenSSLErrors.drain())
        }
        let message = CMSMessage(adopting: pointer)
        let signerFlags = Self.flags | UInt32(CMS_PARTIAL)
        guard let leaf = key.certificates.first,
            let signer = CMS_add1_signer(pointer, leaf.pointer, key.privateKey.pointer, EVP_sha256(), signerFlags),
            Self.add(signingTime: signingTime, to: signer),
            key.certificates.dropFirst().allSatisfy({ CMS_add1_cert(pointer, $0.pointer) == 1 }),
            CMS_final(pointer, data.pointer, nil, Self.flags) == 1,
            let encoded = message.encoded()
        else { throw .signing(OpenSSLErrors.drain()) }
        return encoded
    }

    private static func add(signingTime: Int, to signer: OpaquePointer) -> Bool {
        // X509_time_adj_ex writes UTCTime up to 2049 and GeneralizedTime from 2050, as RFC 5652, section 11.3 asks.
        var start = time_t(signingTime)
        guard let time = X509_time_adj_ex(nil, 0, 0, &start) else { return false }
        defer { ASN1_STRING_free(time) }
        return CMS_signed_add1_attr_by_NID(signer, NID_pkcs9_signingTime, ASN1_STRING_type(time), time, -1) == 1
    }
}
