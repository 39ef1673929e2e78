import Audit
import Ingest
import Linux
import Logging
import Spool

/// The threads that carry submissions from stage to stage.
final class Workers: Sendable {
    /// Submissions that are in work at once, of whatever sources: a small one doesn't wait for a large one.
    static let count = 4
    /// Submissions that are in work at once when each of the further ones is of a source of its own.
    static let limit = 16

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
        for _ in 0..<Self.count { queue.reserve() }
        for number in 0..<Self.count { threads.append(try Thread(name: "worker-\(number)") { queue.work() }) }
        self.threads = threads
    }

    /// Waits for the jobs in work. Close the queue first.
    func join() {
        for thread in threads { thread.join() }
        queue.join()
    }

    /// Those in which threads work, the last one first.
    private static let stages: [Stage] = [.publish, .sign, .generate, .validate, .ingest]

    /// Queues every submission that lies in a stage directory: what a stop cut off, and what stalled.
    func resume() throws {
        for stage in Self.stages {
            for id in try engine.spool.submissions(in: stage) { process(id, from: stage) }
        }
    }

    /// Queues a submission from where it lies; one that waits for a person or has ended stays there.
    func carryOn(_ id: SubmissionID) {
        do {
            guard let stage = try engine.spool.stage(of: id), Self.stages.contains(stage) else { return }
            process(id, from: stage)
        } catch { report(id.text, error) }
    }

    /// Queues a submission. Nothing is done where another job has carried it on meanwhile, or the ledger has it in another stage: strays stay
    /// where they are.
    func process(_ id: SubmissionID, from stage: Stage) {
        let source = (try? engine.spool.load(id, in: stage))?.source ?? ""
        add(
            .init(key: id.text, source: source) { [self] in
                do {
                    if try engine.spool.isAtHome(id, in: stage) { run(id, from: stage) }
                } catch { report(id.text, error) }
                return nil
            })
    }

    /// Takes a complete file out of its inbox and carries it on in the same thread, under the submission's id: the next file of this name may
    /// be taken as soon as this one is in the spool.
    /// - Parameters:
    ///   - counts: whether it is one of those that `status` counts.
    ///   - claim: gives the submission, or nil when nothing is to be carried on.
    func take(_ key: String, of source: String, counts: Bool = true, _ claim: @escaping @Sendable () throws -> SubmissionID?) {
        add(
            .init(key: key, source: source) { [self] in
                do {
                    guard let id = try claim() else { return nil }
                    if counts { engine.board.count { $0.submissions += 1 } }
                    return .init(key: id.text, source: source) { [self] in
                        run(id, from: .ingest)
                        return nil
                    }
                } catch {
                    report(key, error)
                    return nil
                }
            })
    }

    private func add(_ job: WorkQueue.Job) {
        guard queue.add(job) else { return }
        // Where no thread is to be had, the job waits for one of the others.
        do { _ = try Thread(name: "worker") { [queue] in queue.work(isSurplus: true) } } catch {
            queue.forgo()
            logger.warning("There is no further thread for '\(job.source)': \(error)")
        }
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
        guard engine.board.stalled(key, reason: "\(error)") else { return }
        logger.error("\(key) stopped where it is and is tried again: \(error)")
    }

    private static func isFatal(_ error: any Error) -> Bool {
        switch error {
        case let error as LedgerError: !error.isRefusal
        case let error as SpoolError: error.needsRecovery
        case ClaimError.spool(let error): error.needsRecovery
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
