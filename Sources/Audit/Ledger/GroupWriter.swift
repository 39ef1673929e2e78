/// Writes the queue's groups. Callers and the writer's thread use it, each while it has the queue's turn.
final class GroupWriter: @unchecked Sendable {
    // Unchecked: `writer` is used only by the thread that has the turn of the queue, and turns change under the queue's lock.
    private var writer: VolumeWriter?
    private let path: String
    private let onHead: @Sendable (String) -> Void

    /// - Parameter onHead: is given each new signed head once it is on disk and the other callers are answered. Called by whoever has the turn.
    init(_ writer: sending VolumeWriter, path: String, onHead: @escaping @Sendable (String) -> Void) {
        (self.writer, self.path, self.onHead) = (writer, path, onHead)
    }

    /// Whether the log has become long, so that it is to be folded in before the next group.
    var wantsFolding: Bool { writer?.wantsFolding ?? false }

    /// Commits a group and tells its callers.
    ///
    /// - Parameter own: the ticket of the caller whose thread this is, or nil.
    func write(_ group: [CommitTicket], own: CommitTicket?, for queue: CommitQueue) {
        do throws(LedgerError) {
            let outcomes = try current().commit(group.map(\.batch))
            queue.finish(group, outcomes, own: own)
            failOnRefusedRider(group, outcomes, queue)
            onHead(try current().newestHead)
        } catch {
            queue.fail(error)
            queue.finish(group, group.map { $0.outcome ?? .failure(error) }, own: own)
        }
    }

    /// Bounds the write-ahead log. Takes long: nobody's call waits for it but those that come meanwhile.
    func foldLogWhenLong(for queue: CommitQueue) {
        do throws(LedgerError) { try current().foldLogWhenLong() } catch { queue.fail(error) }
    }

    /// Closes the database, folding in its log unless a write has failed.
    func close(for queue: CommitQueue) {
        if queue.failure != nil {
            writer?.abandon()
        } else {
            do throws(LedgerError) { try writer?.close() } catch { queue.fail(error) }
        }
        writer = nil
    }

    private func current() throws(LedgerError) -> VolumeWriter {
        guard let writer else { throw LedgerError(.closed, "the ledger is closed", path: path, remedy: "Open it again.") }
        return writer
    }

    /// Nobody waits for these events, and so nobody else can notice that they aren't recorded.
    private func failOnRefusedRider(_ group: [CommitTicket], _ outcomes: [Result<Range<Int>, LedgerError>], _ queue: CommitQueue) {
        for case (let ticket, .failure(let error)) in zip(group, outcomes) where !ticket.isAwaited { queue.fail(error) }
    }
}
