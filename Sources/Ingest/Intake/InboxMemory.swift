import Linux

/// What is known of one inbox between two looks: each entry, the moments at which time alone may change what is thought of it, and the line
/// of those that may be complete.
///
/// An event costs a look at one name, whatever else lies in the inbox. Only a survey reads the whole folder.
struct InboxMemory {
    /// An entry of the inbox.
    private struct Known {
        var observation: Observation
        var standing = Standing.settling
        /// Its place in the line has this time; nil while it isn't in the line.
        var place: FileStatus.Time?
        /// The earliest moment at which it is to be thought about again.
        var deadline: UInt64?
        /// A claim of it is queued or under way.
        var isHandedOut = false
        /// Its marker as it was last seen.
        var marker: FileStatus?
        /// The survey that saw it last.
        var survey = 0
    }

    private enum Standing {
        case settling
        /// In the line, or handed out of it.
        case ready
        case waiting(String)
        case temporary
    }

    private struct Deadline: Comparable {
        let time: UInt64
        let name: FileName

        static func < (left: Deadline, right: Deadline) -> Bool { left.time < right.time }
    }

    /// In the line, the older goes first.
    private struct Place: Comparable {
        let changed: FileStatus.Time
        let name: FileName

        static func < (left: Place, right: Place) -> Bool {
            let (one, other) = (left.changed, right.changed)
            guard one == other else { return (one.seconds, one.nanoseconds) < (other.seconds, other.nanoseconds) }
            return left.name.bytes.lexicographicallyPrecedes(right.name.bytes)
        }
    }

    /// Files on their way that are known one by one; of any more only the number is known, so that they take no memory.
    static let temporaryLimit = 100

    private(set) var settings: InboxSettings
    private var known: [FileName: Known] = [:]
    private var deadlines = Heap<Deadline>()
    private var line = Heap<Place>()
    private var surveys = 0
    private var knownTemporaries = 0
    /// Temporary names that the last survey counted beyond those in `known`.
    private var countedTemporaries = 0

    init(_ settings: InboxSettings) { self.settings = settings }

    /// Puts new settings in force. They may judge a file otherwise, so what follows is a survey.
    mutating func configure(_ settings: InboxSettings) {
        if settings.path != self.settings.path { self = InboxMemory(settings) }
        self.settings = settings
        for name in known.keys { known[name]?.observation.structure = nil }
    }

    // MARK: Looking

    /// Looks at every entry.
    /// - Parameter movedIn: whether a rename brought an entry since the last look.
    mutating func survey(_ inbox: borrowing Directory, now: UInt64, movedIn: (FileName) -> Bool) throws(SystemError) {
        surveys += 1
        var (temporaries, kept, marks) = (0, 0, [FileName]())
        try inbox.forEachName { (bytes) throws(SystemError) in
            if Self.isOwn(bytes) { return }
            if isTemporary(bytes) {
                temporaries += 1
                if kept < Self.temporaryLimit, let name = FileName(bytes: Array(bytes)), try note(temporary: name, in: inbox, now) {
                    kept += 1
                }
            } else if let name = FileName(bytes: Array(bytes)) {
                if fileMarked(by: name) != nil { return marks.append(name) }
                try note(name, in: inbox, now, movedIn: movedIn(name))
            }
        }
        for name in marks { try look(at: name, in: inbox, now: now, movedIn: movedIn(name)) }
        for name in known.filter({ $0.value.survey != surveys && !$0.value.isHandedOut }).keys { forget(name) }
        countedTemporaries = temporaries - min(temporaries, kept)
    }

    /// Looks at one name.
    mutating func look(at name: FileName, in inbox: borrowing Directory, now: UInt64, movedIn: Bool) throws(SystemError) {
        if name.bytes.withUnsafeBytes(Self.isOwn) { return }
        if isTemporary(name) {
            if knownTemporaries < Self.temporaryLimit || known[name] != nil { _ = try note(temporary: name, in: inbox, now) }
            return
        }
        if let file = fileMarked(by: name), try inbox.statusIfPresent(file) != nil {
            forget(name)
            try note(file, in: inbox, now, movedIn: false)
            return try note(marker: name, of: file, in: inbox, now)
        }
        try note(name, in: inbox, now, movedIn: movedIn)
    }

    private mutating func note(_ name: FileName, in inbox: borrowing Directory, _ now: UInt64, movedIn: Bool) throws(SystemError) {
        let marker = marker(of: name)
        guard let status = try inbox.statusIfPresent(name) else {
            forget(name)
            // Without its file it's an entry like any other.
            if let marker, try inbox.statusIfPresent(marker) != nil { try look(at: marker, in: inbox, now: now, movedIn: false) }
            return
        }
        if let marker { forget(marker) }
        var entry = known[name] ?? Known(observation: Observation(status, at: now, movedIn: movedIn))
        entry.observation.update(status, at: now, movedIn: movedIn)
        entry.survey = surveys
        if case .temporary = entry.standing {
            knownTemporaries -= 1
            entry.standing = .settling
        }
        known[name] = entry
        place(name, now)
    }

