import Page

/// `destinations.d/<name>.toml` (docs/configuration.md).
struct DestinationReader {
    let table: SettingsTable

    /// - Returns: nil where the file's name can't be one of a destination. Other faults are added, and the destination is there.
    func read(spool: String) -> Configuration.Destination? {
        let outbox = table.path("outbox")
        if let profile = table.text("profile"), profile != "eucaris" {
            table.fault(at: "profile", "'profile = \"\(profile)\"' isn't offered by this version", "Write profile = \"eucaris\".")
        }
        let text = table.text("page-language")
        let language = text.flatMap(PageLanguage.init(rawValue:))
        if let text, language == nil {
            table.fault(
                at: "page-language", "'page-language = \"\(text)\"' isn't offered by this version", "Write one of \(PageLanguage.list).")
        }
        table.finish()
        guard let name = ConfiguredName.of(table.file, table.faults) else { return nil }
        return Configuration.Destination(name: name, outbox: outbox ?? "\(spool)/outbox/\(name)", pageLanguage: language ?? .english)
    }
}

/// The name that a file of `sources.d` or `destinations.d` gives: it becomes a folder's name, so only plain characters.
enum ConfiguredName {
    static func of(_ path: String, _ faults: SettingsFaults) -> String? {
        let name = (path.split(separator: "/").last ?? "").dropLast(".toml".count)
        let isPlain = name.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
        guard isPlain, !name.isEmpty, name.utf8.first != 0x2D, name.utf8.count <= 64 else {
            faults.add(
                path, nil, "its name must be made of lower-case letters, digits and hyphens, at most 64",
                "Rename the file; its name is the name of the folder.")
            return nil
        }
        return String(name)
    }
}
