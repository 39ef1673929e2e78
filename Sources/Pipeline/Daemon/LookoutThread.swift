import Linux

/// A thread that looks after something turn by turn. Between two turns it sleeps until a descriptor has news, somebody asks, or its time has
/// come. What a turn does is its loop's own; how it is started, asked, watched over and ended is here.
final class LookoutThread: Sendable {
    private struct State: Sendable {
        /// The first turn looks at everything, unasked.
        var wantsRescan = true
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

    /// Asks for a look at everything.
    func rescan() {
        state.withLock { $0.wantsRescan = true }
        bell.ring()
    }

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
            defer { state.wantsRescan = false }
            return state.isStopping ? nil : state.wantsRescan
        }
    }

    /// Ends the turn. Sleeps until one of `descriptors` has news, the bell rings or it is `time`, a day at most.
    /// - Parameters:
    ///   - time: CLOCK_MONOTONIC nanoseconds.
    ///   - isSettled: false when the turn has left something for the next.
    func sleep(until time: UInt64, orNewsOf descriptors: [Int32], isSettled: Bool = true) throws(SystemError) {
        state.withLock { $0.isLooking = !isSettled }
        let now = MonotonicClock.now()
        let milliseconds = time <= now ? 0 : Int(min((time - now + 999_999) / 1_000_000, 86_400_000))
        _ = try Poll.wait([bell.descriptor.number] + descriptors, milliseconds: milliseconds)
        bell.clear()
    }
}
