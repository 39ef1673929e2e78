/// One call's events on their way through the queue.
final class CommitTicket: @unchecked Sendable {
    // Unchecked: `outcome` is read and written only under the lock of the queue that the ticket waits in.
    let batch: EventBatch
    /// Whether a caller waits for the outcome.
    let isAwaited: Bool
    var outcome: Result<Range<Int>, LedgerError>?

    init(_ batch: EventBatch, isAwaited: Bool) {
        self.batch = batch
        self.isAwaited = isAwaited
    }
}
