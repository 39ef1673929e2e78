import Linux

/// Pages of entries on several threads: each reads and checks pages by itself, and hands them on in their order.
final class PageRelay: @unchecked Sendable {
    // Unchecked: `check` is touched only by the thread whose page's turn it is, and turns are taken and given under the monitor's lock.

    private struct State {
        var next = 0
        var turn = 0
        var isStopped = false
        var failure: LedgerError?
    }

    private let check: EntryCheck
    private let total: Int
    private let state = Monitor(State())

    var pageCount: Int { (total + EntryPage.capacity - 1) / EntryPage.capacity }

    /// - Parameter total: entries to read, from the first.
    init(_ check: EntryCheck, total: Int) {
        self.check = check
        self.total = total
    }

    /// Works on pages until there are no more. To be called on every thread, with a page of its own.
    func work(_ page: EntryPage, progress: (_ done: Int) -> Void = { _ in }) {
        while let index = claim() {
            let first = index * EntryPage.capacity
            var failure: LedgerError?
            do throws(LedgerError) {
                try page.connection.reading { () throws(LedgerError) in
                    try page.read(first..<min(first + EntryPage.capacity, total))
                }
            } catch {
                failure = error
            }
            guard waitForTurn(index) else { return }
            if failure == nil {
                do throws(LedgerError) { try check.take(page) } catch { failure = error }
            }
            let done = check.size
            giveTurn(failure, isStopped: check.isBroken)
            progress(done)
        }
    }

    /// What stopped the work, if anything did.
    var failure: LedgerError? { state.read { $0.failure } }

    private func claim() -> Int? {
        state.withLock { state in
            guard !state.isStopped, state.next < pageCount else { return nil }
            defer { state.next += 1 }
            return state.next
        }
    }

    /// False when a page before this one stopped the work.
    private func waitForTurn(_ index: Int) -> Bool {
        state.wait { state in state.isStopped ? false : state.turn == index ? true : nil } ?? false
    }

    private func giveTurn(_ failure: LedgerError?, isStopped: Bool) {
        state.withLock { state in
            state.turn += 1
            state.failure = failure
            state.isStopped = failure != nil || isStopped
        }
    }
}
