public import Linux

/// Notices that something came into an inbox. Only a hint: `Intake` looks what it is, and looks on a timer, too.
///
/// Owned by one thread; for polling, wait for `descriptor`.
public struct InboxWatch: ~Copyable {
    /// What came since the last call.
    public struct Hints: Sendable, Equatable {
        /// Sources whose inboxes are worth a look; all of them after an overflow.
        public internal(set) var dirty: Set<String> = []
        /// Entries that a rename brought.
        public internal(set) var movedIn: Set<InboxEntry> = []
        /// Notes were lost.
        public internal(set) var overflowed = false

        /// Nothing came.
        public init() {}
    }

    /// How a source's files are noticed.
    public enum Mode: Sendable, Equatable {
        case events
        /// No event comes from there (a network or FUSE mount), or the folder can't be watched or tested; `reason` is a whole sentence.
        case polling(reason: String)
    }

    private let inotify: Inotify
    private let inboxes: [String: String]
    private var sources: [Inotify.Watch: String] = [:]
    /// What `probe` read on the way to its own notes.
    private var pending = Hints()
    private var cookiesSeen: Set<FileName> = []

    /// Readable while notes wait.
    public var descriptor: Int32 { inotify.descriptor.number }

    /// Watches the inboxes that can be watched; `probe` says which of them can't. Everything is dirty at first.
    public init(_ inboxes: [InboxSettings]) throws(SystemError) {
        inotify = try Inotify()
        self.inboxes = Dictionary(inboxes.map { ($0.source, $0.path) }) { first, _ in first }
        pending.dirty = Set(self.inboxes.keys)
        for source in self.inboxes.keys { _ = watch(source) }
    }

    /// The hints since the last call. Never blocks.
    public mutating func drain() throws(SystemError) -> Hints {
        try readNotes()
        defer { pending = Hints() }
        return pending
    }

    /// Watches all inboxes anew, makes a cookie file in each and waits for the kernel to tell of it. Run it at start, and now and then: a mount
    /// may have come over an inbox since.
    /// - Parameter milliseconds: how long to wait for all of them together.
    public mutating func probe(milliseconds: Int = 500) throws(SystemError) -> [String: Mode] {
        var modes: [String: Mode] = [:]
        var awaited: [FileName: String] = [:]
        for (source, path) in inboxes {
            do throws(SystemError) {
                if let error = watch(source) { throw error }
                if let cookie = try Self.makeCookie(in: path) { awaited[cookie] = source }
            } catch { modes[source] = .polling(reason: "The inbox can't be watched: \(error).") }
        }
        try awaitCookies(Set(awaited.keys), milliseconds: milliseconds)
        for (cookie, source) in awaited {
            let quiet = Mode.polling(reason: "The file system of '\(inboxes[source] ?? source)' sends no events.")
            modes[source] = cookiesSeen.contains(cookie) ? .events : quiet
        }
        cookiesSeen = []
        return modes
    }

    private mutating func awaitCookies(_ cookies: Set<FileName>, milliseconds: Int) throws(SystemError) {
        let deadline = MonotonicClock.now() + UInt64(max(0, milliseconds)) * 1_000_000
        while true {
            try readNotes()
            let now = MonotonicClock.now()
            if cookies.isSubset(of: cookiesSeen) || now >= deadline { return }
            _ = try Poll.wait([descriptor], milliseconds: Int((deadline - now + 999_999) / 1_000_000))
        }
    }

    private static func makeCookie(in path: String) throws(SystemError) -> FileName? {
        let inbox = try Directory(path)
        let cookie = "\(Intake.ownPrefix)probe-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        _ = try inbox.create(cookie, mode: 0o600)
        try inbox.unlink(cookie)
        return FileName(cookie)
    }

    /// Watching a folder again that is watched already is no change; the same path may be another folder by now.
    private mutating func watch(_ source: String) -> SystemError? {
        guard let path = inboxes[source] else { return nil }
        do throws(SystemError) {
            let watch = try inotify.watch(path, for: .arrivals)
            for (old, name) in sources where name == source && old != watch {
                sources[old] = nil
                try inotify.remove(old)
            }
            sources[watch] = source
            return nil
        } catch { return error }
    }

    private mutating func readNotes() throws(SystemError) {
        while true {
            let notes = try inotify.read()
            if notes.isEmpty { return }
            for note in notes { take(note) }
        }
    }

    private mutating func take(_ note: Inotify.Note) {
        if note.isOverflow {
            pending.dirty = Set(inboxes.keys)
            pending.overflowed = true
        }
        guard let watch = note.watch, let source = sources[watch] else { return }
        if let name = note.name, name.bytes.starts(with: Intake.ownPrefix.utf8) {
            cookiesSeen.insert(name)
            return
        }
        pending.dirty.insert(source)
        if note.changes.contains(.movedIn), let name = note.name {
            pending.movedIn.insert(InboxEntry(source: source, name: name))
        }
    }
}
