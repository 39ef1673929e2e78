import Glibc
import Synchronization
import Testing

@testable import Pipeline

/// Batches that are read, computed and written at the same time.
@Suite struct ReadAheadTests {
    private struct Fault: Error {}

    /// Batches of three numbers, so many of them.
    private func batches(_ count: Int) -> () -> [Int] {
        var next = 0
        return {
            defer { next += 1 }
            return next < count ? [3 * next, 3 * next + 1, 3 * next + 2] : []
        }
    }

    @Test(arguments: [0, 1, 2, 7])
    func keepsTheOrder(count: Int) async throws {
        try await Workshop.run { workshop in
            var seen: [Int] = []
            try workshop.engine.forEachBatch(of: "a", batches(count), { $0 * 2 }) { seen += $0 }
            #expect(seen == (0..<(3 * count)).map { $0 * 2 })
        }
    }

    /// Whoever throws: what was read before is written when the reading fails, and nothing is at work any more.
    @Test(arguments: [true, false])
    func leavesNothingAtWork(readingFails: Bool) async throws {
        try await Workshop.run { workshop in
            let atWork = Atomic(0)
            let next = batches(9)
            var (reads, written) = (0, 0)
            #expect(throws: Fault.self) {
                try workshop.engine.forEachBatch(
                    of: "a",
                    {
                        reads += 1
                        if readingFails, reads == 3 { throw Fault() }
                        return next()
                    },
                    { number in
                        atWork.add(1, ordering: .relaxed)
                        usleep(20_000)
                        atWork.subtract(1, ordering: .relaxed)
                        return number
                    },
                    { outputs in
                        written += outputs.count
                        if !readingFails { throw Fault() }
                    })
            }
            #expect(atWork.load(ordering: .relaxed) == 0)
            #expect(written == (readingFails ? 6 : 3))
        }
    }
}
