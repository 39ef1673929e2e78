import Linux

/// Questions that wait for the one thread that answers them. Root and the daemon's own user go first; the others take turns, so that whoever
/// asks much waits behind himself. Safe from any thread.
final class QuestionQueue: Sendable {
    private struct State: Sendable {
        var first: [Question] = []
        var others: [UInt32: [Question]] = [:]
        /// Whose turn it is next.
        var turns: [UInt32] = []
        var isClosed = false
    }

    private let state = Monitor(State())

    func add(_ question: Question, isPrivileged: Bool) {
        state.withLock { state in
            guard !state.isClosed else { return }
            if isPrivileged { return state.first.append(question) }
            if state.others[question.user] == nil { state.turns.append(question.user) }
            state.others[question.user, default: []].append(question)
        }
    }

    /// Forgets the question of a connection that is gone, if it still waits.
    func remove(_ connection: Int) {
        state.withLock { state in
            state.first.removeAll { $0.connection == connection }
            for (user, questions) in state.others where questions.contains(where: { $0.connection == connection }) {
                let rest = questions.filter { $0.connection != connection }
                state.others[user] = rest.isEmpty ? nil : rest
                if rest.isEmpty { state.turns.removeAll { $0 == user } }
            }
        }
    }

    /// Forgets every question that waits; `next` gives nil from now on.
    func close() {
        state.withLock { state in
            state = State()
            state.isClosed = true
        }
    }

    /// The next question, or nil when the queue is closed. Waits for it.
    func next() -> Question? {
        let next = state.wait { state -> Question?? in
            if state.isClosed { return .some(nil) }
            if !state.first.isEmpty { return .some(state.first.removeFirst()) }
            guard let user = state.turns.first else { return nil }
            state.turns.removeFirst()
            let question = state.others[user]?.removeFirst()
            if state.others[user]?.isEmpty == false { state.turns.append(user) } else { state.others[user] = nil }
            return question.map { .some($0) }
        }
        return next ?? nil
    }
}
