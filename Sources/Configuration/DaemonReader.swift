import Ingest

/// `ecocd.toml` (docs/configuration.md): what it says, with its usual values, before sources and destinations are known.
struct DaemonReader {
    private(set) var places = Configuration.Places(spool: "", state: "", socket: Configuration.Places.usualSocket, rememberedHead: "")
    private(set) var organisation: String?
    private(set) var rescanSeconds = 60
    private(set) var schema: String?
    private(set) var seal = Configuration.Seal(key: "", certificate: "", chain: nil, trusted: "", passphraseCredential: nil)
    private(set) var adminGroup, releaseGroup: String?
    private(set) var anchoring = Configuration.Anchoring(timestamp: nil, witnesses: [], skewSeconds: 300, maximumAgeHours: 24, group: nil)
    private(set) var workers = 0
    private(set) var maximumFileBytes = 1 << 30
    private(set) var reference: Configuration.Reference

    /// - Parameter table: nil where the file can't be read: then all values are the usual ones, and the faults say why.
    init(_ table: SettingsTable?) {
        reference = Configuration.Reference(activation: .person, intake: Self.intake(spool: "", settleSeconds: nil))
        guard let table else { return }
        let reading = PlaceReader(table)
        places = reading.places
        organisation = table.text("organisation")
        schema = table.path("schema")
        rescanSeconds = table.number("rescan-seconds", 1...86_400, "Use 60.") ?? 60
        checkOrganisation(table)
        readSeal(table)
        readReference(table)
        readAnchoring(table)
        if let limits = table.table("limits") {
            workers = limits.number("workers", 0...64, "Use 0, one thread for each processor.") ?? 0
            maximumFileBytes = limits.number("maximum-file-bytes", 1...Int.max, "Use 1073741824, one GiB.") ?? 1 << 30
            limits.finish()
        }
        if let control = reading.control {
            adminGroup = control.text("admin-group")
            releaseGroup = control.text("release-group")
            control.finish()
        }
        reading.ledger?.finish()
        table.finish()
    }

    private func checkOrganisation(_ table: SettingsTable) {
        guard let organisation else { return }
        guard !organisation.isEmpty, organisation.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }) else {
            return table.fault(
                at: "organisation", "'organisation' must be a domain name", "Write it as in organisation = \"aurora-mobility.eu\".")
        }
    }

    private mutating func readSeal(_ table: SettingsTable) {
        guard let settings = table.requiredTable("seal") else { return }
        seal = Configuration.Seal(
            key: settings.requiredText("key"), certificate: settings.requiredText("certificate"),
            chain: settings.text("chain").flatMap { $0.isEmpty ? nil : $0 }, trusted: settings.requiredText("trusted"),
            passphraseCredential: settings.text("passphrase-credential"))
        settings.finish()
    }

    private mutating func readReference(_ table: SettingsTable) {
        let settings = table.table("reference")
        let activation = settings?.choice("activation", default: Configuration.Reference.Activation.person) ?? .person
        let settle = settings?.number("settle-seconds", 0...86_400, "Use 2.")
        settings?.finish()
        reference = Configuration.Reference(activation: activation, intake: Self.intake(spool: places.spool, settleSeconds: settle))
    }

    private static func intake(spool: String, settleSeconds: Int?) -> InboxSettings {
        InboxSettings(
            source: Configuration.Reference.name, path: "\(spool)/reference", settleSeconds: settleSeconds,
            maximumBytes: Configuration.Reference.maximumBytes)
    }

    // MARK: Anchors

    private mutating func readAnchoring(_ table: SettingsTable) {
        let settings = table.table("anchor")
        let url = settings.flatMap { address($0, "timestamp-url", $0.text("timestamp-url")) }
        let trusted = settings?.path("timestamp-trusted")
        let policy = settings?.text("timestamp-policy")
        if let settings, (url == nil) != (trusted == nil) {
            settings.fault(
                "[anchor] needs both 'timestamp-url' and 'timestamp-trusted', or neither",
                "Name the PEM file of the authority's root certificate as timestamp-trusted.")
        }
        if let settings, let policy, policy.isEmpty || !policy.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }) {
            settings.fault(
                at: "timestamp-policy", "'timestamp-policy' must be an object identifier", "Write it as in 1.3.6.1.4.1.4146.2.3.")
        }
        let skew = settings?.number("skew-seconds", 1...86_400, "Use 300.")
        let age = settings?.number("maximum-age-hours", 1...8_760, "Use 24.")
        let group = settings?.text("group")
        settings?.finish()
        var witnesses: [Configuration.Witness] = []
        for witness in table.tables("witness") {
            let (url, key) = (witness.requiredText("url"), witness.requiredText("key"))
            witness.finish()
            _ = address(witness, "url", url.isEmpty ? nil : url)
            witnesses.append(Configuration.Witness(url: url, key: key))
        }
        anchoring = Configuration.Anchoring(
            timestamp: url.flatMap { url in trusted.map { .init(url: url, trusted: $0, policy: policy) } }, witnesses: witnesses,
            skewSeconds: skew ?? 300, maximumAgeHours: age ?? 24, group: group)
    }

    private func address(_ table: SettingsTable, _ key: String, _ url: String?) -> String? {
        guard let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") else { return url }
        table.fault(at: key, "\(table.shown(key)) must be an address of the Web", "Begin it with https:// or http://.")
        return url
    }
}
