public import Linux
import Synchronization

/// Decides by looking which files in the inboxes are complete.
///
/// No event says that a file is complete, so each look compares an entry with what was seen before. Memory only: after a restart every file
/// settles anew. Safe from any thread; one look at a time.
public final class Intake: Sendable {
    /// Looks at a file's end. The descriptor is open for reading, at the start; its `path` is the file's.
    public typealias StructureCheck = @Sendable (_ file: borrowing Descriptor, _ entry: InboxEntry) -> StructuralState

    /// Files of ours in an inbox begin so and are never taken.
    static let ownPrefix = ".ecocd-"

    /// Entries that one call of `next` judges: a few tenths of a second, when each has to be opened.
    private static let judgedAtOnce = 4_096

    private let state: Mutex<[InboxMemory]>
    private let structure: StructureCheck

    public init(inboxes: [InboxSettings], structure: @escaping StructureCheck) {
        state = Mutex(inboxes.map(InboxMemory.init))
        self.structure = structure
    }

    /// Puts new settings in force. What was seen of inboxes that stay is kept. Look into all of them after it.
    public func configure(_ inboxes: [InboxSettings]) {
        state.withLock { memories in
            let earlier = Dictionary(memories.map { ($0.settings.source, $0) }) { first, _ in first }
            memories = inboxes.map { settings in
                guard var memory = earlier[settings.source] else { return InboxMemory(settings) }
                memory.configure(settings)
                return memory
            }
        }
    }

    // MARK: Looking

    /// Looks into whole inboxes: for the start, for the rescan timer, and where events were lost.
    /// - Parameters:
    ///   - sources: nil for all.
    ///   - now: CLOCK_MONOTONIC in nanoseconds.
    ///   - movedIn: entries that a rename brought since the last look (IN_MOVED_TO): they needn't settle.
    /// - Returns: the inboxes that couldn't be read. What was known of them is kept.
    public func survey(
        _ sources: Set<String>? = nil, now: UInt64 = MonotonicClock.now(), movedIn: Set<InboxEntry> = []
    ) -> [ScanResult.InboxFailure] {
        state.withLock { memories in
            var failures: [ScanResult.InboxFailure] = []
            for index in memories.indices where sources?.contains(memories[index].settings.source) ?? true {
                Self.survey(&memories[index], now, movedIn).map { failures.append($0) }
            }
            return failures
        }
    }

    private static func survey(_ memory: inout InboxMemory, _ now: UInt64, _ movedIn: Set<InboxEntry>) -> ScanResult.InboxFailure? {
        let settings = memory.settings
        do throws(SystemError) {
            try memory.survey(Directory(settings.path), now: now) { movedIn.contains(InboxEntry(source: settings.source, name: $0)) }
            return nil
        } catch { return ScanResult.InboxFailure(source: settings.source, error: error) }
    }

    /// Looks at single entries, of which events spoke.
    /// - Parameter movedIn: those of them that a rename brought.
    public func look(at entries: Set<InboxEntry>, now: UInt64 = MonotonicClock.now(), movedIn: Set<InboxEntry> = []) -> [ScanResult
        .InboxFailure]
    {
        let bySource = Dictionary(grouping: entries, by: \.source)
        return state.withLock { memories in
            var failures: [ScanResult.InboxFailure] = []
            for index in memories.indices {
                guard let entries = bySource[memories[index].settings.source] else { continue }
                do throws(SystemError) {
                    let inbox = try Directory(memories[index].settings.path)
                    for entry in entries { try memories[index].look(at: entry.name, in: inbox, now: now, movedIn: movedIn.contains(entry)) }
                } catch { failures.append(ScanResult.InboxFailure(source: memories[index].settings.source, error: error)) }
            }
            return failures
        }
    }

