public import Linux

/// Notices that something came into an inbox, and that an inbox itself went, came or was replaced. Only a hint: `Intake` looks what it is, and
/// looks on a timer, too.
///
/// Owned by one thread; for polling, wait for `descriptors`.
public struct InboxWatch: ~Copyable {
    /// What came since the last call.
    public struct Hints: Sendable, Equatable {
        /// Sources whose whole inboxes are worth a look; all of them after an overflow.
        public var dirty: Set<String> = []
        /// Entries that are worth a look.
        public internal(set) var entries: Set<InboxEntry> = []
        /// Those of them that a rename brought.
        public internal(set) var movedIn: Set<InboxEntry> = []
        /// An inbox may have gone or come: `check` says what is so.
        public var foldersChanged = false
        /// Notes were lost.
        public internal(set) var overflowed = false

        /// Nothing came.
        public init() {}

        /// Adds what came later.
        public mutating func add(_ later: Hints) {
            dirty.formUnion(later.dirty)
            entries.formUnion(later.entries)
            movedIn.formUnion(later.movedIn)
            foldersChanged = foldersChanged || later.foldersChanged
            overflowed = overflowed || later.overflowed
        }
    }

    /// How a source's files are noticed.
    public enum Mode: Sendable, Equatable {
        case events
        /// No event comes from there (a network or FUSE mount), or the folder can't be watched or tested; `reason` is a whole sentence.
        case polling(reason: String)
        /// There is no folder to look into.
        case unreachable(SystemError)
    }

    /// Notes of the inboxes.
    private let inotify: Inotify
    /// Notes of the nearest folders above inboxes that aren't there, by which they are found when they come. A queue of its own: a folder
    /// has one watch a queue, and it may be another source's inbox.
    private let above: Inotify
    private let inboxes: [String: String]
    private var sources: [Inotify.Watch: String] = [:]
    private var watches: [String: Inotify.Watch] = [:]
    private var aboveWatches: [String: Inotify.Watch] = [:]
    private var modes: [String: Mode] = [:]
    /// What `probe` read on the way to its own notes.
    private var pending = Hints()
    private var cookiesSeen: Set<FileName> = []

    /// Readable while notes wait.
    public var descriptors: [Int32] { [inotify.descriptor.number, above.descriptor.number] }

    /// Watches the inboxes that can be watched; `probe` says which of them can't. Everything is dirty at first.
    public init(_ inboxes: [InboxSettings]) throws(SystemError) {
        let inotify = try Inotify()
        let above = try Inotify()
        self.inotify = inotify
        self.above = above
        self.inboxes = Dictionary(inboxes.map { ($0.source, $0.path) }) { first, _ in first }
        check()
        pending.dirty = Set(self.inboxes.keys)
    }

    /// How each source's files are noticed, as `check` and `probe` found it last. Before the first probe, where notes should come they are
    /// believed to.
    public var found: [String: Mode] { modes }

    /// The hints since the last call. Never blocks.
    public mutating func drain() throws(SystemError) -> Hints {
        try readNotes()
        defer { pending = Hints() }
        return pending
    }

    /// Looks whether each inbox is the folder that is watched, and watches what is there now; an inbox that has come is dirty. Cheap: run it
    /// at each rescan, too, since no note tells that a file system was mounted over a folder.
    public mutating func check() {
        for source in inboxes.keys.sorted() { check(source) }
        let needed = Set(modes.compactMap { source, mode in if case .unreachable = mode { source } else { nil } })
        for (source, watch) in aboveWatches where !needed.contains(source) {
            aboveWatches[source] = nil
            // Two inboxes may wait below one folder. What can't be ended sends notes that lead to a check too many.
            if !aboveWatches.values.contains(watch) { try? above.remove(watch) }
        }
    }

    private mutating func check(_ source: String) {
        guard let path = inboxes[source] else { return }
        var mode = look(source, path)
        if case .unreachable = mode {
            watchAbove(source, path)
            // It may have come before the folder above it was watched.
            mode = look(source, path)
        }
        if case .unreachable = mode { forgetWatch(of: source) }
        if case .events = mode, case .polling = modes[source] { return }
        modes[source] = mode
    }

