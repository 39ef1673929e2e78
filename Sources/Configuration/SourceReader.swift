import Ingest

/// Turns the settings of a source into what the rooms work with, and refuses what can't be meant.
struct SourceReader {
    let path: String
    let bytes: [UInt8]

    func read(spool: String, maximumFileBytes: Int) throws(ConfigurationError) -> Source {
        let settings = try ConfigurationFile(path: path, bytes: bytes).decode(SourceSettings.self)
        let name = try configuredName(path)
        guard !settings.destinations.isEmpty else {
            throw fault(at: "destinations", "'destinations' is empty", "Name at least one file of destinations.d.")
        }
        let limit = min(settings.maximumFileBytes ?? maximumFileBytes, maximumFileBytes)
        guard limit > 0 else {
            throw fault(at: "maximum-file-bytes", "'maximum-file-bytes' must be at least 1", "Use 1073741824, one GiB.")
        }
        let profile = try profile(settings, limit)
        let release: Source.Release = try choice(settings.release, "release", default: .auto)
        var intake = try intake(settings, name, spool, limit)
        intake.refusesSharedWriting = release == .fourEyes || settings.owners != nil || settings.ownerGroups != nil
        try checkLastLineEnd(settings, profile, intake)
        if let problem = profile.check().first {
            throw fault(at: "column", problem, "Mend the mapping; docs/catalogue.md lists the paths.")
        }
        return Source(
            name: name, profile: profile, policy: try choice(settings.policy, "policy", default: .valid),
            release: release,
            corrections: try choice(settings.corrections, "corrections", default: .hold),
            destinations: settings.destinations, manufacturers: try manufacturers(settings.manufacturers),
            owners: try owners(settings.owners, "owners"), ownerGroups: try owners(settings.ownerGroups, "owner-groups"),
            rules: try RuleSettingsReader(path: path, bytes: bytes).read(settings.rule ?? []),
            intake: intake, file: bytes)
    }

    /// Where no line end says that the last row is whole, something else must.
    private func checkLastLineEnd(_ settings: SourceSettings, _ profile: Profile, _ intake: InboxSettings) throws(ConfigurationError) {
        guard settings.lastLineEnd != nil else { return }
        let hasTrailer: Bool
        switch profile.format {
        case .csv, .jsonLines: hasTrailer = false
        case .fixed(let layout): hasTrailer = layout.trailer != nil
        case .json, .xml, .ivi:
            throw fault(
                at: "last-line-end", "'last-line-end' has no use for \(settings.format), whose files end with a bracket or a tag",
                "Leave it out.")
        }
        let shortest = InboxSettings.shortestSettleWithoutSign
        if profile.lastLineEnd == .optional, intake.marker == .none, !hasTrailer, intake.settleSeconds < shortest {
            throw fault(
                at: "last-line-end",
                "without the last line end, a file that was cut inside its last value looks whole after 'settle-seconds' of \(intake.settleSeconds)",
                "Let the system write the last line end. If it can't: set 'marker', or in [fixed] 'trailer', or 'settle-seconds' of \(shortest) at least; "
                    + "a file that is renamed into the inbox doesn't wait for them.")
        }
    }

