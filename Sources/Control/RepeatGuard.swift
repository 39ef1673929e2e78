import Linux

/// Orders that are answered from memory when the same user gives the same one again within a second: in a loop they would cost work and a line
/// of the journal each. Safe from any thread.
final class RepeatGuard: Sendable {
    private struct Key: Hashable {
        let user: UInt32
        let command: ControlRequest.Command
        let submission: String?
    }

    private struct Given: Sendable {
        let at: UInt64
        let answer: ControlAnswer
    }

    private let given = Monitor<[Key: Given]>([:])
    private let clock: @Sendable () -> UInt64

    private static let nanoseconds: UInt64 = 1_000_000_000
    private static let limit = 1000

    /// - Parameter clock: CLOCK_MONOTONIC nanoseconds.
    init(clock: @escaping @Sendable () -> UInt64 = { MonotonicClock.now() }) { self.clock = clock }

    /// The answer of a moment ago, or nil when the order is to be carried out.
    func answer(to request: ControlRequest, of user: UInt32) -> ControlAnswer? {
        guard let key = Self.key(request, user), let known = given.read({ $0[key] }) else { return nil }
        return clock() - known.at < Self.nanoseconds ? known.answer : nil
    }

    func remember(_ answer: ControlAnswer, to request: ControlRequest, of user: UInt32) {
        guard let key = Self.key(request, user) else { return }
        let now = clock()
        given.withLock { given in
            if given.count >= Self.limit { given = given.filter { now - $0.value.at < Self.nanoseconds } }
            if given.count < Self.limit { given[key] = Given(at: now, answer: answer) }
        }
    }

    /// Nil for what isn't repeated in vain: a decision has an effect once only, and its second answer is another. A rescan isn't dropped
    /// either, since something may have changed in between: the daemon puts the second one off.
    private static func key(_ request: ControlRequest, _ user: UInt32) -> Key? {
        switch request.command {
        case .retry: Key(user: user, command: request.command, submission: request.submission)
        default: nil
        }
    }
}