    private mutating func look(_ source: String, _ path: String) -> Mode {
        do throws(SystemError) { _ = try Directory(path) } catch { return .unreachable(error) }
        do throws(SystemError) {
            let watch = try inotify.watch(path, for: .arrivals)
            if watches[source] == watch { return .events }
            forgetWatch(of: source)
            (sources[watch], watches[source]) = (source, watch)
            modes[source] = nil
            pending.dirty.insert(source)
            return .events
        } catch {
            if watches[source] != nil || modes[source] == nil || modes[source]?.isUnreachable == true { pending.dirty.insert(source) }
            forgetWatch(of: source)
            return .polling(reason: "The inbox can't be watched: \(error).")
        }
    }

    private mutating func forgetWatch(of source: String) {
        guard let watch = watches.removeValue(forKey: source) else { return }
        sources[watch] = nil
        // The kernel has ended it already where the folder is gone. A folder that was moved away is nobody's inbox any more.
        try? inotify.remove(watch)
    }

    /// Watches the nearest folder above it that is there.
    private mutating func watchAbove(_ source: String, _ path: String) {
        var folder = path[...]
        while let slash = folder.lastIndex(of: "/") {
            folder = folder[..<slash]
            let parent = folder.isEmpty ? "/" : String(folder)
            if let watch = try? above.watch(parent, for: [.created, .movedIn, .attributes]) {
                aboveWatches[source] = watch
                return
            }
        }
    }

    /// Makes a cookie file in each inbox and waits for the kernel to tell of it. Run it at start, and now and then: a mount may have come over
    /// an inbox since.
    /// - Parameter milliseconds: how long to wait for all of them together.
    @discardableResult
    public mutating func probe(milliseconds: Int = 500) throws(SystemError) -> [String: Mode] {
        check()
        var awaited: [FileName: String] = [:]
        for (source, path) in inboxes where modes[source]?.isUnreachable == false && watches[source] != nil {
            do throws(SystemError) {
                if let cookie = try Self.makeCookie(in: path) { awaited[cookie] = source }
            } catch { modes[source] = .polling(reason: "It can't be tested whether the inbox sends events: \(error).") }
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
            _ = try Poll.wait([inotify.descriptor.number], milliseconds: Int((deadline - now + 999_999) / 1_000_000))
        }
    }

    private static func makeCookie(in path: String) throws(SystemError) -> FileName? {
        let inbox = try Directory(path)
        let cookie = "\(Intake.ownPrefix)probe-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        _ = try inbox.create(cookie, mode: 0o600)
        try inbox.unlink(cookie)
        return FileName(cookie)
    }

    /// Reads at one time, of 64 KiB each: who makes notes faster than they are read holds up nobody.
    private static let readsAtOnce = 64

    private mutating func readNotes() throws(SystemError) {
        for _ in 0..<Self.readsAtOnce {
            let notes = try inotify.read()
            if notes.isEmpty { break }
            for note in notes { take(note) }
        }
        while try !above.read().isEmpty { pending.foldersChanged = true }
    }

    private mutating func take(_ note: Inotify.Note) {
        if note.isOverflow {
            pending.dirty = Set(inboxes.keys)
            (pending.overflowed, pending.foldersChanged) = (true, true)
        }
        guard let watch = note.watch, let source = sources[watch] else { return }
        guard let name = note.name else {
            // Of the folder itself.
            pending.foldersChanged = true
            if !note.changes.intersection([.ended, .unmounted]).isEmpty { (sources[watch], watches[source]) = (nil, nil) }
            return
        }
        if name.bytes.starts(with: Intake.ownPrefix.utf8) {
            cookiesSeen.insert(name)
            return
        }
        let entry = InboxEntry(source: source, name: name)
        pending.entries.insert(entry)
        if note.changes.contains(.movedIn) { pending.movedIn.insert(entry) }
    }
}

extension InboxWatch.Mode {
    /// Whether there is no folder to look into.
    public var isUnreachable: Bool { if case .unreachable = self { true } else { false } }
}
