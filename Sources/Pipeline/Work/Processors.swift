public import Linux

/// One thread per processor for work that computes: signing, checking, packing.
///
/// Submissions take turns job by job, so one vehicle doesn't wait behind twenty thousand; the batches of one submission are done in the order
/// in which they came, so that they end one after the other and never all wait for the disk at once. Blocking I/O doesn't belong here.
public final class Processors: Sendable {
    private struct Batch: Sendable {
        let count: Int
        let run: @Sendable (Int) -> Void
        var next = 0
    }

    /// The batches of one submission, the oldest first; never empty.
    private struct Line: Sendable {
        let owner: String
        var batches: [Batch]
    }

    private struct State: Sendable {
        var lines: [Line] = []
        var turn = 0
        var isStopping = false
    }

    /// A batch at work.
    public struct Running<Output: Sendable>: Sendable {
        fileprivate struct Results: Sendable {
            var outputs: [Output?]
            var missing: Int
        }

        fileprivate let results: Monitor<Results>

        /// Blocks until all is done.
        /// - Returns: the outputs in the order of the inputs.
        public func wait() -> [Output] {
            results.wait { $0.missing == 0 ? $0.outputs.compactMap(\.self) : nil } ?? []
        }
    }

    private let state = Monitor(State())

    public init(count: Int) throws(SystemError) {
        for number in 0..<max(1, count) {
            _ = try Thread(name: "processor-\(number)") { [state] in Self.work(state) }
        }
    }

    deinit { state.withLock { $0.isStopping = true } }

    /// Has `body` of each input computed.
    /// - Parameter owner: whose turn it takes: the submission.
    public func start<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], for owner: String, _ body: @escaping @Sendable (Input) -> Output
    ) -> Running<Output> {
        let running = Running<Output>(results: Monitor(.init(outputs: Array(repeating: nil, count: inputs.count), missing: inputs.count)))
        guard !inputs.isEmpty else { return running }
        let batch = Batch(count: inputs.count) { index in
            let output = body(inputs[index])
            running.results.update {
                $0.outputs[index] = output
                $0.missing -= 1
                return $0.missing == 0
            }
        }
        state.withLock { state in
            if let line = state.lines.firstIndex(where: { $0.owner == owner }) {
                state.lines[line].batches.append(batch)
            } else {
                state.lines.append(Line(owner: owner, batches: [batch]))
            }
        }
        return running
    }

    /// `body` of each input, in input order. Blocks the caller until all are done; the caller computes nothing itself.
    public func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], for owner: String, _ body: @escaping @Sendable (Input) -> Output
    ) -> [Output] {
        start(inputs, for: owner, body).wait()
    }

    private static func work(_ state: Monitor<State>) {
        while let job = state.wait(until: nextJob) {
            guard let job else { return }
            job()
        }
    }

    /// The next job of the submission whose turn it is; `.some(nil)` when the pool stops.
    private static func nextJob(_ state: inout State) -> (@Sendable () -> Void)?? {
        if state.isStopping { return .some(nil) }
        guard !state.lines.isEmpty else { return nil }
        state.turn = (state.turn + 1) % state.lines.count
        let run = state.lines[state.turn].batches[0].run
        let index = state.lines[state.turn].batches[0].next
        state.lines[state.turn].batches[0].next += 1
        if index + 1 == state.lines[state.turn].batches[0].count { state.lines[state.turn].batches.removeFirst() }
        if state.lines[state.turn].batches.isEmpty { state.lines.remove(at: state.turn) }
        return .some { run(index) }
    }
}
