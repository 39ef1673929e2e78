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

    private struct State: Sendable {
        var inboxes: [InboxSettings]
        var observations: [InboxEntry: Observation] = [:]
    }

    private let state: Mutex<State>
    private let structure: StructureCheck

    public init(inboxes: [InboxSettings], structure: @escaping StructureCheck) {
        state = Mutex(State(inboxes: inboxes))
        self.structure = structure
    }

    /// Puts new settings in force. What was seen of inboxes that stay is kept.
    public func configure(_ inboxes: [InboxSettings]) {
        state.withLock { state in
            let kept = Set(inboxes.map(\.source))
            state.inboxes = inboxes
            state.observations = state.observations.filter { kept.contains($0.key.source) }
            // New settings may judge a file's structure otherwise.
            for entry in state.observations.keys { state.observations[entry]?.structure = nil }
        }
    }

    /// Leaves an entry alone, and reports it as waiting for this reason, for as long as it stays as it was when last seen: one that was claimed
    /// but couldn't be removed, or whose marker doesn't match.
    /// - Parameter reason: the rest of a sentence that begins with the entry's name.
    public func leaveAlone(_ entry: InboxEntry, as status: FileStatus, reason: String, now: UInt64 = MonotonicClock.now()) {
        state.withLock { state in
            var observation = state.observations[entry] ?? Observation(status, at: now, movedIn: false)
            observation.update(status, at: now, movedIn: false)
            observation.leftAlone = reason
            state.observations[entry] = observation
        }
    }

    /// Looks into every inbox.
    /// - Parameters:
    ///   - now: CLOCK_MONOTONIC in nanoseconds.
    ///   - movedIn: entries that a rename brought since the last look (IN_MOVED_TO): they needn't settle.
    public func scan(now: UInt64 = MonotonicClock.now(), movedIn: Set<InboxEntry> = []) -> ScanResult {
        state.withLock { state in
            var result = ScanResult()
            var seen: [InboxEntry: Observation] = [:]
            for settings in state.inboxes {
                do throws(SystemError) {
                    var look = InboxLook(settings: settings, now: now, movedIn: movedIn, structure: structure)
                    try look.run(earlier: state.observations, into: &result)
                    seen.merge(look.observations) { $1 }
                } catch {
                    result.failures.append(ScanResult.InboxFailure(source: settings.source, error: error))
                    seen.merge(state.observations.filter { $0.key.source == settings.source }) { $1 }
                }
            }
            state.observations = seen
            result.ready.sort { Self.isOlder($0, $1) }
            return result
        }
    }

    private static func isOlder(_ left: ReadyFile, _ right: ReadyFile) -> Bool {
        let (one, other) = (left.status.changed, right.status.changed)
        return (one.seconds, one.nanoseconds, left.name) < (other.seconds, other.nanoseconds, right.name)
    }
}
