public import Ingest
public import Validate

/// One system that drops files: where, in which form, and what happens with them.
public struct Source: Sendable, Equatable {
    /// The name of its file in `sources.d`, without `.toml`: lower-case letters, digits and hyphens.
    public let name: String
    public let profile: Profile
    public let policy: Policy
    public let release: Release
    public let corrections: Corrections
    /// The names of its destinations, at least one.
    public let destinations: [String]
    /// The manufacturers and representatives for whom its records may be sealed; empty: that isn't judged.
    public let manufacturers: Set<String>
    /// The elements and groups, by name, in which its records may differ from their reference data, beside those that are a vehicle's own.
    public let overrides: [String]
    /// The users whose files are taken, and the groups whose members' files are, by name or number; both empty: anybody's who may write into
    /// the inbox.
    public let owners, ownerGroups: [String]
    /// What it decides about the severity of rules.
    public let rules: [RuleChange]
    /// Its folder, and when a file in it counts as complete.
    public let intake: InboxSettings
    /// The file it was read from, byte for byte: a submission keeps a copy, and is decoded with it even when the source changes.
    public let file: [UInt8]

    public enum Policy: String, Sendable, CaseIterable {
        /// Good records are published, the others returned.
        case valid
        /// One bad record rejects the file.
        case all
    }

    /// Who lets a submission go on to the seal.
    public enum Release: String, Sendable, CaseIterable {
        /// Nobody has to: the policy itself stands in the configuration.
        case auto
        /// Somebody who may release.
        case hold
        /// Somebody who may release and didn't drop the file.
        case fourEyes = "four-eyes"
    }

    /// What becomes of other values for a vehicle and stage that were published.
    public enum Corrections: String, Sendable, CaseIterable {
        case hold, auto, reject
    }

    /// Reads one source by the form of its settings alone. Rules, users and groups aren't looked up: a submission's own copy of the settings must
    /// stay readable when they have gone.
    /// - Parameters:
    ///   - path: for messages; the last part without `.toml` is the source's name.
    ///   - spool: the spool's root, for the default inbox.
    public static func read(path: String, bytes: [UInt8], spool: String, maximumFileBytes: Int) throws(ConfigurationRefusal) -> Source {
        let faults = SettingsFaults()
        let source = SettingsFile(path: path, bytes: bytes).table(faults).flatMap { table in
            SourceReader(table: table, bytes: bytes, scope: .form).read(spool: spool, maximumFileBytes: maximumFileBytes)
        }
        try faults.check([path])
        guard let source else {
            throw ConfigurationRefusal(
                faults: [ConfigurationError(file: path, message: "can't be read", remedy: "Compare it with the shipped example.")])
        }
        return source
    }
}
