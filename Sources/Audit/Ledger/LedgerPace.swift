internal import Synchronization
import Linux

/// How fast the ledger's disk takes commits, and who keeps it from taking any. Any thread.
public final class LedgerPace: Sendable {
    /// A commit that takes longer than this is worth telling, in nanoseconds.
    public static let slow: UInt64 = 1_000_000_000
    /// So many commits in a row that weren't slow: the disk is well again.
    static let recovery = 10
    /// So many commits are looked back at.
    static let memory = 64

    /// What an administrator should hear of, once each.
    public enum News: Sendable, Equatable {
        /// A commit took so many milliseconds.
        case slow(milliseconds: Int)
        case wellAgain
        /// Commits wait for somebody else; a sentence that says for whom.
        case blocked(String)
        case unblocked
    }

    /// The pace as of now.
    public struct Report: Sendable, Equatable {
        /// Commits looked back at, the newest 64 at most.
        public let commits: Int
        /// Of them, from the transaction's begin to the end of its sync, in milliseconds.
        public let medianMilliseconds: Double
        public let longestMilliseconds: Double
        /// Why commits are slow or wait now, as a clause; nil when they don't.
        public let problem: String?
    }

    fileprivate struct State {
        var durations: [UInt64] = []
        var next = 0
        var began: UInt64?
        var isSlow = false
        var lastSlow: UInt64 = 0
        var goodOnes = 0
        var blocked: String?
        var givesUp = false
    }

    private let state = Mutex(State())
    private let onNews: @Sendable (News) -> Void

    /// - Parameter onNews: called on the thread that commits: it mustn't block, nor commit.
    init(onNews: @escaping @Sendable (News) -> Void) { self.onNews = onNews }

    /// For a writer that nobody asks.
    static let untold = LedgerPace { _ in }

    public var report: Report {
        let now = MonotonicClock.now()
        return state.withLock { state in
            let sorted = state.durations.sorted()
            let waiting = state.began.map { now > $0 ? now - $0 : 0 } ?? 0
            var problem = state.blocked
            if problem == nil, waiting >= Self.slow {
                problem = "the disk has been busy with a commit for \(Self.seconds(waiting)) s"
            } else if problem == nil, state.isSlow {
                problem = "commits are slow: one took \(Self.seconds(state.lastSlow)) s"
            }
            return Report(
                commits: sorted.count, medianMilliseconds: sorted.isEmpty ? 0 : Self.milliseconds(sorted[sorted.count / 2]),
                longestMilliseconds: Self.milliseconds(sorted.last ?? 0), problem: problem)
        }
    }

    var isBlocked: Bool { state.withLock { $0.blocked != nil } }

    /// Whoever waits for another process's lock gives up at its next try: the daemon is to stop.
    func giveUp() { state.withLock { $0.givesUp = true } }

    // MARK: The thread that commits

    func begin(at now: UInt64 = MonotonicClock.now()) { state.withLock { $0.began = now } }

    /// - Parameter isDone: false for a commit that failed, whose time says nothing.
    func end(_ isDone: Bool, at now: UInt64 = MonotonicClock.now()) {
        let news = state.withLock { state -> News? in
            guard let began = state.began else { return nil }
            state.began = nil
            return isDone ? state.note(now > began ? now - began : 0) : nil
        }
        if let news { onNews(news) }
    }

    /// - Returns: whether to go on waiting for who holds the lock.
    func waits(for error: LedgerError) -> Bool {
        let (waits, isNews) = state.withLock { state in
            let isNews = state.blocked == nil
            if !state.givesUp { state.blocked = error.what }
            return (!state.givesUp, isNews && !state.givesUp)
        }
        if isNews { onNews(.blocked("\(error)")) }
        return waits
    }

    func unblocked() {
        let wasBlocked = state.withLock { state in
            defer { state.blocked = nil }
            return state.blocked != nil
        }
        if wasBlocked { onNews(.unblocked) }
    }

    fileprivate static func milliseconds(_ nanoseconds: UInt64) -> Double { Double(nanoseconds / 1000) / 1000 }

    private static func seconds(_ nanoseconds: UInt64) -> String {
        let tenths = nanoseconds / 100_000_000
        return "\(tenths / 10).\(tenths % 10)"
    }
}

extension LedgerPace.State {
    fileprivate mutating func note(_ duration: UInt64) -> LedgerPace.News? {
        if durations.count < LedgerPace.memory { durations.append(duration) } else { durations[next] = duration }
        next = (next + 1) % LedgerPace.memory
        if duration >= LedgerPace.slow {
            (goodOnes, lastSlow) = (0, duration)
            defer { isSlow = true }
            return isSlow ? nil : .slow(milliseconds: Int(duration / 1_000_000))
        }
        guard isSlow else { return nil }
        goodOnes += 1
        guard goodOnes >= LedgerPace.recovery else { return nil }
        isSlow = false
        return .wellAgain
    }
}
