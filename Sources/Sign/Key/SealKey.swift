import COpenSSL

/// The key that seals: an RSA private key with its certificate and the path from that to a trusted one.
///
/// Whatever can be checked before anything is sealed is checked when it is loaded (docs/bundle.md). One whose certificate isn't valid now can be
/// loaded, but nothing is sealed with it. Any number of threads may use one.
public final class SealKey: Sendable {
    /// SHA-256 of the certificate in DER: 64 lower-case hexadecimal digits.
    public let certificateSHA256: String
    /// The certificate's subject as RFC 2253 writes it, in UTF-8.
    public let subject: String
    /// The subject's first organisation, or nil when it names none.
    public let organisation: String?
    /// The certificate's first second of validity, in seconds since 1970 UTC.
    public let notBefore: Int
    /// The certificate's last second of validity, in seconds since 1970 UTC.
    public let notAfter: Int
    /// To a trusted certificate, as of the time when the key was loaded.
    public let path: SealPath
    /// What signatures carry, in DER: the certificate, then its issuer and so on up to the trusted one.
    public let chainDER: [[UInt8]]
    /// The bits of the RSA modulus: 2048 or more.
    public let bits: Int

    let privateKey: PrivateKey
    /// As `chainDER`.
    let certificates: [X509Certificate]

    /// The shortest modulus that is accepted. New keys have 3072 bits.
    public static let minimumBits = 2048

    /// Loads a key and its certificates from PEM.
    ///
    /// - Parameters:
    ///   - keyPEM: the private key, PKCS#8 (encrypted or not) or PKCS#1.
    ///   - certificatesPEM: the seal certificate and the certificates above it, one or more files, in any order, with others beside them or
    ///     not; a root may be left out.
    ///   - trustedPEM: the authorities to which the certificate must lead.
    ///   - passphrase: its exact bytes, no line end; nil for a key in clear.
    ///   - time: when the path must hold, in seconds since 1970 UTC; nil is now.
    public init(
        keyPEM: [UInt8], certificatesPEM: [[UInt8]], trustedPEM: [UInt8], passphrase: [UInt8]? = nil, at time: Int? = nil
    ) throws(SealError) {
        let time = time ?? ASN1Time.now
        let key = try PrivateKey.read(pem: keyPEM, passphrase: passphrase)
        let certificates = try Self.certificates(certificatesPEM)
        guard !certificates.isEmpty else { throw .noCertificate }
        guard let leaf = Self.newest(certificates.filter { X509_check_private_key($0.pointer, key.pointer) == 1 }, at: time) else {
            OpenSSLErrors.clear()
            throw SealError(
                .keyMismatch, "None of the certificates given belongs to the seal key.",
                remedy: "Give the certificate that was issued for this key.")
        }
        OpenSSLErrors.clear()
        bits = try Self.checkedBits(of: leaf, key: key)
        try Self.checkPolicy(leaf)
        path = try SealPath(leaf: leaf, others: certificates.filter { $0 !== leaf }, anchors: Self.anchors(trustedPEM), at: time)
        guard let first = path.links.first else { throw .noCertificate }
        (notBefore, notAfter) = (first.notBefore, first.notAfter)
        privateKey = key
        self.certificates = path.certificates
        certificateSHA256 = leaf.sha256
        subject = leaf.subject
        organisation = leaf.organisation
        chainDER = path.certificates.map(\.der)
    }

    /// Throws unless the certificate and all on its path are valid at `time`, in seconds since 1970 UTC. Any thread.
    public func usable(at time: Int) throws(SealError) { try path.usable(at: time) }

    /// Of several certificates for one key, which a renewal without a new key leaves, one that is valid, and of these the one that ends last.
    private static func newest(_ certificates: [X509Certificate], at time: Int) -> X509Certificate? {
        func isValid(_ certificate: X509Certificate) -> Bool {
            (certificate.notBefore ?? .max) <= time && time <= (certificate.notAfter ?? 0)
        }
        let valid = certificates.filter(isValid)
        return (valid.isEmpty ? certificates : valid).max { ($0.notAfter ?? 0) < ($1.notAfter ?? 0) }
    }

    /// Throws unless a file of certificates can be read, with what it is instead.
    public static func check(certificatesPEM: [UInt8]) throws(SealError) { _ = try certificates([certificatesPEM]) }

    /// The same for the authorities to trust.
    public static func check(trustedPEM: [UInt8]) throws(SealError) { _ = try anchors(trustedPEM) }

    /// The certificates of several files, each once.
    static func certificates(_ files: [[UInt8]]) throws(SealError) -> [X509Certificate] {
        var certificates: [X509Certificate] = []
        for file in files {
            guard let read = X509Certificate.read(pem: file), !read.isEmpty else {
                let known = GivenFile.objection(to: file, wanting: .certificate)
                throw SealError(
                    .unreadableCertificate, "The seal certificate can't be read\(known.map { ": \($0.what)" } ?? "").",
                    remedy: known?.remedy ?? "Give the certificate and those above it as PEM (-----BEGIN CERTIFICATE-----).")
            }
            certificates += read.filter { new in !certificates.contains { $0.sha256 == new.sha256 } }
        }
        return certificates
    }

    static func anchors(_ trustedPEM: [UInt8]) throws(SealError) -> TrustAnchors {
        do throws(VerificationFailure) { return try TrustAnchors(pem: trustedPEM) } catch {
            let known = GivenFile.objection(to: trustedPEM, wanting: .certificate)
            throw SealError(
                .unreadableCertificate, "The trusted certificates can't be read\(known.map { ": \($0.what)" } ?? ", or there are none").",
                remedy: known?.remedy ?? error.remedy)
        }
    }

    static func checkPolicy(_ leaf: X509Certificate) throws(SealError) {
        do throws(VerificationFailure) { try SealCertificatePolicy.check(leaf) } catch {
            let code: SealError.Code =
                switch error.code {
                case .keyTooShort: .keyTooShort
                case .algorithm: leaf.rsaBits == nil ? .notRSA : .weakDigest
                default: .keyUsage
                }
            throw SealError(code, error.message, remedy: error.remedy)
        }
    }

    private static func checkedBits(of leaf: X509Certificate, key: PrivateKey) throws(SealError) -> Int {
        guard key.isRSA, let bits = leaf.rsaBits else {
            throw SealError(
                .notRSA, "The seal key of \(leaf.subject) isn't an RSA key.",
                remedy: "Use an RSA key of 3072 bits: the profile asks for rsa-sha256.")
        }
        guard bits >= minimumBits else {
            throw SealError(
                .keyTooShort, "The seal key of \(leaf.subject) has only \(bits) bits.",
                remedy: "Use an RSA key of 3072 bits, at least \(minimumBits).")
        }
        return bits
    }
}
