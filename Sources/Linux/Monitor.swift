import Glibc

/// State that threads share: a lock and a condition to wait for. For blocking threads only, never for tasks of the cooperative pool.
public final class Monitor<State>: Sendable where State: Sendable {
    /// Unchecked: every access to `state` happens between lock and unlock of `mutex`.
    private final class Storage: @unchecked Sendable {
        let mutex = UnsafeMutablePointer<pthread_mutex_t>.allocate(capacity: 1)
        let condition = UnsafeMutablePointer<pthread_cond_t>.allocate(capacity: 1)
        var state: State

        init(_ state: State) {
            self.state = state
            var attributes = pthread_condattr_t()
            var code = pthread_condattr_init(&attributes)
            precondition(code == 0, "pthread_condattr_init: \(code)")
            code = pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
            precondition(code == 0, "pthread_condattr_setclock: \(code)")
            code = pthread_mutex_init(mutex, nil)
            precondition(code == 0, "pthread_mutex_init: \(code)")
            code = pthread_cond_init(condition, &attributes)
            precondition(code == 0, "pthread_cond_init: \(code)")
            pthread_condattr_destroy(&attributes)
        }

        deinit {
            pthread_cond_destroy(condition)
            pthread_mutex_destroy(mutex)
            condition.deallocate()
            mutex.deallocate()
        }
    }

    private let storage: Storage

    public init(_ state: State) { storage = Storage(state) }

    /// Runs `body` with the lock held. Whoever waits is woken and looks at the state again.
    public func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
        pthread_mutex_lock(storage.mutex)
        defer {
            pthread_cond_broadcast(storage.condition)
            pthread_mutex_unlock(storage.mutex)
        }
        return try body(&storage.state)
    }

    /// As `withLock`, but wakes only when `body` says that something was done for which somebody may wait.
    public func update(_ body: (inout State) -> Bool) {
        pthread_mutex_lock(storage.mutex)
        defer { pthread_mutex_unlock(storage.mutex) }
        if body(&storage.state) { pthread_cond_broadcast(storage.condition) }
    }

    /// Reads without waking anybody.
    public func read<Result>(_ body: (State) -> Result) -> Result {
        pthread_mutex_lock(storage.mutex)
        defer { pthread_mutex_unlock(storage.mutex) }
        return body(storage.state)
    }

    /// Waits until `body` answers something, with the lock held while it looks; nil when `nanoseconds` have passed first.
    public func wait<Result>(nanoseconds: UInt64? = nil, until body: (inout State) -> Result?) -> Result? {
        let deadline = nanoseconds.map { Self.deadline(after: $0) }
        pthread_mutex_lock(storage.mutex)
        defer { pthread_mutex_unlock(storage.mutex) }
        while true {
            if let result = body(&storage.state) {
                pthread_cond_broadcast(storage.condition)
                return result
            }
            if var deadline {
                if pthread_cond_timedwait(storage.condition, storage.mutex, &deadline) == ETIMEDOUT { return nil }
            } else {
                pthread_cond_wait(storage.condition, storage.mutex)
            }
        }
    }

    private static func deadline(after nanoseconds: UInt64) -> timespec {
        var now = timespec()
        clock_gettime(CLOCK_MONOTONIC, &now)
        let total = UInt64(now.tv_nsec) + nanoseconds % 1_000_000_000
        return timespec(
            tv_sec: now.tv_sec + Int(nanoseconds / 1_000_000_000) + Int(total / 1_000_000_000), tv_nsec: Int(total % 1_000_000_000))
    }
}
