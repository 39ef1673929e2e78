import Linux

/// All that an administrator decides: `ecocd.toml` and the files of `sources.d` and `destinations.d` beside it. Read once, then a value.
public struct Configuration: Sendable {
    public let path: String
    public let spool: String
    public let state: String
    /// The domain of the organisation: the origin of the ledger's checkpoints.
    public let organisation: String
    public let rescanSeconds: Int
    public let seal: Seal
    public let socket: String
    public let adminGroup: String?
    /// Threads that check, sign and pack; 0: one for each processor.
    public let workers: Int
    public let sources: [Source]
    public let destinations: [Destination]
    /// The files in the order of their digest: name and bytes.
    public let files: [(name: String, bytes: [UInt8])]

    public struct Seal: Sendable, Equatable {
        public let key: String
        public let certificate: String
        public let chain: String?
        /// PEM file with the authorities that the independent verification trusts.
        public let trusted: String
        /// The name of the systemd credential with the key's passphrase, if it has one.
        public let passphraseCredential: String?
    }

    /// An outbox that one downstream tool collects from.
    public struct Destination: Sendable, Equatable {
        public let name: String
        public let outbox: String
    }

    public var ledger: String { "\(state)/ledger.db" }
    public var checkpointKey: String { "\(state)/checkpoint.key" }
    /// The public half, written at the first start.
    public var verifierKey: String { "\(state)/ledger.vkey" }

    public func source(_ name: String) -> Source? { sources.first { $0.name == name } }
    public func destination(_ name: String) -> Destination? { destinations.first { $0.name == name } }

    /// Reads and checks everything. The first fault is thrown: file, line and what to do.
    public static func load(_ path: String) throws(ConfigurationError) -> Configuration {
        let file = try ConfigurationFile(path: path)
        let settings = try file.decode(DaemonSettings.self)
        let directory =
            path.contains("/") ? path.split(separator: "/", omittingEmptySubsequences: false).dropLast().joined(separator: "/") : "."
        let limit = settings.limits?.maximumFileBytes ?? 1 << 30
        let sourceFiles = try files(in: "\(directory)/sources.d")
        let destinationFiles = try files(in: "\(directory)/destinations.d")
        var sources: [Source] = []
        for file in sourceFiles {
            sources.append(try Source.read(path: file.path, bytes: file.bytes, spool: settings.spool, maximumFileBytes: limit))
        }
        var destinations: [Destination] = []
        for file in destinationFiles { destinations.append(try destination(file, spool: settings.spool)) }
        let configuration = Configuration(
            path: path, spool: settings.spool, state: settings.state, organisation: settings.organisation,
            rescanSeconds: settings.rescanSeconds ?? 60,
            seal: Seal(
                key: settings.seal.key, certificate: settings.seal.certificate,
                chain: settings.seal.chain.flatMap { $0.isEmpty ? nil : $0 }, trusted: settings.seal.trusted,
                passphraseCredential: settings.seal.passphraseCredential),
            socket: settings.control?.socket ?? "/run/ecocd/control.sock", adminGroup: settings.control?.adminGroup,
            workers: settings.limits?.workers ?? 0, sources: sources, destinations: destinations,
            files: ([file] + sourceFiles + destinationFiles).map { ($0.path, $0.bytes) })
        try configuration.check()
        return configuration
    }

    private func check() throws(ConfigurationError) {
        func fault(_ message: String, _ remedy: String) -> ConfigurationError {
            ConfigurationError(file: path, message: message, remedy: remedy)
        }
        guard spool.hasPrefix("/"), state.hasPrefix("/") else {
            throw fault("'spool' and 'state' must be absolute paths", "Begin them with /")
        }
        guard 0...64 ~= workers else { throw fault("'workers' must lie between 0 and 64", "Use 0, one thread for each processor") }
        guard 1...86_400 ~= rescanSeconds else { throw fault("'rescan-seconds' must lie between 1 and 86400", "Use 60") }
        guard !organisation.isEmpty, organisation.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }) else {
            throw fault("'organisation' must be a domain name", "Write it as in organisation = \"example.org\"")
        }
        guard !sources.isEmpty else { throw fault("there is no source", "Put a file into sources.d beside it") }
        for source in sources {
            for name in source.destinations where destination(name) == nil {
                throw fault(
                    "source '\(source.name)' names the destination '\(name)', which is not there",
                    "Add destinations.d/\(name).toml or mend the name")
            }
        }
        var inboxes: Set<String> = []
        for source in sources where !inboxes.insert(source.intake.path).inserted {
            throw fault("two sources share the inbox \(source.intake.path)", "Give each source a folder of its own")
        }
    }

    private static func destination(_ file: ConfigurationFile, spool: String) throws(ConfigurationError) -> Destination {
        let settings = try file.decode(DestinationSettings.self)
        let name = try configuredName(file.path)
        guard settings.profile ?? "eucaris" == "eucaris" else {
            throw ConfigurationError(
                file: file.path, message: "'profile = \"\(settings.profile ?? "")\"' isn't offered by this version",
                remedy: "Write profile = \"eucaris\"")
        }
        return Destination(name: name, outbox: settings.outbox ?? "\(spool)/outbox/\(name)")
    }

    private static func files(in directory: String) throws(ConfigurationError) -> [ConfigurationFile] {
        let names: [String]
        do {
            names = try Directory(directory).entries().compactMap(\.text).filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
        } catch {
            throw ConfigurationError(file: directory, message: "can't be read: \(error)", remedy: "Make the folder beside ecocd.toml")
        }
        var files: [ConfigurationFile] = []
        for name in names { files.append(try ConfigurationFile(path: "\(directory)/\(name)")) }
        return files
    }
}
