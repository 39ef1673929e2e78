import TOML

extension Configuration {
    /// Where the daemon keeps what it does, by `ecocd.toml` alone: what a person needs who asks or looks, whatever is wrong elsewhere.
    public struct Places: Sendable, Equatable {
        public static let usualSocket = "/run/ecocd/control.sock"

        public let spool: String
        public let state: String
        public let socket: String
        /// Where the newest signed head is kept outside the ledger.
        public let rememberedHead: String

        public var ledger: String { "\(state)/ledger.db" }
        /// The folder with every version of reference data that was ever received.
        public var referenceStore: String { "\(state)/reference" }
        public var checkpointKey: String { "\(state)/checkpoint.key" }
        /// The public half, written at the first start.
        public var verifierKey: String { "\(state)/ledger.vkey" }

        /// Reads `ecocd.toml` for its places only. Other settings in it, and other files, may be wrong.
        public static func load(_ path: String) throws(ConfigurationRefusal) -> Places {
            let faults = SettingsFaults()
            let file: SettingsFile
            do { file = try SettingsFile(path: path) } catch { throw ConfigurationRefusal(faults: [error]) }
            let places = file.table(faults).map { PlaceReader($0).places }
            try faults.check([path])
            return places ?? Places(spool: "", state: "", socket: usualSocket, rememberedHead: "")
        }

        /// The control socket, whatever else is wrong in the settings.
        /// - Returns: the socket, and a sentence for the person who asks when the settings couldn't say which it is.
        public static func socket(_ path: String) -> (path: String, warning: String?) {
            let faults = SettingsFaults()
            let file: SettingsFile
            do { file = try SettingsFile(path: path) } catch { return (usualSocket, warning("\(error)")) }
            let control = file.table(faults)?.table("control")
            let socket = control?.path("socket")
            do { try faults.check([path]) } catch { return (usualSocket, warning(error.faults[0].description)) }
            return (socket ?? usualSocket, nil)
        }

        private static func warning(_ fault: String) -> String { "\(fault) So the usual socket is asked, \(usualSocket)." }
    }
}

extension Configuration.Anchoring {
    /// Reads what `ecocd.toml` says of anchors. Sources and destinations may be wrong.
    public static func load(_ path: String) throws(ConfigurationRefusal) -> Configuration.Anchoring {
        let faults = SettingsFaults()
        let file: SettingsFile
        do { file = try SettingsFile(path: path) } catch { throw ConfigurationRefusal(faults: [error]) }
        let settings = DaemonReader(file.table(faults))
        try faults.check([path])
        return settings.anchoring
    }
}

/// Reads the places, and leaves the tables that they stand in for whoever reads the rest.
struct PlaceReader {
    let places: Configuration.Places
    let control, ledger: SettingsTable?

    init(_ table: SettingsTable) {
        let spool = table.requiredPath("spool")
        let state = table.requiredPath("state")
        control = table.table("control")
        let socket = control?.path("socket") ?? Configuration.Places.usualSocket
        // sockaddr_un has room for 107 bytes and the NUL behind them.
        if socket.utf8.count > 107 { control?.fault(at: "socket", "'socket' is longer than 107 bytes", "Use a shorter path.") }
        ledger = table.table("ledger")
        places = Configuration.Places(
            spool: spool, state: state, socket: socket, rememberedHead: ledger?.path("remembered-head") ?? "\(spool)/ledger.head")
    }
}
