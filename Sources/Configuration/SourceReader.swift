import Ingest
import Linux
import TOML
import Validate

/// `sources.d/<name>.toml` (docs/configuration.md): turns the settings of a source into what the rooms work with, and refuses what can't be meant.
struct SourceReader {
    let table: SettingsTable
    let bytes: [UInt8]
    let scope: Scope

    /// How far settings are judged.
    enum Scope {
        /// By their form alone: a submission's own copy must stay readable when rules, users and groups come and go.
        case form
        /// With what the program and the machine know now.
        case inForce
    }

    /// - Returns: nil when something is wrong; the faults say what.
    func read(spool: String, maximumFileBytes: Int) -> Source? {
        let before = table.faults.count
        let name = ConfiguredName.of(table.file, table.faults) ?? ""
        let limit = min(table.number("maximum-file-bytes", 1...Int.max, "Use 1073741824, one GiB.") ?? maximumFileBytes, maximumFileBytes)
        let (owners, ownerGroups) = (names("owners"), names("owner-groups"))
        let profile = profile(limit)
        let release = table.choice("release", default: Source.Release.auto)
        var intake = intake(name, spool, limit)
        intake.owners = scope == .inForce ? ownerNumbers(owners, ownerGroups) : nil
        intake.refusesSharedWriting = release == .fourEyes || table.isSet("owners") || table.isSet("owner-groups")
        checkLastLineEnd(profile, intake)
        let source = Source(
            name: name, profile: profile, policy: table.choice("policy", default: .valid), release: release,
            corrections: table.choice("corrections", default: .hold),
            destinations: destinations(), manufacturers: manufacturers(), overrides: overrides(), owners: owners.map(\.text),
            ownerGroups: ownerGroups.map(\.text), rules: SourceRuleReader(tables: table.tables("rule"), scope: scope).read(),
            intake: intake, file: bytes)
        table.finish()
        return table.faults.count == before ? source : nil
    }

    /// Where no line end says that the last row is whole, something else must.
    private func checkLastLineEnd(_ profile: Profile, _ intake: InboxSettings) {
        guard table.isSet("last-line-end") else { return }
        let hasTrailer: Bool
        switch profile.format {
        case .csv, .jsonLines: hasTrailer = false
        case .fixed(let layout): hasTrailer = layout.trailer != nil
        case .json, .xml, .ivi:
            return table.fault(
                at: "last-line-end",
                "'last-line-end' has no use for \(table.plainText("format") ?? ""), whose files end with a bracket or a tag",
                "Leave it out.")
        }
        let shortest = InboxSettings.shortestSettleWithoutSign
        if profile.lastLineEnd == .optional, intake.marker == .none, !hasTrailer, intake.settleSeconds < shortest {
            table.fault(
                at: "last-line-end",
                "without the last line end, a file that was cut inside its last value looks whole after 'settle-seconds' of \(intake.settleSeconds)",
                "Let the system write the last line end. If it can't: set 'marker', or in [fixed] 'trailer', or 'settle-seconds' of \(shortest) at least; "
                    + "a file that is renamed into the inbox doesn't wait for them.")
        }
    }

    private func destinations() -> [String] {
        guard let names = table.texts("destinations") else {
            if !table.isSet("destinations") { table.missing("destinations") }
            return []
        }
        if names.isEmpty {
            table.fault(at: "destinations", "'destinations' is empty", "Name at least one file of destinations.d.")
        }
        return names.map(\.text)
    }

    private func manufacturers() -> Set<String> {
        guard let names = table.texts("manufacturers") else { return [] }
        let remedy = "Write them as ManufacturerName or EURepresentativeName has them, or leave the setting out."
        let message = "'manufacturers' must be names without blanks at their ends, one at least"
        if names.isEmpty { table.fault(at: "manufacturers", message, remedy) }
        for name in names where name.text.isEmpty || name.text.hasPrefix(" ") || name.text.hasSuffix(" ") {
            table.fault(at: name.position, message, remedy)
        }
        return Set(names.map(\.text))
    }

    private func overrides() -> [String] {
        guard let names = table.texts("overrides") else { return [] }
        if names.isEmpty {
            table.fault(at: "overrides", "'overrides' is empty", "Name elements such as \"MaximumSpeed\", or leave the setting out.")
        }
        for name in names where scope == .inForce {
            guard let problem = OverrideProblem(name.text) else { continue }
            table.fault(at: name.position, "'\(name.text)' in 'overrides' \(problem.message)", problem.remedy)
        }
        return names.map(\.text)
    }

    private func intake(_ name: String, _ spool: String, _ limit: Int) -> InboxSettings {
        let settle = table.number("settle-seconds", 0...86_400, "Use 2 for a local folder, 30 for a network mount.")
        let linger = table.number("linger-seconds", 1...86_400, "Use 60, or leave it out.")
        let wait = table.number("max-wait-seconds", 1...31_536_000, "Use 3600.")
        var intake = InboxSettings(
            source: name, path: table.path("inbox") ?? "\(spool)/inbox/\(name)", settleSeconds: settle,
            isNetworkMount: table.flag("network") ?? false,
            temporaryPatterns: table.texts("temporary-patterns")?.map { NamePattern($0.text) } ?? InboxSettings.defaultTemporaryPatterns,
            marker: table.choice("marker", default: .none), maximumBytes: limit, maximumWaitSeconds: wait ?? 3600,
            incomplete: table.choice("incomplete", default: .keep))
        if let linger { intake.lingerSeconds = linger }
        return intake
    }

    // MARK: Whose files are taken

    private typealias Name = (text: String, position: TOMLPosition)

    private func names(_ key: String) -> [Name] {
        guard let names = table.texts(key) else { return [] }
        let message = "'\(key)' must have one name at least, and no empty one"
        let remedy = "Name whose files are taken, or leave the setting out: then whoever may write into the inbox delivers."
        if names.isEmpty { table.fault(at: key, message, remedy) }
        for name in names where name.text.isEmpty { table.fault(at: name.position, message, remedy) }
        return names.filter { !$0.text.isEmpty }
    }

    private func ownerNumbers(_ users: [Name], _ groups: [Name]) -> FileOwners? {
        guard !users.isEmpty || !groups.isEmpty else { return nil }
        return FileOwners(
            users: numbers(users, "owners", "user") { (name) throws(SystemError) in try UserDatabase.user(named: name) },
            groups: numbers(groups, "owner-groups", "group") { (name) throws(SystemError) in try UserDatabase.group(named: name) })
    }

    /// A name of digits alone is a number already: of a user whom only another machine knows, behind a network mount.
    private func numbers(_ names: [Name], _ key: String, _ what: String, _ lookUp: (String) throws(SystemError) -> UInt32?) -> Set<UInt32> {
        var numbers: Set<UInt32> = []
        for name in names {
            if name.text.utf8.allSatisfy({ 0x30...0x39 ~= $0 }), let number = UInt32(name.text) {
                numbers.insert(number)
                continue
            }
            do throws(SystemError) {
                if let found = try lookUp(name.text) {
                    numbers.insert(found)
                } else {
                    table.fault(
                        at: name.position, "there is no \(what) '\(name.text)', whom '\(key)' names",
                        "Mend the name, make the \(what), or give its number.")
                }
            } catch {
                table.fault(
                    at: name.position, "the \(what) '\(name.text)' in '\(key)' can't be looked up: \(error)",
                    "Try again when the name service answers.")
            }
        }
        return numbers
    }
}
