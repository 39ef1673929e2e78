import Linux
import Synchronization

/// Runs the batches of one submission on several threads, so that some compute while others wait for the disk.
enum Lanes {
    /// Pulls batches from `next` (called by one lane at a time) and gives each to `body`, in order of pulling but overlapping.
    /// The first error stops all lanes and is thrown.
    static func run<Batch: Sendable>(
        _ count: Int, _ next: @escaping @Sendable () throws -> Batch?, _ body: @escaping @Sendable (Batch) throws -> Void
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
        var others: [Thread] = []
        do {
            for number in 1..<count { others.append(try Thread(name: "lane-\(number)", lane)) }
        } catch {
            failure.withLock { $0 = $0 ?? error }
        }
        lane()
        for other in others { other.join() }
        if let error = failure.withLock({ $0 }) { throw error }
    }
}
