import Linux

/// Keeps a second ecocd out of a spool, whichever ledger it brings along: an exclusive lock on a file in the spool's root, held for the
/// daemon's life (docs/spool.md, "One daemon"). Any thread.
public final class SpoolLock: Sendable {
    /// The locked file's name in the spool's root. Nobody but its owner may open it: whoever may could hold the lock.
    static let fileName = "spool.lock"
    private static let mode: UInt32 = 0o600
    private static let longestHolder = 4096

    private let root: String
    private let holder: Holder
    private let lock: Monitor<FileLock?>

    /// What the file says of the daemon that holds the lock, for the message that another one gives.
    public struct Holder: Sendable, Equatable {
        public let pid: Int32
        public let host: String
        /// When it took the lock, RFC 3339 in UTC.
        public let since: String
        public let configuration: String
        /// Of the settings at that time.
        public let settingsSHA256: String

        public init(pid: Int32, host: String, since: String, configuration: String, settingsSHA256: String) {
            (self.pid, self.host, self.since) = (pid, host, since)
            (self.configuration, self.settingsSHA256) = (configuration, settingsSHA256)
        }
    }

    /// Takes the lock. Run it before anything else looks into the spool or opens the ledger; the root is made when it is missing.
    /// - Throws: when another daemon works on the spool, or its file system has no locks.
    public init(root: String, holder: Holder) throws(SpoolError) {
        self.root = root
        self.holder = holder
        try Spool.makeRoot(root)
        lock = Monitor(try Self.take(root, holder))
    }

    /// Lets go of it. Whoever holds the lock no longer writes into the spool.
    public func release() { lock.withLock { $0 = nil } }

    /// Looks whether the spool's path still leads to the locked file. A file that somebody removed is made and locked anew.
    /// - Throws: when the spool is gone or another daemon has taken it.
    public func confirm() throws(SpoolError) {
        try lock.withLock { lock throws(SpoolError) in
            guard let held = lock else { return }
            let isInPlace = try performing("look for the spool's lock") { () throws(SystemError) in try held.isInPlace }
            if !isInPlace { lock = try Self.take(root, holder) }
        }
    }

    private static func take(_ root: String, _ holder: Holder) throws(SpoolError) -> FileLock {
        let path = "\(root)/\(fileName)"
        // Whoever had the lock may have removed the file between its opening and its locking.
        while true {
            let taken: FileLock?
            do { taken = try FileLock(path, mode: mode) } catch {
                throw SpoolError("lock the spool", error.hasNoLocks ? .noLocks(error) : .system(error))
            }
            guard let taken else { throw SpoolError("work on the spool '\(root)'", .occupied(by: readHolder(path))) }
            let isInPlace = try performing("lock the spool") { () throws(SystemError) in try taken.isInPlace }
            guard isInPlace else { continue }
            try performing("lock the spool") { () throws(SystemError) in try taken.write(Array(holder.text.utf8)) }
            return taken
        }
    }

    /// Nil when it can't be told, as in the moment in which the other one writes it.
    private static func readHolder(_ path: String) -> Holder? {
        guard let bytes = try? Descriptor.open(path).readAll(limit: longestHolder) else { return nil }
        return Holder(text: String(decoding: bytes, as: UTF8.self))
    }
}

extension SpoolLock.Holder: CustomStringConvertible {
    public var description: String { "pid \(pid) on \(host), since \(since), configuration \(configuration)" }

    /// One line for each value: its name, a space, the value.
    var text: String {
        "pid \(pid)\nhost \(host)\nsince \(since)\nconfiguration \(configuration)\nsettings-sha256 \(settingsSHA256)\n"
    }

    init?(text: String) {
        var values: [Substring: String] = [:]
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: " ", maxSplits: 1)
            guard parts.count == 2 else { return nil }
            values[parts[0]] = String(
                String.UnicodeScalarView(parts[1].unicodeScalars.filter { $0.properties.generalCategory != .control }))
        }
        guard let pid = values["pid"].flatMap({ Int32($0) }), let host = values["host"], let since = values["since"],
            let configuration = values["configuration"], let digest = values["settings-sha256"]
        else { return nil }
        self.init(pid: pid, host: host, since: since, configuration: configuration, settingsSHA256: digest)
    }
}
