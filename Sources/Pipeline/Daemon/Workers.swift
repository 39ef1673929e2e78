import Audit
import Ingest
import Linux
import Logging
import Spool

/// The threads that carry submissions from stage to stage.
final class Workers: Sendable {
    /// Submissions that are in work at once: a small one doesn't wait for a large one.
    static let count = 4

    private let engine: Engine
    private let queue: WorkQueue
    private let logger: Logger
    private let onFatal: @Sendable (any Error) -> Void
    private let threads: [Thread]

    init(engine: Engine, queue: WorkQueue, logger: Logger, onFatal: @escaping @Sendable (any Error) -> Void) throws(SystemError) {
        self.engine = engine
        self.queue = queue
        self.logger = logger
        self.onFatal = onFatal
        var threads: [Thread] = []
        for number in 0..<Self.count { threads.append(try Thread(name: "worker-\(number)") { queue.work() }) }
        self.threads = threads
    }

    /// Waits for the jobs in work. Close the queue first.
    func join() { for thread in threads { thread.join() } }

    /// Queues every submission that lies in a stage directory: what a stop cut off, and what stalled. Strays stay where they are.
    func resume() throws {
        for stage in [Stage.publish, .sign, .generate, .validate, .ingest] {
            for id in try engine.spool.submissions(in: stage) where try engine.spool.isAtHome(id, in: stage) { process(id, from: stage) }
        }
    }

    func process(_ id: SubmissionID, from stage: Stage) {
        queue.add(.init(key: id.text) { [self] in run(id, from: stage) })
    }

    /// Takes a complete file out of its inbox and carries it on in the same job.
    /// - Parameter counts: whether it is one of those that `status` counts.
    func take(_ key: String, counts: Bool = true, _ claim: @escaping @Sendable () throws -> SubmissionID?) {
        queue.add(
            .init(key: key) { [self] in
                do {
                    guard let id = try claim() else { return }
                    if counts { engine.board.count { $0.submissions += 1 } }
                    run(id, from: .ingest)
                } catch {
                    report(key, error)
                }
            })
    }

    /// Does what a person asked for on the caller's thread. An error after which only a restart is safe ends the daemon, too.
    func carryOut<Value>(_ work: () throws -> Value) throws -> Value {
        do { return try work() } catch {
            if Self.isFatal(error) { onFatal(error) }
            throw error
        }
    }

    private func run(_ id: SubmissionID, from stage: Stage) {
        do {
            try SubmissionRun(engine: engine).run(id, from: stage)
            engine.board.resumed(id.text)
        } catch {
            report(id.text, error)
        }
    }

    private func report(_ key: String, _ error: any Error) {
        if error is StopRequested { return }
        if Self.isFatal(error) { return onFatal(error) }
        engine.board.stalled(key, reason: "\(error)")
        logger.error("\(key) stopped where it is and is tried again: \(error)")
    }

    private static func isFatal(_ error: any Error) -> Bool {
        switch error {
        case let error as LedgerError: !error.isRefusal
        case let error as SpoolError: error.needsRecovery
        default: false
        }
    }
}

extension LedgerError {
    /// The events of one call were refused, or somebody else holds the ledger locked, and it goes on; anything else is the end of writing.
    var isRefusal: Bool {
        switch code {
        case .refused, .locked: true
        default: false
        }
    }
}

extension SpoolError {
    /// A move may be half done: only recovery, at the next start, may touch the submission.
    var needsRecovery: Bool {
        switch cause {
        case .ledger(let error): !error.isRefusal
        case .system, .occupied, .noLocks: true
        case .damaged: false
        }
    }
}

/// The daemon is to stop: a stage ends between two batches, and goes on from there at the next start.
struct StopRequested: Error {}
