extension Configuration {
    /// What no single file can show: ranges, and whether the files fit together.
    func check() throws(ConfigurationError) {
        try checkSettings()
        try checkSources()
    }

    private func checkSettings() throws(ConfigurationError) {
        guard [spool, state, socket].allSatisfy({ $0.hasPrefix("/") }) else {
            throw fault(at: "spool", "'spool', 'state' and 'socket' must be absolute paths", "Begin them with /.")
        }
        // sockaddr_un has room for 107 bytes and the NUL behind them.
        guard socket.utf8.count <= 107 else { throw fault(at: "socket", "'socket' is longer than 107 bytes", "Use a shorter path.") }
        guard 0...64 ~= workers else {
            throw fault(at: "workers", "'workers' must lie between 0 and 64", "Use 0, one thread for each processor.")
        }
        guard 1...86_400 ~= rescanSeconds else {
            throw fault(at: "rescan-seconds", "'rescan-seconds' must lie between 1 and 86400", "Use 60.")
        }
        guard !organisation.isEmpty, organisation.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }) else {
            throw fault(at: "organisation", "'organisation' must be a domain name", "Write it as in organisation = \"example.org\".")
        }
    }

    private func checkSources() throws(ConfigurationError) {
        guard !sources.isEmpty else {
            throw ConfigurationError(file: path, message: "there is no source", remedy: "Put a file into sources.d beside it.")
        }
        for source in sources {
            for name in source.destinations where destination(name) == nil {
                throw fault(
                    at: "destinations", of: source, "source '\(source.name)' names the destination '\(name)', which is not there",
                    "Add destinations.d/\(name).toml or mend the name.")
            }
        }
        var inboxes: Set<String> = []
        for source in sources where !inboxes.insert(source.intake.path).inserted {
            throw fault(
                at: "inbox", of: source, "two sources share the inbox \(source.intake.path)", "Give each source a folder of its own.")
        }
    }

    /// A fault in `ecocd.toml`, or in the file of a source.
    private func fault(at key: String, of source: Source? = nil, _ message: String, _ remedy: String) -> ConfigurationError {
        let ending = source.map { "/sources.d/\($0.name).toml" } ?? path
        let file = files.first { $0.name.hasSuffix(ending) } ?? (path, [])
        return ConfigurationFile(path: file.name, bytes: file.bytes).fault(at: key, message, remedy)
    }
}
