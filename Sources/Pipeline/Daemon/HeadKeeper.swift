import Audit
import Linux
import Logging

/// Keeps the newest signed head outside the database: in the remembered file, at most once a second and at the end, and in the journal, at
/// the start, once an hour while there are new entries, and at the end. Commits never wait for it, and an idle daemon isn't woken.
final class HeadKeeper: Sendable {
    let file: RememberedHead
    private let logger: Logger
    private let heads = Monitor(Heads())
    /// Apart from the heads, so that commits don't wake who waits for a second to pass.
    private let isStopping = Monitor(false)
    private let thread = Monitor<Thread?>(nil)

    private struct Heads: Sendable {
        var newest: String?
        var isStopping = false
    }

    /// The least time between two writes or two lines, in nanoseconds.
    struct Pauses: Sendable {
        var writing: UInt64 = 1_000_000_000
        /// After a write that failed.
        var failure: UInt64 = 30_000_000_000
        var logging: UInt64 = 3_600_000_000_000
    }

    private let pauses: Pauses

    init(file: RememberedHead, logger: Logger, pauses: Pauses = Pauses()) {
        self.file = file
        self.pauses = pauses
        self.logger = logger
    }

    /// Takes a head that is on disk. Any thread; never blocks.
    func note(_ head: String) { heads.withLock { $0.newest = head } }

    func start() throws(SystemError) {
        let started = try Thread(name: "head") { [self] in run() }
        thread.withLock { $0 = started }
    }

    /// Writes the newest head and ends. Call it when the ledger is closed.
    func stop() {
        isStopping.withLock { $0 = true }
        heads.withLock { $0.isStopping = true }
        thread.withLock { thread in
            defer { thread = nil }
            return thread
        }?.join()
    }

    private func run() {
        var (written, logged): (String?, String?) = (nil, nil)
        var loggedAt: UInt64 = 0
        var hasFailed = false
        while true {
            let (newest, mustStop) = next(written: written, untilLogging: written == logged ? nil : loggedAt + pauses.logging)
            if let newest, newest != written {
                do {
                    try file.write(newest)
                    (written, hasFailed) = (newest, false)
                } catch {
                    if !hasFailed { logger.error("The ledger's newest head can't be remembered, and this is tried again: \(error)") }
                    hasFailed = true
                }
            }
            let now = MonotonicClock.now()
            if let written, written != logged, mustStop || logged == nil || now >= loggedAt + pauses.logging {
                logger.notice("The ledger's newest head: \(written)")
                (logged, loggedAt) = (written, now)
            }
            if mustStop { return }
            _ = isStopping.wait(nanoseconds: hasFailed ? pauses.failure : pauses.writing) { $0 ? true : nil }
        }
    }

    /// Waits for a head that isn't written, for the time of the next line in the journal, or for the end.
    private func next(written: String?, untilLogging time: UInt64?) -> (newest: String?, mustStop: Bool) {
        let now = MonotonicClock.now()
        let pause = time.map { $0 > now ? $0 - now : 0 }
        let seen = heads.wait(nanoseconds: pause) { heads -> Heads? in heads.isStopping || heads.newest != written ? heads : nil }
        return (seen?.newest ?? written, seen?.isStopping ?? false)
    }
}
