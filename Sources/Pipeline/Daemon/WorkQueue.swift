import Linux

/// Jobs for the worker threads. Sources take turns, so that nobody waits behind another's thousands; the jobs of one source are done first in,
/// first out. Each key is in the queue or in work at most once.
///
/// `shared` jobs at a time are in work, of whatever sources. Beyond that, only a source of which nothing is in work gets another one: a file
/// of a quiet source doesn't wait for the end of somebody's large ones. Any thread.
final class WorkQueue: Sendable {
    struct Job: Sendable {
        let key: String
        /// Whose turn it takes.
        let source: String
        /// What the same thread goes on with, under a key of its own, comes back; nil is the end.
        let run: @Sendable () -> Job?
    }

    /// The waiting jobs of one source.
    private struct Line: Sendable {
        private var jobs: [Job?] = []
        private var head = 0

        var isEmpty: Bool { head == jobs.count }
        var count: Int { jobs.count - head }

        mutating func append(_ job: Job) { jobs.append(job) }

        mutating func popFirst() -> Job? {
            guard !isEmpty else { return nil }
            defer {
                jobs[head] = nil
                head += 1
                if head * 2 > jobs.count { (jobs, head) = (Array(jobs[head...]), 0) }
            }
            return jobs[head]
        }
    }

    private struct State: Sendable {
        /// Of each source with waiting jobs.
        var lines: [String: Line] = [:]
        /// The sources with waiting jobs, the one whose turn is next first.
        var turns: [String] = []
        var inWork: [String: Int] = [:]
        var active: Set<String> = []
        var threads = 0
        var isClosed = false

        var busy: Int { inWork.values.reduce(0, +) }
        var starving: Int { turns.count { inWork[$0] == nil } }

        /// The next job that may begin: of the source with the fewest in work; among equals, of the one whose turn it is.
        mutating func next(shared: Int) -> Job? {
            let isFull = busy >= shared
            let least = turns.indices.filter { !isFull || inWork[turns[$0]] == nil }.min {
                (inWork[turns[$0]] ?? 0, $0) < (inWork[turns[$1]] ?? 0, $1)
            }
            guard let least else { return nil }
            let source = turns.remove(at: least)
            guard let job = lines[source]?.popFirst() else { return nil }
            if lines[source]?.isEmpty ?? true { lines[source] = nil } else { turns.append(source) }
            inWork[source, default: 0] += 1
            return job
        }

        mutating func end(_ job: Job) {
            active.remove(job.key)
            inWork[job.source] = inWork[job.source].flatMap { $0 > 1 ? $0 - 1 : nil }
        }
    }

    private let shared: Int
    private let limit: Int
    private let state = Monitor(State())

    /// - Parameters:
    ///   - shared: jobs that are in work at a time.
    ///   - limit: jobs that are in work at a time at most, those of otherwise waiting sources included.
    init(shared: Int, limit: Int) { (self.shared, self.limit) = (shared, max(shared, limit)) }

    /// Adds a job unless one of this key is waiting or in work. Nothing is added any more after `close`.
    /// - Returns: whether a source waits of which nothing is in work while every thread is busy. One more thread is reserved then: call
    ///   `work(isSurplus: true)` on it, or `forgo`.
    @discardableResult
    func add(_ job: Job) -> Bool {
        state.withLock { state in
            guard !state.isClosed, state.active.insert(job.key).inserted else { return false }
            if state.lines[job.source] == nil { state.turns.append(job.source) }
            state.lines[job.source, default: Line()].append(job)
            guard state.starving > state.threads - state.busy, state.threads < limit else { return false }
            state.threads += 1
            return true
        }
    }

    /// A thread will call `work`.
    func reserve() { state.withLock { $0.threads += 1 } }

    /// It won't: there is no further thread.
    func forgo() { state.withLock { $0.threads -= 1 } }

    var isEmpty: Bool { state.read(\.active.isEmpty) }

    func contains(_ key: String) -> Bool { state.read { $0.active.contains(key) } }

    /// Keeps jobs of this key out until `letGo`. What is added meanwhile under it is dropped: whoever holds it adds it again.
    /// - Returns: false when one is waiting or in work; nothing is held then.
    func hold(_ key: String) -> Bool { state.withLock { $0.active.insert(key).inserted } }

    func letGo(_ key: String) { state.withLock { _ = $0.active.remove(key) } }

    /// The jobs of a source that wait.
    func waiting(of source: String) -> Int { state.read { $0.lines[source]?.count ?? 0 } }

    /// Takes no further jobs and forgets the waiting ones; those in work go on to their end.
    func close() {
        state.withLock {
            $0.isClosed = true
            ($0.lines, $0.turns) = ([:], [])
        }
    }

    /// Runs jobs on the calling thread, which was reserved for it, until the queue is closed.
    /// - Parameter isSurplus: only as long as there are jobs that may begin.
    func work(isSurplus: Bool = false) {
        let shared = shared
        defer { state.withLock { $0.threads -= 1 } }
        while let next = state.wait(until: { $0.next(shared: shared).map(Job?.some) ?? ($0.isClosed || isSurplus ? .some(nil) : nil) }) {
            guard var job = next else { return }
            while let following = job.run() {
                guard replace(job, by: following) else { break }
                job = following
            }
            let ended = job
            state.withLock { $0.end(ended) }
        }
    }

    /// In one step, so that no other thread finds neither of the two in work.
    /// - Returns: false when a job of the new key is waiting or in work already: then that one is left to it.
    private func replace(_ job: Job, by following: Job) -> Bool {
        state.withLock { state in
            guard state.active.insert(following.key).inserted else { return false }
            state.active.remove(job.key)
            return true
        }
    }

    /// Waits until no thread works on the queue any more. Close it first.
    func join() { _ = state.wait { $0.threads == 0 ? true : nil } }
}
