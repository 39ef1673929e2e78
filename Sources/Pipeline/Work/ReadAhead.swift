extension Engine {
    /// Takes a submission's records in batches through `compute`: while the processors have one batch, the next is read and the one before
    /// it is written.
    ///
    /// - Parameters:
    ///   - next: reads a batch; an empty one is the end. Called by this thread alone, one batch ahead of `body`.
    ///   - body: gets each batch's outputs, in order, on this thread.
    /// - Throws: what `next` or `body` throw (the batches read before are still given to `body` when it is `next`), and `StopRequested`.
    func forEachBatch<Input: Sendable, Output: Sendable>(
        of submission: String, _ next: () throws -> [Input], _ compute: @escaping @Sendable (Input) -> Output,
        _ body: ([Output]) throws -> Void
    ) throws {
        var batch = try next()
        var running = processors.start(batch, for: submission, compute)
        // Whatever is thrown: a stage that has ended leaves nothing at work, or the process could end under it.
        defer { _ = running.wait() }
        while !batch.isEmpty {
            try continueOrStop()
            let following = Result { try next() }
            let outputs = running.wait()
            if case .success(let inputs) = following { running = processors.start(inputs, for: submission, compute) }
            try body(outputs)
            board.advanced(submission, by: outputs.count)
            batch = try following.get()
        }
    }
}
