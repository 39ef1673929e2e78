import Linux

/// What became of the newest orders that carried an id, so that asking again never does one twice. Safe from any thread.
final class OrderMemory: Sendable {
    private struct Key: Hashable {
        let user: UInt32
        let id: String
    }

    private struct State: Sendable {
        var known: [Key: (request: ControlRequest, answer: ControlAnswer)] = [:]
        /// The oldest first.
        var ids: [Key] = []
    }

    private let state = Monitor(State())
    private let limit: Int

    /// - Parameter limit: of orders; older ones are forgotten.
    init(limit: Int = 1000) { self.limit = limit }

    /// What this user's order of this id was answered; nil when it is unknown.
    func answer(to request: ControlRequest, of user: UInt32) -> ControlAnswer? {
        guard let id = request.id, let known = state.read({ $0.known[Key(user: user, id: id)] }) else { return nil }
        if known.request == request { return known.answer }
        return ControlAnswer(.refused, message: "The id '\(id)' was that of another order. Each order needs an id of its own.")
    }

    func remember(_ answer: ControlAnswer, to request: ControlRequest, of user: UInt32) {
        guard let id = request.id else { return }
        let key = Key(user: user, id: id)
        state.withLock { state in
            if state.known.updateValue((request, answer), forKey: key) == nil { state.ids.append(key) }
            if state.ids.count > limit { state.known[state.ids.removeFirst()] = nil }
        }
    }
}
