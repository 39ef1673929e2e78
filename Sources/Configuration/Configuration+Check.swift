extension Configuration {
    /// What no single file can show: whether the files fit together.
    func check() throws(ConfigurationError) {
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
        for source in sources {
            try RuleSettingsReader(path: file(of: source).path, bytes: source.file).check(source.rules)
        }
        if let source = source(Reference.name) {
            throw fault(
                at: "format", of: source, "a source can't be called '\(source.name)': that is the inbox of reference data",
                "Rename its file.")
        }
        var inboxes: Set<String> = [reference.intake.path]
        for source in sources where !inboxes.insert(source.intake.path).inserted {
            throw fault(
                at: "inbox", of: source, "two sources share the inbox \(source.intake.path)", "Give each source a folder of its own.")
        }
    }

    private func fault(at key: String, of source: Source, _ message: String, _ remedy: String) -> ConfigurationError {
        file(of: source).fault(at: key, message, remedy)
    }

    private func file(of source: Source) -> ConfigurationFile {
        let file = files.first { $0.name.hasSuffix("sources.d/\(source.name).toml") } ?? (path, [])
        return ConfigurationFile(path: file.name, bytes: file.bytes)
    }
}
