extension DaemonSettings {
    /// Ranges and forms: what one setting of `ecocd.toml` shows by itself.
    func check(in file: ConfigurationFile) throws(ConfigurationError) {
        for (key, path) in [("spool", spool), ("state", state), ("socket", control?.socket ?? "/"), ("schema", schema ?? "/")]
        where !path.hasPrefix("/") {
            throw file.fault(at: key, "'\(key)' must be an absolute path", "Begin it with /.")
        }
        // sockaddr_un has room for 107 bytes and the NUL behind them.
        if let socket = control?.socket, socket.utf8.count > 107 {
            throw file.fault(at: "socket", "'socket' is longer than 107 bytes", "Use a shorter path.")
        }
        if let workers = limits?.workers, !(0...64 ~= workers) {
            throw file.fault(at: "workers", "'workers' must lie between 0 and 64", "Use 0, one thread for each processor.")
        }
        if let rate = limits?.scrubMegabytes, !(0...1000 ~= rate) {
            throw file.fault(at: "scrub-megabytes", "'scrub-megabytes' must lie between 0 and 1000", "Use 8; 0 for no check at all.")
        }
        if let limit = limits?.maximumFileBytes, limit < 1 {
            throw file.fault(at: "maximum-file-bytes", "'maximum-file-bytes' must be at least 1", "Use 1073741824, one GiB.")
        }
        if let rescanSeconds, !(1...86_400 ~= rescanSeconds) {
            throw file.fault(at: "rescan-seconds", "'rescan-seconds' must lie between 1 and 86400", "Use 60.")
        }
        try checkAnchoring(in: file)
        guard !organisation.isEmpty, organisation.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x2B }) else {
            throw file.fault(at: "organisation", "'organisation' must be a domain name", "Write it as in organisation = \"example.org\".")
        }
    }
}