    /// What was left alone because of its marker is judged by another one anew.
    private mutating func note(marker: FileName, of file: FileName, in inbox: borrowing Directory, _ now: UInt64) throws(SystemError) {
        guard let status = try inbox.statusIfPresent(marker) else { return }
        let before = known[file]?.marker
        known[file]?.marker = status
        if let before, !status.isUnchanged(since: before) { reconsider(file, now: now) }
    }

    /// - Returns: whether it is there.
    private mutating func note(temporary name: FileName, in inbox: borrowing Directory, _ now: UInt64) throws(SystemError) -> Bool {
        guard let status = try inbox.statusIfPresent(name) else {
            forget(name)
            return false
        }
        var entry = known[name] ?? Known(observation: Observation(status, at: now, movedIn: false))
        entry.observation.update(status, at: now, movedIn: false)
        entry.survey = surveys
        if case .temporary = entry.standing {} else { knownTemporaries += 1 }
        (entry.standing, entry.place) = (.temporary, nil)
        known[name] = entry
        wait(name, until: nil, now)
        return true
    }

    private mutating func forget(_ name: FileName) {
        guard let entry = known[name] else { return }
        // Whoever has it brings it back, and only then may the name be handed out again.
        if entry.isHandedOut { return }
        if case .temporary = entry.standing { knownTemporaries -= 1 }
        known[name] = nil
    }

    // MARK: Names

    private static func isOwn(_ name: UnsafeRawBufferPointer) -> Bool { name.starts(with: Intake.ownPrefix.utf8) }

    private func isTemporary(_ name: UnsafeRawBufferPointer) -> Bool { settings.temporaryPatterns.contains { $0.matches(name) } }

    private func isTemporary(_ name: FileName) -> Bool { name.bytes.withUnsafeBytes(isTemporary) }

    /// The file that an entry of this name would be the marker of, there or not.
    private func fileMarked(by name: FileName) -> FileName? {
        guard let suffix = settings.marker.suffix?.utf8, name.bytes.count > suffix.count,
            name.bytes.suffix(suffix.count).elementsEqual(suffix)
        else { return nil }
        return FileName(bytes: name.bytes.dropLast(suffix.count))
    }

    private func marker(of name: FileName) -> FileName? { settings.marker.suffix.flatMap { FileName(bytes: name.bytes + Array($0.utf8)) } }

    // MARK: Time

    /// Into the line when it may be complete; until then it settles.
    private mutating func place(_ name: FileName, _ now: UInt64) {
        guard var entry = known[name], !entry.isHandedOut else { return }
        if let reason = entry.observation.leftAlone {
            entry.standing = .waiting(reason)
            known[name] = entry
            return
        }
        let settled = entry.observation.moment(after: settings.settleSeconds)
        guard entry.observation.movedIn || now >= settled else {
            (entry.standing, entry.place) = (.settling, nil)
            known[name] = entry
            return schedule(name, settled)
        }
        let changed = entry.observation.status.changed
        if entry.place != changed { line.insert(Place(changed: changed, name: name)) }
        (entry.standing, entry.place) = (.ready, changed)
        known[name] = entry
    }

    /// Thinks of it again when time alone may have changed the verdict, and when it is overdue.
    private mutating func wait(_ name: FileName, until time: UInt64?, _ now: UInt64) {
        guard let overdue = known[name]?.observation.moment(after: settings.maximumWaitSeconds) else { return }
        if let next = [time, now < overdue && overdue != .max ? overdue : nil].compactMap(\.self).min() { schedule(name, next) }
    }

    private mutating func schedule(_ name: FileName, _ time: UInt64) {
        if let earlier = known[name]?.deadline, earlier <= time { return }
        known[name]?.deadline = time
        deadlines.insert(Deadline(time: time, name: name))
    }

    /// When time alone may change something, in CLOCK_MONOTONIC nanoseconds; nil when nothing waits for time to pass.
    var nextDeadline: UInt64? { deadlines.first?.time }

    /// Lets the time pass: what has settled takes its place in the line.
    /// - Returns: files that are overdue since now.
    mutating func advance(to now: UInt64) -> [WaitingFile] {
        var overdue: [WaitingFile] = []
        while let next = deadlines.first, next.time <= now {
            _ = deadlines.popFirst()
            guard let entry = known[next.name], entry.deadline == next.time else { continue }
            known[next.name]?.deadline = nil
            switch entry.standing {
            case .settling: place(next.name, now)
            case .ready: break
            case .waiting, .temporary:
                let file = describe(next.name, entry, now)
                if file.isOverdue { overdue.append(file) }
                if case .waiting = entry.standing { place(next.name, now) } else { wait(next.name, until: nil, now) }
            }
        }
        return overdue
    }

