import Glibc
import Linux

/// The thread that alone writes: takes groups from the queue, commits them, and folds in the write-ahead log while nobody waits.
final class WriterThread: Sendable {
    private let queue: CommitQueue
    private let finished = Monitor(false)

    /// - Parameter onHead: is given each new signed head once it is on disk and its callers are answered. Called on this thread.
    init(
        writer: sending VolumeWriter, queue: CommitQueue, path: String, onHead: @escaping @Sendable (String) -> Void
    ) throws(LedgerError) {
        self.queue = queue
        let work = Unmanaged.passRetained(Work(writer: writer, queue: queue, finished: finished, onHead: onHead))
        var thread = pthread_t()
        let code = pthread_create(&thread, nil, { Work.run($0) }, work.toOpaque())
        guard code == 0 else {
            work.release()
            throw LedgerError(
                .open, "the ledger's thread can't be started: \(String(cString: strerror(code)))", path: path,
                remedy: "Raise the limit of tasks.")
        }
        pthread_detach(thread)
    }

    /// Returns once everything queued is written and the database is closed.
    func close() {
        queue.close()
        _ = finished.wait { $0 ? true : nil }
    }

    /// What the thread owns: nothing of the writer is reachable from elsewhere once the thread runs.
    private final class Work {
        let writer: VolumeWriter
        let queue: CommitQueue
        let finished: Monitor<Bool>
        let onHead: @Sendable (String) -> Void

        init(writer: VolumeWriter, queue: CommitQueue, finished: Monitor<Bool>, onHead: @escaping @Sendable (String) -> Void) {
            self.onHead = onHead
            self.writer = writer
            self.queue = queue
            self.finished = finished
        }

        static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let argument else { return nil }
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)  // signals are for the program's main thread
            let finished = Unmanaged<Work>.fromOpaque(argument).takeUnretainedValue().finished
            drainAndRelease(argument)
            finished.withLock { $0 = true }
            return nil
        }

        /// A function of its own, so that database and lock are closed for certain when it returns.
        @inline(never)
        private static func drainAndRelease(_ argument: UnsafeMutableRawPointer) {
            Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().drain()
        }

        private func drain() {
            while let group = queue.next() {
                do throws(LedgerError) {
                    let outcomes = try writer.commit(group.map(\.batch))
                    queue.finish(group, outcomes)
                    failOnRefusedRider(group, outcomes)
                    onHead(writer.newestHead)
                    try writer.foldLogWhenLong()
                } catch {
                    queue.fail(error)
                    queue.finish(group, group.map { $0.outcome ?? .failure(error) })
                }
            }
            if queue.failure != nil { writer.abandon() } else { close() }
        }

        /// Nobody waits for these events, and so nobody else can notice that they aren't recorded.
        private func failOnRefusedRider(_ group: [CommitTicket], _ outcomes: [Result<Range<Int>, LedgerError>]) {
            for case (let ticket, .failure(let error)) in zip(group, outcomes) where !ticket.isAwaited { queue.fail(error) }
        }

        private func close() {
            do throws(LedgerError) { try writer.close() } catch { queue.fail(error) }
        }
    }
}
