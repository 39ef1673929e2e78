import Ingest
import Linux
import Spool

/// Entries that should be out of their inboxes but couldn't be moved or removed, to be tried again at each rescan. Any thread.
final class LeftBehind: Sendable {
    private struct Left: Sendable {
        /// The submission that it belongs to; nil when nothing is on record of it.
        var submission: SubmissionID?
        var reason: String
        /// Grows with each try.
        var turn: Int
    }

    private struct State: Sendable {
        var entries: [InboxEntry: Left] = [:]
        var turns = 0
    }

    /// Entries of one source that one rescan tries: where one can't be removed, mostly none can.
    private static let triedAtOnce = 64

    private let state = Monitor(State())

    /// - Returns: whether that is news.
    @discardableResult
    func note(_ entry: InboxEntry, of submission: SubmissionID?, reason: String) -> Bool {
        state.withLock { state in
            state.turns += 1
            let before = state.entries.updateValue(Left(submission: submission, reason: reason, turn: state.turns), forKey: entry)
            return before?.reason != reason
        }
    }

    func forget(_ entry: InboxEntry) { state.withLock { _ = $0.entries.removeValue(forKey: entry) } }

    /// What one rescan tries: of each source, those first that were tried longest ago.
    func due() -> [String: [(entry: InboxEntry, submission: SubmissionID?)]] {
        let bySource = state.read { Dictionary(grouping: $0.entries, by: \.key.source) }
        return bySource.mapValues { entries in
            entries.sorted { $0.value.turn < $1.value.turn }.prefix(Self.triedAtOnce).map { ($0.key, $0.value.submission) }
        }
    }
}
