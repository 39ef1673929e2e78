extension Configuration.Anchoring {
    init(_ settings: DaemonSettings) {
        let anchor = settings.anchor
        let timestamp = anchor?.timestampURL.flatMap { url in
            anchor?.timestampTrusted.map {
                Configuration.TimeStampAuthority(url: url, trusted: $0, policy: anchor?.timestampPolicy)
            }
        }
        self.init(
            timestamp: timestamp, witnesses: (settings.witness ?? []).map { Configuration.Witness(url: $0.url, key: $0.key) },
            skewSeconds: anchor?.skewSeconds ?? 300, maximumAgeHours: anchor?.maximumAgeHours ?? 24, group: anchor?.group)
    }
}

extension DaemonSettings {
    /// Ranges and forms of `[ledger]`, `[anchor]` and `[[witness]]`.
    func checkAnchoring(in file: ConfigurationFile) throws(ConfigurationError) {
        for (key, path) in [("remembered-head", ledger?.rememberedHead), ("timestamp-trusted", anchor?.timestampTrusted)] {
            if let path, !path.hasPrefix("/") { throw file.fault(at: key, "'\(key)' must be an absolute path", "Begin it with /.") }
        }
        for (key, url) in [("timestamp-url", anchor?.timestampURL)] + (witness ?? []).map({ ("url", $0.url) }) {
            if let url, !url.hasPrefix("https://"), !url.hasPrefix("http://") {
                throw file.fault(at: key, "'\(key)' must be an address of the Web", "Begin it with https:// or http://.")
            }
        }
        guard (anchor?.timestampURL == nil) == (anchor?.timestampTrusted == nil) else {
            throw file.fault(
                at: "anchor", "[anchor] needs both 'timestamp-url' and 'timestamp-trusted', or neither",
                "Name the PEM file of the authority's root certificate as timestamp-trusted.")
        }
        if let policy = anchor?.timestampPolicy, policy.isEmpty || !policy.utf8.allSatisfy({ 0x30...0x39 ~= $0 || $0 == 0x2E }) {
            throw file.fault(
                at: "timestamp-policy", "'timestamp-policy' must be an object identifier", "Write it as in 1.3.6.1.4.1.4146.2.3.")
        }
        if let skew = anchor?.skewSeconds, !(1...86_400 ~= skew) {
            throw file.fault(at: "skew-seconds", "'skew-seconds' must lie between 1 and 86400", "Use 300.")
        }
        if let age = anchor?.maximumAgeHours, !(1...8_760 ~= age) {
            throw file.fault(at: "maximum-age-hours", "'maximum-age-hours' must lie between 1 and 8760", "Use 24.")
        }
    }
}
