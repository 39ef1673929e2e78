import Glibc

/// A certificate authority and a seal key for trying ecocd out. Nobody outside trusts them.
public enum DemoAuthority {
    /// The files made: the authority's key and certificate, the seal's key, and the seal's certificate followed by the authority's.
    public static let fileNames = ["ca.key", "ca.pem", "seal.key", "seal.pem"]

    /// Makes RSA-3072 keys and certificates in an existing directory: keys readable by their owner only, certificates by everybody.
    ///
    /// - Parameters:
    ///   - directory: its path.
    ///   - organisation: the manufacturer, as the messages name it.
    ///   - days: how long the seal certificate is valid from now.
    /// - Throws: `fileExists` when one of the files is there already (nothing is changed then), `cannotWrite`, `signing`.
    public static func create(in directory: String, organisation: String, days: Int = 365) throws(SealError) {
        let paths = fileNames.map { "\(directory)/\($0)" }
        for path in paths where access(path, F_OK) == 0 { throw .exists(path) }
        let files = try make(organisation: organisation, days: days)
        for (path, bytes) in zip(paths, [files.authorityKey, files.authority, files.sealKey, files.seal]) {
            try write(bytes, to: path, mode: path.hasSuffix(".key") ? 0o600 : 0o644)
        }
    }

    private struct Files {
        let authorityKey: [UInt8]
        let authority: [UInt8]
        let sealKey: [UInt8]
        let seal: [UInt8]
    }

    private static func make(organisation: String, days: Int) throws(SealError) -> Files {
        let start = ASN1Time.now - 60  // so that a clock a little behind accepts it too
        let end = start + days * 86400
        let authority = try CertificateIssuer(
            CertificateTemplate(
                commonName: "ecocd demo CA", organisation: "ecocd demonstration", isAuthority: true,
                keyUsage: "critical,keyCertSign,cRLSign", notBefore: start, notAfter: end + 86400))
        let seal = try CertificateIssuer(
            CertificateTemplate(commonName: "\(organisation) demo seal", organisation: organisation, notBefore: start, notAfter: end),
            issuer: authority)
        let authorityPEM = try authority.certificatePEM()
        return try Files(
            authorityKey: authority.keyPEM(), authority: authorityPEM, sealKey: seal.keyPEM(), seal: seal.certificatePEM() + authorityPEM)
    }

    private static func write(_ bytes: [UInt8], to path: String, mode: mode_t) throws(SealError) {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw errno == EEXIST ? .exists(path) : .unwritable(path, errno) }
        defer { close(descriptor) }
        var written = 0
        while written < bytes.count {
            let count = bytes[written...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
            guard count >= 0 || errno == EINTR else { throw .unwritable(path, errno) }
            written += max(0, count)
        }
        // The umask may have taken away more than was asked for.
        guard fchmod(descriptor, mode) == 0, fsync(descriptor) == 0 else { throw .unwritable(path, errno) }
    }
}

extension SealError {
    fileprivate static func exists(_ path: String) -> SealError {
        SealError(.fileExists, "\(path) is there already and isn't overwritten.", remedy: "Name an empty directory.")
    }

    fileprivate static func unwritable(_ path: String, _ code: Int32) -> SealError {
        SealError(.cannotWrite, "\(path) can't be written: \(String(cString: strerror(code))).", remedy: "Check the directory.")
    }
}
