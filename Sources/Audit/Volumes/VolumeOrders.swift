import Linux

/// Where a person's order to change the volume waits for the writer's thread, and its answer for the person. Safe from any thread.
final class VolumeOrders: Sendable {
    enum Answer: Sendable, Equatable {
        /// The origin of the volume that is open now.
        case changed(String)
        /// Nothing was done; a clause says why.
        case refused(String)
    }

    private struct State {
        var order: Event.Actor?
        var answer: Answer?
        var origin: String
    }

    private let state: Monitor<State>

    init(origin: String) { state = Monitor(State(origin: origin)) }

    /// Of the open volume.
    var origin: String { state.read(\.origin) }

    func opened(_ origin: String) { state.withLock { $0.origin = origin } }

    func place(_ actor: Event.Actor) {
        state.withLock { ($0.order, $0.answer) = (actor, nil) }
    }

    func take() -> Event.Actor? {
        state.withLock { state in
            defer { state.order = nil }
            return state.order
        }
    }

    func answer(_ answer: Answer) { state.withLock { $0.answer = answer } }

    /// What became of the newest order; nil before the writer has come to it.
    var answer: Answer? { state.read(\.answer) }
}