    private func manufacturers(_ names: [String]?) throws(ConfigurationError) -> Set<String> {
        guard let names else { return [] }
        guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty && !$0.hasPrefix(" ") && !$0.hasSuffix(" ") }) else {
            throw fault(
                at: "manufacturers", "'manufacturers' must be names without blanks at their ends, one at least",
                "Write them as ManufacturerName or EURepresentativeName has them, or leave the setting out.")
        }
        return Set(names)
    }

    private func owners(_ names: [String]?, _ key: String) throws(ConfigurationError) -> [String] {
        guard let names else { return [] }
        guard !names.isEmpty, names.allSatisfy({ !$0.isEmpty }) else {
            throw fault(
                at: key, "'\(key)' must have one name at least, and no empty one",
                "Name whose files are taken, or leave the setting out: then whoever may write into the inbox delivers.")
        }
        return names
    }

    private func intake(_ settings: SourceSettings, _ name: String, _ spool: String, _ limit: Int) throws(ConfigurationError)
        -> InboxSettings
    {
        if let settle = settings.settleSeconds, !(0...86_400 ~= settle) {
            throw fault(
                at: "settle-seconds", "'settle-seconds' must lie between 0 and 86400", "Use 2 for a local folder, 30 for a network mount.")
        }
        if let wait = settings.maxWaitSeconds, !(1...31_536_000 ~= wait) {
            throw fault(at: "max-wait-seconds", "'max-wait-seconds' must lie between 1 and 31536000", "Use 3600.")
        }
        if let linger = settings.lingerSeconds, !(1...86_400 ~= linger) {
            throw fault(at: "linger-seconds", "'linger-seconds' must lie between 1 and 86400", "Use 60, or leave it out.")
        }
        let inbox = settings.inbox ?? "\(spool)/inbox/\(name)"
        guard inbox.hasPrefix("/") else { throw fault(at: "inbox", "'inbox' must be an absolute path", "Begin it with /.") }
        var intake = InboxSettings(
            source: name, path: inbox, settleSeconds: settings.settleSeconds,
            isNetworkMount: settings.network ?? false,
            temporaryPatterns: settings.temporaryPatterns?.map(NamePattern.init) ?? InboxSettings.defaultTemporaryPatterns,
            marker: try choice(settings.marker, "marker", default: .none), maximumBytes: limit,
            maximumWaitSeconds: settings.maxWaitSeconds ?? 3600, incomplete: try choice(settings.incomplete, "incomplete", default: .keep))
        if let linger = settings.lingerSeconds { intake.lingerSeconds = linger }
        return intake
    }

    private func profile(_ settings: SourceSettings, _ limit: Int) throws(ConfigurationError) -> Profile {
        var mapping: [ColumnRule] = []
        for column in settings.column ?? [] { mapping.append(try rule(column)) }
        return Profile(
            format: try format(settings), encoding: try choice(settings.encoding, "encoding", default: .utf8),
            lastLineEnd: try choice(settings.lastLineEnd, "last-line-end", default: .required), mapping: mapping,
            constants: (settings.constants ?? [:]).sorted { $0.key < $1.key }.map { Profile.Constant(path: $0.key, value: $0.value) },
            ignoredColumns: settings.ignoredColumns ?? [], limits: Profile.Limits(fileBytes: limit))
    }

    private func format(_ settings: SourceSettings) throws(ConfigurationError) -> Profile.Format {
        switch settings.format {
        case "csv": .csv(try dialect(settings.csv))
        case "fixed": .fixed(layout(settings.fixed))
        case "json": .json(JSONLayout(records: settings.json?.records ?? []))
        case "jsonl": .jsonLines
        case "xml": .xml(try layout(settings.xml))
        case "ivi": .ivi(existingSignature: try choice(settings.existingSignature, "existing-signature", default: .reject))
        default:
            throw fault(
                at: "format", "'format = \"\(settings.format)\"' is unknown",
                "Use \"csv\", \"fixed\", \"json\", \"jsonl\", \"xml\" or \"ivi\".")
        }
    }

    private func dialect(_ settings: SourceSettings.CSVSettings?) throws(ConfigurationError) -> CSVDialect {
        var dialect = CSVDialect()
        if let text = settings?.delimiter { dialect.delimiter = try character(text, "delimiter") }
        if let text = settings?.quote { dialect.quote = text.isEmpty ? nil : try character(text, "quote") }
        dialect.hasHeader = settings?.header ?? true
        return dialect
    }

    private func layout(_ settings: SourceSettings.FixedSettings?) -> FixedLayout {
        FixedLayout(headerLines: settings?.headerLines ?? 0, trailer: settings?.trailer, recordLength: settings?.recordLength)
    }

    private func layout(_ settings: SourceSettings.XMLSettings?) throws(ConfigurationError) -> XMLLayout {
        guard let record = settings?.record else {
            throw fault(
                at: settings == nil ? "format" : "xml", "a source of xml needs 'record' in [xml]",
                "Name the element that is one vehicle: record = \"vehicle\".")
        }
        let layout = XMLLayout(record: record)
        if let problem = Profile(format: .xml(layout)).check().first {
            throw fault(at: "record", problem, "Write it as it stands behind the '<' and the prefix.")
        }
        return layout
    }

    private func rule(_ column: SourceSettings.ColumnSettings) throws(ConfigurationError) -> ColumnRule {
        let place: ColumnRule.Column =
            switch (column.name, column.number, column.from, column.length) {
            case (let name?, nil, nil, nil): .name(name)
            case (nil, let number?, nil, nil): .number(number)
            case (nil, nil, let from?, let length?) where 1...1_000_000 ~= from && 1...1_000_000 ~= length:
                .positions(from...from + length - 1)
            default:
                throw fault(
                    at: "column", "the [[column]] for '\(column.path)' needs 'name', or 'number', or 'from' and 'length', both from 1",
                    "Give exactly one of the three.")
            }
        var conversion = ValueConversion(
            trim: column.trim ?? true, missing: column.missing ?? [], codes: column.codes ?? [:], uppercase: column.uppercase ?? false,
            decimalComma: column.decimalComma ?? false, factor: column.factor, dateForm: column.date)
        if let text = column.thousands { conversion.thousandsSeparator = try character(text, "thousands") }
        return ColumnRule(column: place, target: column.path, conversion: conversion)
    }

    private func character(_ text: String, _ key: String) throws(ConfigurationError) -> Unicode.Scalar {
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            throw fault(at: key, "'\(key)' must be one character, not '\(text)'", "Write a tab as \"\\t\".")
        }
        return scalar
    }

    private func choice<Choice: RawRepresentable & CaseIterable>(
        _ text: String?, _ key: String, default usual: Choice
    ) throws(ConfigurationError) -> Choice where Choice.RawValue == String {
        guard let text else { return usual }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            throw fault(at: key, "'\(key) = \"\(text)\"' is unknown", "Use one of \(known).")
        }
        return choice
    }

    private func fault(at key: String, _ message: String, _ remedy: String) -> ConfigurationError {
        ConfigurationFile(path: path, bytes: bytes).fault(at: key, message, remedy)
    }
}

/// The name that a file of `sources.d` or `destinations.d` gives: it becomes a folder's name, so only plain characters.
func configuredName(_ path: String) throws(ConfigurationError) -> String {
    let name = (path.split(separator: "/").last ?? "").dropLast(".toml".count)
    let isPlain = name.utf8.allSatisfy { 0x61...0x7A ~= $0 || 0x30...0x39 ~= $0 || $0 == 0x2D }
    guard isPlain, !name.isEmpty, name.utf8.first != 0x2D, name.utf8.count <= 64 else {
        throw ConfigurationError(
            file: path, message: "its name must be made of lower-case letters, digits and hyphens, at most 64",
            remedy: "Rename the file; its name is the name of the folder.")
    }
    return String(name)
}
