extension Configuration {
    /// What no single file can show: ranges, and whether the files fit together.
    func check() throws(ConfigurationError) {
        try checkSettings()
        try checkSources()
    }

    private func checkSettings() throws(ConfigurationError) {
        guard [spool, state, socket].allSatisfy({ $0.hasPrefix("/") }) else {
            throw fault("'spool', 'state' and 'socket' must be absolute paths", "Begin them with /.")
        }
        // sockaddr_un has room for 107 bytes and the NUL behind them.
        guard socket.utf8.count <= 107 else { throw fault("'socket' is longer than 107 bytes", "Use a shorter path.") }
        guard 0...64 ~= workers else { throw fault("'workers' must lie between 0 and 64", "Use 0, one thread for each processor.") }
        guard 1...86_400 ~= rescanSeconds else { throw fault("'rescan-seconds' must lie between 1 and 86400", "Use 60.") }
        guard !organisation.isEmpty, organisation.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }) else {
            throw fault("'organisation' must be a domain name", "Write it as in organisation = \"example.org\".")
        }
    }

    private func checkSources() throws(ConfigurationError) {
        guard !sources.isEmpty else { throw fault("there is no source", "Put a file into sources.d beside it.") }
        for source in sources {
            for name in source.destinations where destination(name) == nil {
                throw fault(
                    "source '\(source.name)' names the destination '\(name)', which is not there",
                    "Add destinations.d/\(name).toml or mend the name.")
            }
        }
        var inboxes: Set<String> = []
        for source in sources where !inboxes.insert(source.intake.path).inserted {
            throw fault("two sources share the inbox \(source.intake.path)", "Give each source a folder of its own.")
        }
    }

    private func fault(_ message: String, _ remedy: String) -> ConfigurationError {
        ConfigurationError(file: path, message: message, remedy: remedy)
    }
}
