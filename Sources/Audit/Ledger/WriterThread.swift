import Glibc
import Linux

/// The thread that writes what no caller is there to write, folds in the write-ahead log while nobody waits, and closes the database.
final class WriterThread: Sendable {
    private let queue: CommitQueue
    private let finished = Monitor(false)

    init(writer: GroupWriter, queue: CommitQueue, path: String) throws(LedgerError) {
        self.queue = queue
        let work = Unmanaged.passRetained(Work(writer: writer, queue: queue, finished: finished))
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

    private final class Work {
        let writer: GroupWriter
        let queue: CommitQueue
        let finished: Monitor<Bool>

        init(writer: GroupWriter, queue: CommitQueue, finished: Monitor<Bool>) {
            self.writer = writer
            self.queue = queue
            self.finished = finished
        }

        static func run(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
            guard let argument else { return nil }
            var all = sigset_t()
            sigfillset(&all)
            pthread_sigmask(SIG_BLOCK, &all, nil)  // signals are for the program's main thread
            let work = Unmanaged<Work>.fromOpaque(argument).takeRetainedValue()
            work.drain()
            work.finished.withLock { $0 = true }
            return nil
        }

        private func drain() {
            while let job = queue.next() {
                if case .write(let group) = job { writer.write(group, own: nil, for: queue) }
                writer.foldLogWhenLong(for: queue)
                queue.endTurn()
            }
            writer.close(for: queue)
        }
    }
}
