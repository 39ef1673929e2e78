import Ingest
import Linux
import Page

extension Configuration {
    /// Reads and checks everything, and tells all faults together.
    /// - Parameter path: of `ecocd.toml`; `sources.d` and `destinations.d` lie beside it.
    public static func load(_ path: String) throws(ConfigurationRefusal) -> Configuration {
        let faults = SettingsFaults()
        let folder = folder(of: path)
        let main = file(path, faults)
        let settings = DaemonReader(main?.table(faults))
        let sourceFiles = files(in: "\(folder)sources.d", faults)
        let destinationFiles = files(in: "\(folder)destinations.d", faults)
        let places = settings.places
        let destinations = (destinationFiles ?? []).compactMap { file in
            file.table(faults).flatMap { DestinationReader(table: $0).read(spool: places.spool) }
        }
        let sources = (sourceFiles ?? []).compactMap { file -> (Source, SettingsTable)? in
            guard let table = file.table(faults) else { return nil }
            let reader = SourceReader(table: table, bytes: file.bytes, scope: .inForce)
            return reader.read(spool: places.spool, maximumFileBytes: settings.maximumFileBytes).map { ($0, table) }
        }
        if let sourceFiles, sourceFiles.isEmpty {
            faults.add(path, nil, "there is no source", "Put a file into sources.d beside it.")
        }
        check(sources, against: destinationFiles, reference: settings.reference)
        let all = [main].compactMap(\.self) + (sourceFiles ?? []) + (destinationFiles ?? [])
        try faults.check([path] + all.map(\.path))
        return settings.configuration(path, sources: sources.map(\.0), destinations: destinations, files: all)
    }

    /// `ecocd.toml` without the files beside it, which may be wrong: for questions about the seal, the ledger and authorities. It has neither
    /// sources nor destinations.
    public static func loadWithoutSources(_ path: String) throws(ConfigurationRefusal) -> Configuration {
        let faults = SettingsFaults()
        let main = file(path, faults)
        let settings = DaemonReader(main?.table(faults))
        try faults.check([path])
        return settings.configuration(path, sources: [], destinations: [], files: [main].compactMap(\.self))
    }

    /// The files that `load` would read now, unread; nil where one can't be opened.
    public static func filesOnDisk(_ path: String) -> [(name: String, bytes: [UInt8])]? {
        let faults = SettingsFaults()
        let folder = folder(of: path)
        let main = file(path, faults)
        let others = ["sources.d", "destinations.d"].flatMap { files(in: "\(folder)\($0)", faults) ?? [] }
        guard let main, faults.count == 0 else { return nil }
        return ([main] + others).map { ($0.path, $0.bytes) }
    }

    /// Up to and with its last slash.
    private static func folder(of path: String) -> String { path.lastIndex(of: "/").map { String(path[...$0]) } ?? "" }

    /// What no single file can show: whether the files fit together.
    private static func check(_ sources: [(Source, SettingsTable)], against destinations: [SettingsFile]?, reference: Reference) {
        let files = destinations.map { Set($0.map { $0.path.split(separator: "/").last.map(String.init) ?? "" }) }
        var inboxes: Set<String> = [reference.intake.path]
        for (source, table) in sources {
            for (name, position) in table.texts("destinations") ?? [] where files?.contains("\(name).toml") == false {
                table.fault(
                    at: position, "source '\(source.name)' names the destination '\(name)', which is not there",
                    "Add destinations.d/\(name).toml or mend the name.")
            }
            if source.name == Reference.name {
                table.fault(
                    at: "format", "a source can't be called '\(source.name)': that is the inbox of reference data", "Rename its file.")
            } else if !inboxes.insert(source.intake.path).inserted {
                table.fault(at: "inbox", "two sources share the inbox \(source.intake.path)", "Give each source a folder of its own.")
            }
        }
    }

    private static func file(_ path: String, _ faults: SettingsFaults) -> SettingsFile? {
        do { return try SettingsFile(path: path) } catch {
            faults.add(error)
            return nil
        }
    }

    /// The settings of a folder, in the order of their names; nil where it can't be read.
    private static func files(in directory: String, _ faults: SettingsFaults) -> [SettingsFile]? {
        let names: [String]
        do {
            names = try Directory(directory).entries().compactMap(\.text).filter { $0.hasSuffix(".toml") && !$0.hasPrefix(".") }.sorted()
        } catch {
            faults.add(directory, nil, "can't be read: \(error)", "Make the folder beside ecocd.toml.")
            return nil
        }
        return names.compactMap { file("\(directory)/\($0)", faults) }
    }
}

extension DaemonReader {
    fileprivate func configuration(
        _ path: String, sources: [Source], destinations: [Configuration.Destination], files: [SettingsFile]
    ) -> Configuration {
        Configuration(
            path: path, places: places, organisation: organisation, rescanSeconds: rescanSeconds, schema: schema, seal: seal,
            adminGroup: adminGroup, releaseGroup: releaseGroup, auditGroup: auditGroup, anchoring: anchoring, workers: workers,
            scrubMegabytes: scrubMegabytes, reference: reference, sources: sources, destinations: destinations,
            files: files.map { ($0.path, $0.bytes) })
    }
}
