import Configuration
import Glibc
import Linux
import Sign

/// Loads the seal at start: key, certificates and trust. A seal that can't be used keeps the daemon from starting.
enum SealLoading {
    static let maximumBytes = 1 << 20

    static func load(_ configuration: Configuration) throws -> SealKit {
        let settings = configuration.seal
        let schema = try configuration.schema.map { path throws(MessageSchema.Unusable) in try MessageSchema(path: path) }
        let key = try read(settings.key)
        let certificates = try [settings.certificate, settings.chain].compactMap(\.self).map { try read($0) }
        let passphrase = try passphrase(settings)
        let trusted = try read(settings.trusted)
        let seal = try naming(settings.key, settings.certificate) {
            try SealKey(keyPEM: key, certificatesPEM: certificates, trustedPEM: trusted, passphrase: passphrase)
        }
        return try naming(settings.trusted) { try SealKit(key: seal, trustedPEM: trusted, schema: schema) }
    }

    /// A fault of the seal, and the files it is in.
    struct Fault: Error, CustomStringConvertible {
        let files: [String]
        let error: any Error
        var description: String { "\(files.joined(separator: ", ")): \(error)" }
    }

    private static func naming<Result>(_ files: String..., body: () throws -> Result) throws(Fault) -> Result {
        do { return try body() } catch { throw Fault(files: files, error: error) }
    }

    /// From the systemd credential only: never from configuration, argument or environment.
    private static func passphrase(_ settings: Configuration.Seal) throws -> [UInt8]? {
        guard let name = settings.passphraseCredential else { return nil }
        guard let directory = getenv("CREDENTIALS_DIRECTORY").map({ String(cString: $0) }) else {
            throw SubmissionFault(
                what: "The seal key's passphrase is to come from the credential '\(name)', but systemd passed none",
                remedy: "Add LoadCredential=\(name):… to ecocd.service.")
        }
        var bytes = try read("\(directory)/\(name)")
        while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return bytes
    }

    private static func read(_ path: String) throws(SystemError) -> [UInt8] {
        try Descriptor.open(path).readAll(limit: maximumBytes)
    }
}
