import Synchronization

/// Counts calls from a closure that any thread may make.
final class Counter: Sendable {
    private let calls = Atomic(0)

    var value: Int { calls.load(ordering: .relaxed) }

    func count() { calls.add(1, ordering: .relaxed) }
}
