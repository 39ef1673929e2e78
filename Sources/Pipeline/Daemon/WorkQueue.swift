import Linux

/// Jobs for the worker threads, first in, first out. Each key is in the queue or in work at most once.
final class WorkQueue: Sendable {
    struct Job: Sendable {
        let key: String
        let run: @Sendable () -> Void
    }

    private struct State: Sendable {
        var jobs: [Job] = []
        var active: Set<String> = []
        var isClosed = false
    }

    private let state = Monitor(State())

    /// Adds a job unless one of this key is waiting or in work. Nothing is added any more after `close`.
    func add(_ job: Job) {
        state.withLock { state in
            guard !state.isClosed, state.active.insert(job.key).inserted else { return }
            state.jobs.append(job)
        }
    }

    var isEmpty: Bool { state.read(\.active.isEmpty) }

    func contains(_ key: String) -> Bool { state.read { $0.active.contains(key) } }

    /// Takes no further jobs and forgets the waiting ones; those in work go on to their end.
    func close() {
        state.withLock {
            $0.isClosed = true
            $0.jobs = []
        }
    }

    /// Runs jobs on the calling thread until the queue is closed.
    func work() {
        while let job = state.wait(until: Self.next) {
            guard let job else { return }
            job.run()
            state.withLock { _ = $0.active.remove(job.key) }
        }
    }

    private static func next(_ state: inout State) -> Job?? {
        if !state.jobs.isEmpty { return .some(state.jobs.removeFirst()) }
        return state.isClosed ? .some(nil) : nil
    }
}
