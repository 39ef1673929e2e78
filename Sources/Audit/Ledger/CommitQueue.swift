import Glibc

/// Where callers leave their events for a commit: what waits together is committed together. Whoever makes a group due while nobody writes has
/// the turn and writes it, which spares a lone caller two changes of threads; what nobody is there for is the writer's thread's.
final class CommitQueue: @unchecked Sendable {
    // Unchecked: every stored variable is touched only between `lock` and `unlock`; the two conditions and the mutex have stable addresses.

    /// Who may use the writer.
    private enum Turn {
        case free, taken
        /// A caller has left it to the thread, which is to fold in the log before anybody writes again.
        case left
    }

    /// What the writer's thread is to do, with the turn.
    enum Job {
        case write([CommitTicket])
        case fold
    }

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
    private var turn = Turn.free
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
    /// - Parameters:
    ///   - writer: writes this batch and what waits with it when nobody else does.
    ///   - endsWithholding: takes everything again, this batch first.
    func commit(_ batch: EventBatch, by writer: GroupWriter, endsWithholding: Bool = false) throws(LedgerError) -> Range<Int> {
        let ticket = CommitTicket(batch, isAwaited: true)
        lock()
        defer { unlock() }
        if endsWithholding { withheld = nil }
        add(ticket)
        if turn == .free, isDue {
            let group = takeGroup()
            unlock()
            writer.write(group, own: ticket, for: self)
            let wantsFolding = writer.wantsFolding
            lock()
            endTurn(wantsFolding ? .left : .free)
        } else if turn == .free, !waiting.isEmpty {
            pthread_cond_signal(work)
        }
        while true {
            if let outcome = ticket.outcome { return try outcome.get() }
            pthread_cond_wait(done, mutex)
        }
    }

    func enqueue(_ batch: EventBatch) {
        lock()
        defer { unlock() }
        add(CommitTicket(batch, isAwaited: false))
        if turn == .free, waiting.count == 1 || waitingEntries >= Self.groupSize { pthread_cond_signal(work) }
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

    /// The next job, for which the thread has the turn until `endTurn`; nil when the queue is closed and empty. A group at once when a caller
    /// waits or it is full.
    func next() -> Job? {
        lock()
        defer { unlock() }
        while true {
            switch turn {
            case .left:
                turn = .taken
                return .fold
            case .free:
                if isDue { return .write(takeGroup()) }
                if waiting.isEmpty && isClosing { return nil }
            case .taken: break
            }
            wait()
        }
    }

    func endTurn() {
        lock()
        defer { unlock() }
        endTurn(.free)
    }

    // MARK: Whoever has the turn

    /// Tells the callers of a group how it went.
    ///
    /// - Parameter own: the ticket of the caller who wrote it, and who needn't be woken.
    func finish(_ group: [CommitTicket], _ outcomes: [Result<Range<Int>, LedgerError>], own: CommitTicket?) {
        lock()
        defer { unlock() }
        for (ticket, outcome) in zip(group, outcomes) { ticket.outcome = outcome }
        if group.contains(where: { $0.isAwaited && $0 !== own }) { pthread_cond_broadcast(done) }
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
        }
    }

    /// In the order of the calls, and with the turn.
    private func takeGroup() -> [CommitTicket] {
        var group: [CommitTicket] = []
        var entries = 0
        for ticket in waiting {
            if !group.isEmpty && entries + ticket.batch.events.count > Self.groupSize { break }
            group.append(ticket)
            entries += ticket.batch.events.count
        }
        take(group)
        turn = .taken
        return group
    }

    /// The thread looks when something is left to do: it alone waits for a time.
    private func endTurn(_ next: Turn) {
        turn = next
        if next == .left || !waiting.isEmpty || isClosing { pthread_cond_signal(work) }
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
        // While somebody else has the turn, its end wakes the thread.
        guard turn == .free, let latest = deadline else {
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
