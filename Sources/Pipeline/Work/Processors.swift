public import Linux

/// One thread per processor for work that computes: signing, checking, packing.
///
/// Batches of different submissions take turns job by job, so one vehicle doesn't wait behind twenty thousand. Blocking I/O doesn't belong here.
public final class Processors: Sendable {
    private struct Batch: Sendable {
        let count: Int
        let run: @Sendable (Int) -> Void
        var next = 0
    }

    private struct State: Sendable {
        var batches: [Batch] = []
        var turn = 0
        var isStopping = false
    }

    private let state = Monitor(State())

    public init(count: Int) throws(SystemError) {
        for number in 0..<max(1, count) {
            _ = try Thread(name: "processor-\(number)") { [state] in Self.work(state) }
        }
    }

    deinit { state.withLock { $0.isStopping = true } }

    /// `body` of each input, in input order. Blocks the caller until all are done; the caller computes nothing itself.
    public func map<Input: Sendable, Output: Sendable>(
        _ inputs: [Input], _ body: @escaping @Sendable (Input) -> Output
    ) -> [Output] {
        guard !inputs.isEmpty else { return [] }
        let results = Monitor<(outputs: [Output?], missing: Int)>((Array(repeating: nil, count: inputs.count), inputs.count))
        state.withLock { state in
            state.batches.append(
                Batch(count: inputs.count) { index in
                    let output = body(inputs[index])
                    results.withLock {
                        $0.outputs[index] = output
                        $0.missing -= 1
                    }
                })
        }
        return results.wait { $0.missing == 0 ? $0.outputs.compactMap(\.self) : nil } ?? []
    }

    private static func work(_ state: Monitor<State>) {
        while let job = state.wait(until: nextJob) {
            guard let job else { return }
            job()
        }
    }

    /// The next job of the batch whose turn it is; `.some(nil)` when the pool stops.
    private static func nextJob(_ state: inout State) -> (@Sendable () -> Void)?? {
        if state.isStopping { return .some(nil) }
        guard !state.batches.isEmpty else { return nil }
        state.turn = (state.turn + 1) % state.batches.count
        let run = state.batches[state.turn].run
        let index = state.batches[state.turn].next
        state.batches[state.turn].next += 1
        if state.batches[state.turn].next == state.batches[state.turn].count { state.batches.remove(at: state.turn) }
        return .some { run(index) }
    }
}
