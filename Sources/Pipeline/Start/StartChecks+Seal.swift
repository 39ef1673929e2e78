import Configuration
import Glibc
import Linux
import Sign

/// The seal: key, certificates, trust and schema.
extension StartChecks {
    static let maximumBytes = 1 << 20

    mutating func checkSeal() {
        let settings = configuration.seal
        let open = [settings.certificate, settings.chain, settings.trusted].compactMap(\.self)
        check(settings.key, .secret)
        for path in open { check(path, .open) }
        checkFolders(of: [settings.key] + open)
        let schema = schema()
        let key = read(settings.key, "seal.key")
        let certificates = [("seal.certificate", settings.certificate), ("seal.chain", settings.chain)].compactMap { name, path in
            path.map { (name, $0, read($0, name)) }
        }
        let trusted = read(settings.trusted, "seal.trusted")
        for case (let name, let path, let bytes?) in certificates {
            legible(path, name) { () throws(SealError) in try SealKey.check(certificatesPEM: bytes) }
        }
        if let trusted { legible(settings.trusted, "seal.trusted") { () throws(SealError) in try SealKey.check(trustedPEM: trusted) } }
        guard let trusted, !certificates.contains(where: { $0.2 == nil }) else { return }
        let files = certificates.compactMap(\.2)
        guard files.allSatisfy({ (try? SealKey.check(certificatesPEM: $0)) != nil }), (try? SealKey.check(trustedPEM: trusted)) != nil
        else { return }
        switch passphrase() {
        case .here(let passphrase) where key != nil:
            load(key ?? [], files, trusted, passphrase, schema)
        default:
            checkPath(files, trusted)
        }
    }

    private mutating func load(
        _ key: [UInt8], _ certificates: [[UInt8]], _ trusted: [UInt8], _ passphrase: [UInt8]?, _ schema: MessageSchema?
    ) {
        do throws(SealError) {
            let seal = try SealKey(keyPEM: key, certificatesPEM: certificates, trustedPEM: trusted, passphrase: passphrase)
            // Read before: the trusted certificates are legible.
            guard let kit = try? SealKit(key: seal, trustedPEM: trusted, schema: schema) else { return }
            setSeal(kit, Self.line(seal.path))
            tellWhetherItHolds(seal.path)
        } catch {
            let isOfTheKey = [.unreadableKey, .wrongPassphrase].contains(error.code)
            let files =
                isOfTheKey
                ? configuration.seal.key : isOfPath(error) ? sealFiles : "\(configuration.seal.key), \(configuration.seal.certificate)"
            add("\(files): \(error.message.dropLast())", error.remedy)
            if isOfTheKey { checkPath(certificates, trusted) }
        }
    }

    /// Without the key: whether its certificate could be used.
    private mutating func checkPath(_ certificates: [[UInt8]], _ trusted: [UInt8]) {
        do throws(SealError) {
            let path = try SealPath(certificatesPEM: certificates, trustedPEM: trusted)
            setSeal(nil, Self.line(path))
            tellWhetherItHolds(path)
        } catch {
            add("\(isOfPath(error) ? sealFiles : configuration.seal.certificate): \(error.message.dropLast())", error.remedy)
        }
    }

    /// A seal that has ended keeps nobody from starting: everything but sealing works, and `status` says why.
    private mutating func tellWhetherItHolds(_ path: SealPath) {
        do throws(SealError) { try path.usable(at: time(nil)) } catch {
            add("nothing can be sealed: \(error.message.dropLast())", error.remedy, preventsStart: false)
        }
    }

    private func isOfPath(_ error: SealError) -> Bool { [.untrusted, .expired, .notYetValid].contains(error.code) }

    private var sealFiles: String {
        let seal = configuration.seal
        return [seal.certificate, seal.chain, seal.trusted].compactMap(\.self).joined(separator: ", ")
    }

    private static func line(_ path: SealPath) -> String {
        let end = path.firstToEnd
        let days = (end.notAfter - time(nil)) / 86_400
        let first = end == path.links.first ? "" : ", when \(end.subject) ends"
        let until = Timestamp(milliseconds: end.notAfter * 1000).textToTheSecond
        return "\(path.links.first?.subject ?? ""), until \(until) (\(days) days)\(first); it leads to \(path.links.last?.subject ?? "")"
    }

    // MARK: Files

    private mutating func schema() -> MessageSchema? {
        guard let path = configuration.schema else { return nil }
        return looking("the schema \(path)") { try MessageSchema(path: path) }
    }

    private mutating func read(_ path: String, _ setting: String) -> [UInt8]? {
        looking("\(setting) (\(path))", remedy: "Mend the path, or put the file there, so that ecocd may read it.") {
            () throws(SystemError) in
            try Descriptor.open(path).readAll(limit: Self.maximumBytes)
        }
    }

    private mutating func legible(_ path: String, _ setting: String, _ body: () throws(SealError) -> Void) {
        do throws(SealError) { try body() } catch { add("\(setting) (\(path)): \(error.message.dropLast())", error.remedy) }
    }

    private enum Passphrase {
        /// Nil for a key in clear.
        case here([UInt8]?)
        case unknown
    }

    /// From the systemd credential only: never from configuration, argument or environment.
    private mutating func passphrase() -> Passphrase {
        guard let name = configuration.seal.passphraseCredential else { return .here(nil) }
        guard let directory = getenv("CREDENTIALS_DIRECTORY").map({ String(cString: $0) }) else {
            if viewer == .visitor {
                leaveUnchecked(
                    "the key \(configuration.seal.key): only systemd hands out its passphrase, the credential '\(name)', and only to ecocd")
            } else {
                add(
                    "the seal key's passphrase is to come from the credential '\(name)', but systemd passed none",
                    "Add LoadCredential=\(name):… to ecocd.service.")
            }
            return .unknown
        }
        guard var bytes = read("\(directory)/\(name)", "the credential '\(name)'") else { return .unknown }
        while bytes.last == UInt8(ascii: "\n") || bytes.last == UInt8(ascii: "\r") { bytes.removeLast() }
        return .here(bytes)
    }
}
