import Ingest
import Linux
import Page

extension Configuration {
    /// Reads and checks everything. The first fault is thrown: file, line and what to do.
    /// - Parameter path: of `ecocd.toml`; `sources.d` and `destinations.d` lie beside it.
    public static func load(_ path: String) throws(ConfigurationError) -> Configuration {
        let file = try ConfigurationFile(path: path)
        let settings = try file.decode(DaemonSettings.self)
        try settings.check(in: file)
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        let sourceFiles = try files(in: "\(folder)sources.d")
        let destinationFiles = try files(in: "\(folder)destinations.d")
        let configuration = Configuration(
            path: path, spool: settings.spool, state: settings.state, organisation: settings.organisation,
            rescanSeconds: settings.rescanSeconds ?? 60, schema: settings.schema, seal: Seal(settings.seal),
            socket: settings.control?.socket ?? "/run/ecocd/control.sock", adminGroup: settings.control?.adminGroup,
            releaseGroup: settings.control?.releaseGroup,
            rememberedHead: settings.ledger?.rememberedHead ?? "\(settings.spool)/ledger.head", anchoring: Anchoring(settings),
            workers: settings.limits?.workers ?? 0, scrubMegabytes: settings.limits?.scrubMegabytes ?? 8,
            reference: try reference(settings, in: file),
            sources: try sources(sourceFiles, settings),
            destinations: try destinations(destinationFiles, settings),
            files: ([file] + sourceFiles + destinationFiles).map { ($0.path, $0.bytes) })
        try configuration.check()
        return configuration
    }

    private static func reference(
        _ settings: DaemonSettings, in file: ConfigurationFile
    ) throws(ConfigurationError) -> Reference {
        let text = settings.reference?.activation ?? Reference.Activation.person.rawValue
        guard let activation = Reference.Activation(rawValue: text) else {
            throw file.fault(at: "activation", "'activation = \"\(text)\"' is unknown", "Use \"person\" or \"auto\".")
        }
        let settle = settings.reference?.settleSeconds
        if let settle, !(0...86_400 ~= settle) {
            throw file.fault(at: "settle-seconds", "'settle-seconds' must lie between 0 and 86400", "Use 2.")
        }
        return Reference(
            activation: activation,
            intake: InboxSettings(
                source: Reference.name, path: "\(settings.spool)/reference", settleSeconds: settle, maximumBytes: Reference.maximumBytes))
    }

    private static func sources(_ files: [ConfigurationFile], _ settings: DaemonSettings) throws(ConfigurationError) -> [Source] {
        let limit = settings.limits?.maximumFileBytes ?? 1 << 30
        var sources: [Source] = []
        for file in files {
            let source = try Source.read(path: file.path, bytes: file.bytes, spool: settings.spool, maximumFileBytes: limit)
            sources.append(try source.lookingUpOwners(in: file))
        }
        return sources
    }

    private static func destinations(
        _ files: [ConfigurationFile], _ settings: DaemonSettings
    ) throws(ConfigurationError) -> [Destination] {
        var destinations: [Destination] = []
        for file in files { destinations.append(try destination(file, spool: settings.spool)) }
        return destinations
    }

    private static func destination(_ file: ConfigurationFile, spool: String) throws(ConfigurationError) -> Destination {
        let settings = try file.decode(DestinationSettings.self)
        let name = try configuredName(file.path)
        guard settings.profile ?? "eucaris" == "eucaris" else {
            throw file.fault(
                at: "profile", "'profile = \"\(settings.profile ?? "")\"' isn't offered by this version", "Write profile = \"eucaris\".")
        }
        let outbox = settings.outbox ?? "\(spool)/outbox/\(name)"
        guard outbox.hasPrefix("/") else {
            throw file.fault(at: "outbox", "'outbox' must be an absolute path", "Begin it with /.")
        }
        guard let language = PageLanguage(rawValue: settings.pageLanguage ?? PageLanguage.english.rawValue) else {
            throw file.fault(
                at: "page-language", "'page-language = \"\(settings.pageLanguage ?? "")\"' isn't offered by this version",
                "Write one of \(PageLanguage.list).")
        }
        return Destination(name: name, outbox: outbox, pageLanguage: language)
    }

    /// The settings of a folder, in the order of their names.
    private static func files(in directory: String) throws(ConfigurationError) -> [ConfigurationFile] {
        let names: [String]
        do {
            names = try Directory(directory).entries().compactMap(\.text).filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
        } catch {
            throw ConfigurationError(file: directory, message: "can't be read: \(error)", remedy: "Make the folder beside ecocd.toml.")
        }
        var files: [ConfigurationFile] = []
        for name in names { files.append(try ConfigurationFile(path: "\(directory)/\(name)")) }
        return files
    }
}

extension Configuration.Seal {
    init(_ settings: DaemonSettings.SealSettings) {
        self.init(
            key: settings.key, certificate: settings.certificate, chain: settings.chain.flatMap { $0.isEmpty ? nil : $0 },
            trusted: settings.trusted, passphraseCredential: settings.passphraseCredential)
    }
}
