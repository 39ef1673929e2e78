import Glibc
import Linux

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
        do throws(SystemError) { try checkAbsence(in: directory) } catch { throw .unwritable(error) }
        let files = try make(organisation: organisation, days: days)
        do throws(SystemError) { try write(files, in: directory) } catch { throw .unwritable(error) }
    }

    private static func checkAbsence(in directory: String) throws(SystemError) {
        let folder = try Directory(directory)
        for name in fileNames where try folder.statusIfPresent(name) != nil {
            throw SystemError(code: EEXIST, operation: "create", path: "\(directory)/\(name)")
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

    private static func write(_ files: Files, in directory: String) throws(SystemError) {
        let folder = try Directory(directory)
        for (name, content) in zip(fileNames, [files.authorityKey, files.authority, files.sealKey, files.seal]) {
            let mode: UInt32 = name.hasSuffix(".key") ? 0o600 : 0o644
            let file = try folder.create(name, mode: mode)
            try file.setMode(mode)  // the umask may have taken away more than was asked for
            try file.writeAll(content)
            try file.sync()
            try file.close()
        }
        try folder.sync()
    }
}

extension SealError {
    fileprivate static func exists(_ path: String) -> SealError {
        SealError(.fileExists, "\(path) is there already and isn't overwritten.", remedy: "Name an empty directory.")
    }

    fileprivate static func unwritable(_ error: SystemError) -> SealError {
        if error.isAlreadyThere { return .exists(error.path) }
        return SealError(.cannotWrite, "The keys can't be written: \(error).", remedy: "Check the directory.")
    }
}