    /// Hands out what is complete or refused: of each source the oldest first, by the time of the last change. What was handed out isn't
    /// handed out again until `handBack` or `leaveAlone`.
    /// - Parameter room: how many entries may be handed out of a source.
    /// - Returns: also the files that are overdue since now, as `waiting`.
    public func next(now: UInt64 = MonotonicClock.now(), room: (_ source: String) -> Int) -> ScanResult {
        state.withLock { memories in
            var result = ScanResult()
            for index in memories.indices {
                result.waiting += memories[index].advance(to: now)
                let settings = memories[index].settings
                let room = room(settings.source)
                guard room > 0, memories[index].hasReady else { continue }
                var look = InboxLook(settings: settings, now: now, structure: structure)
                do throws(SystemError) {
                    let left = try memories[index].next(
                        room, budget: Self.judgedAtOnce, &look, in: Directory(settings.path), into: &result)
                    if left == 0 { result.look(at: now) }
                } catch { result.failures.append(ScanResult.InboxFailure(source: settings.source, error: error)) }
            }
            for memory in memories { memory.nextDeadline.map { result.look(at: $0) } }
            return result
        }
    }

    /// A claim of these entries has ended; look at them again.
    public func handBack(_ entries: Set<InboxEntry>) {
        state.withLock { memories in
            for entry in entries { Self.with(entry, &memories) { $0.handBack(entry.name) } }
        }
    }

    /// Leaves an entry alone, and reports it as waiting for this reason, for as long as it stays as it was when last seen: one that was claimed
    /// but couldn't be removed, or whose marker doesn't match.
    /// - Parameter reason: the rest of a sentence that begins with the entry's name.
    public func leaveAlone(_ entry: InboxEntry, as status: FileStatus, reason: String, now: UInt64 = MonotonicClock.now()) {
        state.withLock { memories in
            Self.with(entry, &memories) { $0.leaveAlone(entry.name, as: status, reason: reason, now: now) }
        }
    }

    /// Judges an entry that was left alone anew.
    public func reconsider(_ entry: InboxEntry, now: UInt64 = MonotonicClock.now()) {
        state.withLock { memories in Self.with(entry, &memories) { $0.reconsider(entry.name, now: now) } }
    }

    private static func with(_ entry: InboxEntry, _ memories: inout [InboxMemory], _ change: (inout InboxMemory) -> Void) {
        guard let index = memories.firstIndex(where: { $0.settings.source == entry.source }) else { return }
        change(&memories[index])
    }

    /// Looks into every inbox and judges every entry. Nothing is handed out: what is ready is so again at the next scan.
    public func scan(now: UInt64 = MonotonicClock.now(), movedIn: Set<InboxEntry> = []) -> ScanResult {
        state.withLock { memories in
            var result = ScanResult()
            for index in memories.indices {
                let settings = memories[index].settings
                do throws(SystemError) {
                    let inbox = try Directory(settings.path)
                    try memories[index].survey(inbox, now: now) { movedIn.contains(InboxEntry(source: settings.source, name: $0)) }
                    _ = memories[index].advance(to: now)
                    var look = InboxLook(settings: settings, now: now, structure: structure)
                    try memories[index].judgeAll(&look, in: inbox, into: &result)
                } catch { result.failures.append(ScanResult.InboxFailure(source: settings.source, error: error)) }
                result.waiting += memories[index].waiting(now: now, includesReady: false).files.sorted(by: WaitingFile.isBefore)
                memories[index].nextDeadline.map { result.look(at: $0) }
            }
            result.ready.sort { Self.isOlder($0, $1) }
            return result
        }
    }

    private static func isOlder(_ left: ReadyFile, _ right: ReadyFile) -> Bool {
        let (one, other) = (left.status.changed, right.status.changed)
        return (one.seconds, one.nanoseconds, left.name) < (other.seconds, other.nanoseconds, right.name)
    }

    // MARK: Telling

    /// What isn't in the spool yet.
    /// - Returns: nil while a look is under way, however long the inboxes' disks let it take.
    public func waiting(now: UInt64 = MonotonicClock.now()) -> WaitingFiles? {
        state.withLockIfAvailable { memories in
            var all = WaitingFiles()
            for memory in memories {
                let (files, more) = memory.waiting(now: now, includesReady: true)
                all.files += files
                if more > 0 { all.more[memory.settings.source] = more }
            }
            return all
        }
    }
}
