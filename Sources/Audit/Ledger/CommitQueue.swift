import Glibc

/// Where callers leave their events and the writer's thread fetches them: what waits together is committed together.
final class CommitQueue: @unchecked Sendable {
    // Unchecked: every stored variable is touched only between `lock` and `unlock`; the two conditions and the mutex have stable addresses.

    /// The most entries in one transaction, unless one call alone brings more.
    static let groupSize = 256
    /// How long enqueued events wait for a commit to ride with, in nanoseconds.
    static let patience: UInt64 = 20_000_000

    /// How long a caller waits for the others that shared the last commit, in nanoseconds: little against the sync it saves them all.
    static let gathering: UInt64 = 500_000

    private let path: String
    private let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
    private let work = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
    private let done = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)

    private var waiting: [CommitTicket] = []
    private var waitingEntries = 0
    private var awaited = 0
    /// When riders must be committed at the latest, by the monotonic clock in nanoseconds.
    private var deadline: UInt64?
    /// Callers in the last group, and until when the next one waits for as many.
    private var lastCallers = 0
    private var gatherUntil: UInt64 = 0
    private var isClosing = false
    private var failed: LedgerError?
    /// What every ticket gets while the ledger is withheld.
    private var withheld: LedgerError?

    init(path: String) {
        self.path = path
        var attributes = pthread_condattr_t()
        let ready =
            pthread_mutex_init(mutex, nil) == 0 && pthread_condattr_init(&attributes) == 0
            && pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(work, &attributes) == 0
            && pthread_cond_init(done, nil) == 0 && pthread_condattr_destroy(&attributes) == 0
        precondition(ready, "the system has no memory for a lock")
    }

    deinit {
        pthread_cond_destroy(work)
        pthread_cond_destroy(done)
        pthread_mutex_destroy(mutex)
        work.deallocate()
        done.deallocate()
        mutex.deallocate()
    }

    // MARK: Callers

    /// From now on nothing is taken, until a batch that ends it.
    func withhold(_ error: LedgerError) {
        lock()
        defer { unlock() }
        withheld = error
    }

    /// Waits until the batch is durable.
    ///
    /// - Parameter endsWithholding: takes everything again, this batch first.
    func commit(_ batch: EventBatch, endsWithholding: Bool = false) throws(LedgerError) -> Range<Int> {
        let ticket = CommitTicket(batch, isAwaited: true)
        lock()
        defer { unlock() }
        if endsWithholding { withheld = nil }
        add(ticket)
        while true {
            if let outcome = ticket.outcome { return try outcome.get() }
            pthread_cond_wait(done, mutex)
        }
    }

    func enqueue(_ batch: EventBatch) {
        lock()
        defer { unlock() }
        add(CommitTicket(batch, isAwaited: false))
    }

    var failure: LedgerError? {
        lock()
        defer { unlock() }
        return failed
    }

    /// From now on every ticket gets this error; the first one stays.
    func fail(_ error: LedgerError) {
        lock()
        defer { unlock() }
        if failed == nil { failed = error }
        for ticket in waiting { ticket.outcome = .failure(failed ?? error) }
        clear()
        pthread_cond_broadcast(done)
    }

    /// What waits is still written; what comes later is refused.
    func close() {
        lock()
        defer { unlock() }
        isClosing = true
        pthread_cond_signal(work)
    }

    // MARK: The writer's thread

    /// The next group, in the order of the calls; nil when the queue is closed and empty. At once when a caller waits or the group is full.
    func next() -> [CommitTicket]? {
        lock()
        defer { unlock() }
        while !isDue {
            if waiting.isEmpty && isClosing { return nil }
            wait()
        }
        var group: [CommitTicket] = []
        var entries = 0
        for ticket in waiting {
            if !group.isEmpty && entries + ticket.batch.events.count > Self.groupSize { break }
            group.append(ticket)
            entries += ticket.batch.events.count
        }
        take(group)
        return group
    }

    /// Tells the callers of a group how it went.
    func finish(_ group: [CommitTicket], _ outcomes: [Result<Range<Int>, LedgerError>]) {
        lock()
        defer { unlock() }
        for (ticket, outcome) in zip(group, outcomes) { ticket.outcome = outcome }
        pthread_cond_broadcast(done)
    }

    // MARK: Under the lock

    private func add(_ ticket: CommitTicket) {
        if let error = failed ?? withheld {
            ticket.outcome = .failure(error)
        } else if isClosing {
            ticket.outcome = .failure(LedgerError(.closed, "the ledger is closed", path: path, remedy: "Open it again."))
        } else {
            waiting.append(ticket)
            waitingEntries += ticket.batch.events.count
            if ticket.isAwaited {
                awaited += 1
                if awaited == 1 { gatherUntil = Self.now() + Self.gathering }
            }
            if deadline == nil { deadline = Self.now() + Self.patience }
            if ticket.isAwaited || waiting.count == 1 || waitingEntries >= Self.groupSize { pthread_cond_signal(work) }
        }
    }

    private func take(_ group: [CommitTicket]) {
        waiting.removeFirst(group.count)
        lastCallers = group.count { $0.isAwaited }
        for ticket in group {
            waitingEntries -= ticket.batch.events.count
            if ticket.isAwaited { awaited -= 1 }
        }
        deadline = waiting.isEmpty ? nil : Self.now() + Self.patience
    }

    private func clear() {
        waiting.removeAll()
        waitingEntries = 0
        awaited = 0
        deadline = nil
    }

    private var isDue: Bool {
        guard !waiting.isEmpty else { return false }
        if isClosing || waitingEntries >= Self.groupSize || awaited > 0 && awaited >= lastCallers { return true }
        let now = Self.now()
        return awaited > 0 && now >= gatherUntil || deadline.map { now >= $0 } ?? false
    }

    private func wait() {
        guard let latest = deadline else {
            pthread_cond_wait(work, mutex)
            return
        }
        let deadline = awaited > 0 ? min(latest, gatherUntil) : latest
        var time = timespec(tv_sec: Int(deadline / 1_000_000_000), tv_nsec: Int(deadline % 1_000_000_000))
        pthread_cond_timedwait(work, mutex, &time)
    }

    private func lock() { precondition(pthread_mutex_lock(mutex) == 0, "a lock is broken") }

    private func unlock() { precondition(pthread_mutex_unlock(mutex) == 0, "a lock is broken") }

    private static func now() -> UInt64 {
        var time = timespec()
        precondition(clock_gettime(CLOCK_MONOTONIC, &time) == 0, "the system has no clock")
        return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
    }
}
