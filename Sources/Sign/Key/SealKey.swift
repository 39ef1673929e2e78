import COpenSSL

/// The key that seals: an RSA private key with its certificate and the certificates above it.
///
/// Whatever can be checked before anything is sealed is checked when it is loaded (docs/bundle.md). Any number of threads may use one.
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
    /// The certificate, then its issuer and so on upwards, in DER.
    public let chainDER: [[UInt8]]
    /// The bits of the RSA modulus: 2048 or more.
    public let bits: Int

    let privateKey: PrivateKey
    /// The certificate first, then the chain in issuing order.
    let certificates: [X509Certificate]

    /// The shortest modulus that is accepted. New keys have 3072 bits.
    public static let minimumBits = 2048

    /// Loads a key and its certificates from PEM.
    ///
    /// - Parameters:
    ///   - keyPEM: the private key, PKCS#8 (encrypted or not) or PKCS#1.
    ///   - certificatesPEM: the seal certificate and the certificates above it, in any order; a root may be left out.
    ///   - passphrase: its exact bytes, no line end; nil for a key in clear.
    ///   - time: when the key is to be used, in seconds since 1970 UTC; nil is now.
    public convenience init(
        keyPEM: [UInt8], certificatesPEM: [UInt8], passphrase: [UInt8]? = nil, at time: Int? = nil
    ) throws(SealError) {
        let key = try PrivateKey.read(pem: keyPEM, passphrase: passphrase)
        guard let certificates = X509Certificate.read(pem: certificatesPEM), !certificates.isEmpty else {
            throw SealError(
                .unreadableCertificate, "The seal certificate can't be read.",
                remedy: "Give the certificate and its chain as PEM (-----BEGIN CERTIFICATE-----).")
        }
        guard let leaf = certificates.first(where: { X509_check_private_key($0.pointer, key.pointer) == 1 }) else {
            OpenSSLErrors.clear()
            throw SealError(
                .keyMismatch, "None of the certificates given belongs to the seal key.",
                remedy: "Give the certificate that was issued for this key.")
        }
        try self.init(key: key, leaf: leaf, others: certificates.filter { $0 !== leaf }, at: time)
    }

    /// Loads a key and its certificates from a PKCS#12 file.
    ///
    /// - Parameters:
    ///   - pkcs12: the file's bytes. Files in the old RC2 encryption are refused by OpenSSL 3: convert them first.
    ///   - passphrase: its exact bytes, no line end; nil for none.
    ///   - chainPEM: further certificates above the one in the file.
    ///   - time: when the key is to be used, in seconds since 1970 UTC; nil is now.
    public convenience init(
        pkcs12: [UInt8], passphrase: [UInt8]? = nil, chainPEM: [UInt8] = [], at time: Int? = nil
    ) throws(SealError) {
        let file = try PKCS12(pkcs12, passphrase: passphrase)
        guard let chain = X509Certificate.read(pem: chainPEM) else {
            throw SealError(
                .unreadableCertificate, "The chain of the seal certificate can't be read.",
                remedy: "Give the chain as PEM (-----BEGIN CERTIFICATE-----).")
        }
        guard X509_check_private_key(file.certificate.pointer, file.key.pointer) == 1 else {
            OpenSSLErrors.clear()
            throw SealError(
                .keyMismatch, "The certificate in the PKCS#12 file doesn't belong to its key.",
                remedy: "Export key and certificate again.")
        }
        try self.init(key: file.key, leaf: file.certificate, others: file.others + chain, at: time)
    }

    private init(key: PrivateKey, leaf: X509Certificate, others: [X509Certificate], at time: Int?) throws(SealError) {
        bits = try Self.checkedBits(of: leaf, key: key)
        guard leaf.allowsSigning else {
            throw SealError(
                .keyUsage,
                "The certificate \(leaf.subject) isn't one for seals: its keyUsage has neither digitalSignature nor nonRepudiation.",
                remedy: "Use the manufacturer's seal certificate.")
        }
        certificates = Self.ordered(leaf: leaf, others: others)
        if let weak = certificates.first(where: \.hasWeakDigest) {
            throw SealError(
                .weakDigest, "The certificate \(weak.subject) is signed with SHA-1 or MD5.",
                remedy: "Ask its issuer for one signed with SHA-256 or better.")
        }
        guard let notBefore = leaf.notBefore, let notAfter = leaf.notAfter else {
            throw SealError(
                .unreadableCertificate, "The validity of the certificate \(leaf.subject) can't be read.",
                remedy: "Ask its issuer for another.")
        }
        privateKey = key
        certificateSHA256 = leaf.sha256
        subject = leaf.subject
        organisation = leaf.organisation
        self.notBefore = notBefore
        self.notAfter = notAfter
        chainDER = certificates.map(\.der)
        try usable(at: time ?? ASN1Time.now)
    }

    /// Throws unless the certificate is valid at `time`, in seconds since 1970 UTC.
    public func usable(at time: Int) throws(SealError) {
        guard time >= notBefore else {
            throw SealError(
                .notYetValid, "The seal certificate \(subject) is valid only from \(ASN1Time.text(notBefore)).",
                remedy: "Wait until then, or check the machine's clock.")
        }
        guard time <= notAfter else {
            throw SealError(
                .expired, "The seal certificate \(subject) ended on \(ASN1Time.text(notAfter)).",
                remedy: "Put the new certificate and key in place; nothing is sealed until then.")
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

    /// The leaf and then each issuer found among `others`; certificates that don't belong to the chain are left out.
    private static func ordered(leaf: X509Certificate, others: [X509Certificate]) -> [X509Certificate] {
        var chain = [leaf]
        var left = others
        while let last = chain.last, let index = left.firstIndex(where: { X509_check_issued($0.pointer, last.pointer) == X509_V_OK }) {
            let issuer = left.remove(at: index)
            guard issuer.sha256 != last.sha256 else { continue }
            chain.append(issuer)
        }
        return chain
    }
}
