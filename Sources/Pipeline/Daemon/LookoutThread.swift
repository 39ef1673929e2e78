import Linux

/// A thread that looks after something turn by turn. Between two turns it sleeps until a descriptor has news, somebody asks, or its time has
/// come. What a turn does is its loop's own; how it is started, asked, watched over and ended is here.
final class LookoutThread: Sendable {
    private struct State: Sendable {
        /// The first turn looks at everything, unasked.
        var wantsRescan = true
        /// CLOCK_MONOTONIC nanoseconds before which no rescan that is asked for begins.
        var nextRescan: UInt64 = 0
        var hasBegun = false
        var isStopping = false
        /// From before a look is known to be due until the turn has ended.
        var isLooking = false
        var pings = 0
        var answered = 0
        var thread: Thread?
    }

    private let name: String
    private let bell: Wakeup
    private let state = Monitor(State())

    /// - Parameter name: the thread's, as `Linux.Thread` has it.
    init(name: String) throws(SystemError) {
        self.name = name
        bell = try Wakeup()
    }

    // MARK: Asked by other threads

    /// - Parameter loop: turn after turn, each from `beginTurn` to `sleep`; returns when `beginTurn` says so.
    func start(_ loop: @escaping @Sendable () -> Void) throws(SystemError) {
        let thread = try Thread(name: name, loop)
        state.withLock { $0.thread = thread }
    }

    /// Ends the thread after the turn in work.
    func stop() {
        let thread = state.withLock { state in
            state.isStopping = true
            return state.thread
        }
        bell.ring()
        thread?.join()
    }

    /// What asking in a loop can cost: one look at everything in a second.
    private static let rescanInterval: UInt64 = 1_000_000_000

    /// Asks for a look at everything that begins after this call: at once, or a second after the last one that was asked for.
    func rescan() {
        state.withLock { $0.wantsRescan = true }
        bell.ring()
    }

    /// Asks for a turn, as news would.
    func nudge() { bell.ring() }

    /// Whether no look is due or under way.
    var isSettled: Bool { state.read { !$0.wantsRescan && !$0.isLooking } }

    /// Whether the thread answered the last call's question; asks again. While it doesn't run it can't be stuck.
    func ping() -> Bool {
        let answered = state.withLock { state in
            defer { state.pings += 1 }
            return state.thread == nil || state.answered == state.pings
        }
        bell.ring()
        return answered
    }

    // MARK: The thread itself

    /// - Returns: whether a look at everything was asked for; nil when the thread is to end.
    func beginTurn() -> Bool? {
        state.withLock { state in
            state.answered = state.pings
            state.isLooking = true
            if state.isStopping { return nil }
            let now = MonotonicClock.now()
            guard state.wantsRescan, now >= state.nextRescan else { return false }
            state.wantsRescan = false
            // The first look is nobody's question.
            state.nextRescan = state.hasBegun ? now + Self.rescanInterval : 0
            state.hasBegun = true
            return true
        }
    }

    /// Ends the turn. Sleeps until one of `descriptors` has news, the bell rings or it is `time`, a day at most.
    /// - Parameters:
    ///   - time: CLOCK_MONOTONIC nanoseconds.
    ///   - mounts: that of a `MountTable`.
    ///   - isSettled: false when the turn has left something for the next.
    /// - Returns: whether the mounts have changed.
    @discardableResult
    func sleep(
        until time: UInt64, orNewsOf descriptors: [Int32], mounts: Int32? = nil, isSettled: Bool = true
    ) throws(SystemError) -> Bool {
        let time = state.withLock { state in
            state.isLooking = !isSettled
            return state.wantsRescan ? min(time, state.nextRescan) : time
        }
        let now = MonotonicClock.now()
        let milliseconds = time <= now ? 0 : Int(min((time - now + 999_999) / 1_000_000, 86_400_000))
        var subjects = ([bell.descriptor.number] + descriptors).map { Poll.Subject($0, for: .reading) }
        if let mounts { subjects.append(Poll.Subject(mounts, for: nil)) }
        let news = try Poll.news(of: subjects, milliseconds: milliseconds)
        bell.clear()
        return mounts != nil && news.contains { $0.place == subjects.count - 1 }
    }
}