    // MARK: Handing out

    /// Whether the line may hold somebody.
    var hasReady: Bool { line.first != nil }

    /// Judges from the head of the line, at most `budget` entries, and hands out what is decided, at most `limit` entries. What is handed out
    /// isn't again until `handBack` or `leaveAlone`.
    /// - Returns: what is left of the budget; 0 when there may be more to judge.
    mutating func next(
        _ limit: Int, budget: Int, _ look: inout InboxLook, in inbox: borrowing Directory, into result: inout ScanResult
    ) throws(SystemError) -> Int {
        var (budget, handedOut) = (budget, 0)
        while handedOut < limit, budget > 0, let name = popFromLine() {
            budget -= 1
            if try judge(name, &look, in: inbox, into: &result) {
                known[name]?.isHandedOut = true
                handedOut += 1
            }
        }
        return budget
    }

    /// Judges everything in the line, which stays there when it is ready.
    mutating func judgeAll(_ look: inout InboxLook, in inbox: borrowing Directory, into result: inout ScanResult) throws(SystemError) {
        var names: [FileName] = []
        while let name = popFromLine() { names.append(name) }
        for name in names where try judge(name, &look, in: inbox, into: &result) { place(name, look.now) }
    }

    private mutating func popFromLine() -> FileName? {
        while let place = line.popFirst() {
            guard let entry = known[place.name], entry.place == place.changed, !entry.isHandedOut else { continue }
            known[place.name]?.place = nil
            return place.name
        }
        return nil
    }

    /// - Returns: whether it is decided: ready or refused.
    private mutating func judge(
        _ name: FileName, _ look: inout InboxLook, in inbox: borrowing Directory, into result: inout ScanResult
    ) throws(SystemError) -> Bool {
        guard var entry = known[name] else { return false }
        let file = InboxEntry(source: settings.source, name: name)
        let verdict = look.judge(file, &entry.observation, in: inbox)
        known[name] = entry
        switch verdict {
        case .vanished:
            try self.look(at: name, in: inbox, now: look.now, movedIn: false)
            return false
        case .waiting(let reason, let again):
            known[name]?.standing = .waiting(reason)
            wait(name, until: again, look.now)
            return false
        case .refused(let finding):
            result.refused.append(
                RefusedEntry(entry: file, inbox: settings.path, status: entry.observation.status, finding: finding))
            return true
        case .ready(let marker):
            result.ready.append(
                ReadyFile(
                    entry: file, inbox: settings.path, name: name.text ?? name.description, status: entry.observation.status,
                    marker: marker))
            return true
        }
    }

    /// What was handed out may be handed out again, once a look has seen what it is now.
    mutating func handBack(_ name: FileName) { known[name]?.isHandedOut = false }

    /// Leaves an entry alone as long as it stays as it is.
    mutating func leaveAlone(_ name: FileName, as status: FileStatus, reason: String, now: UInt64) {
        var entry = known[name] ?? Known(observation: Observation(status, at: now, movedIn: false))
        entry.observation.update(status, at: now, movedIn: false)
        entry.observation.leftAlone = reason
        (entry.standing, entry.place, entry.isHandedOut) = (.waiting(reason), nil, false)
        known[name] = entry
    }

    /// Judges an entry that was left alone anew.
    mutating func reconsider(_ name: FileName, now: UInt64) {
        known[name]?.observation.leftAlone = nil
        place(name, now)
    }

    // MARK: Telling

    /// The entries that aren't in the spool yet, in no order, and how many more names are only counted.
    /// - Parameter includesReady: also those that only wait for their turn.
    func waiting(now: UInt64, includesReady: Bool) -> (files: [WaitingFile], more: Int) {
        let files = known.compactMap { name, entry -> WaitingFile? in
            if case .ready = entry.standing, !includesReady { return nil }
            return describe(name, entry, now)
        }
        return (files, countedTemporaries)
    }

    private func describe(_ name: FileName, _ entry: Known, _ now: UInt64) -> WaitingFile {
        let reason =
            switch entry.standing {
            case .settling: "has changed moments ago"
            case .ready: "waits for its turn"
            case .waiting(let reason): reason
            case .temporary: "has the name of a file that is still on its way"
            }
        return WaitingFile(
            entry: InboxEntry(source: settings.source, name: name), reason: reason, since: entry.observation.since,
            isOverdue: now >= entry.observation.moment(after: settings.maximumWaitSeconds))
    }
}
