import Linux
import Synchronization

/// Runs the batches of one submission on two threads, so that one batch computes while the other waits for the disk.
enum Lanes {
    /// Pulls batches from `next` (called by one lane at a time) and gives each to `body`, in order of pulling but overlapping by one.
    /// The first error stops both lanes and is thrown.
    static func run<Batch: Sendable>(
        _ next: @escaping @Sendable () throws -> Batch?, _ body: @escaping @Sendable (Batch) throws -> Void
    ) throws {
        let failure = Mutex<(any Error)?>(nil)
        let source = Monitor(())
        let lane: @Sendable () -> Void = {
            while failure.withLock({ $0 == nil }) {
                do {
                    guard let batch = try source.withLock({ _ in try next() }) else { return }
                    try body(batch)
                } catch {
                    failure.withLock { $0 = $0 ?? error }
                }
            }
        }
        let second = try Thread(name: "lane", lane)
        lane()
        second.join()
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
