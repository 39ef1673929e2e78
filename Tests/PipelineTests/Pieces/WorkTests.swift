import Linux
import Synchronization
import Testing

@testable import Pipeline

/// The threads that share the work out.
@Suite struct WorkTests {
    private struct Fault: Error, Equatable { let number: Int }

    @Test func lanesTakeEveryBatchOnce() throws {
        let next = Mutex(0)
        let done = Mutex<[Int]>([])
        try Lanes.run(
            2,
            {
                next.withLock { number -> Int? in
                    number += 1
                    return number <= 500 ? number : nil
                }
            }
        ) { batch in done.withLock { $0.append(batch) } }
        #expect(done.withLock { $0.sorted() } == Array(1...500))
    }

    @Test func firstErrorStopsTheLanes() {
        let done = Mutex(0)
        #expect(throws: Fault.self) {
            try Lanes.run(2, { done.withLock { $0 } }) { (number: Int) in
                if number >= 20 { throw Fault(number: number) }
                done.withLock { $0 += 1 }
            }
        }
        #expect(done.withLock { $0 } <= 21)
        #expect(throws: Fault(number: 7)) { try Lanes.run(2, { throw Fault(number: 7) }) { (_: Int) in } }
    }

    @Test func processorsKeepTheOrder() throws {
        let processors = try Processors(count: 3)
        #expect(processors.map(Array(0..<1000), for: "a") { $0 * 2 } == (0..<1000).map { $0 * 2 })
        #expect(processors.map([Int](), for: "a") { $0 }.isEmpty)
    }

    /// The batches of one submission end one after the other, whoever waits for them.
    @Test func batchesOfOneSubmissionKeepTheirOrder() throws {
        let processors = try Processors(count: 1)
        let order = Mutex<[Int]>([])
        let running = (0..<20).map { batch in
            processors.start([0, 1, 2], for: "one") { _ in order.withLock { $0.append(batch) } }
        }
        for batch in running { #expect(batch.wait().count == 3) }
        #expect(order.withLock { $0 } == (0..<20).flatMap { [$0, $0, $0] })
    }

    /// A single vehicle doesn't wait behind twenty thousand.
    @Test func smallBatchDoesNotWaitForALargeOne() throws {
        let processors = try Processors(count: 1)
        let done = Monitor(0)
        let large = try Thread(name: "large") {
            _ = processors.map(Array(0..<400), for: "large") { _ in
                let end = MonotonicClock.now() + 1_000_000
                while MonotonicClock.now() < end {}
                done.withLock { $0 += 1 }
            }
        }
        _ = done.wait { $0 > 0 ? true : nil }
        let before = done.read { $0 }
        _ = processors.map([0], for: "small") { $0 }
        #expect(done.read { $0 } - before < 100)
        large.join()
        #expect(done.read { $0 } == 400)
    }

    @Test func newHeaderValuesHaveTheirForm() {
        let ids = (0..<200).map { _ in NewHeaderValues.referenceID() }
        #expect(Set(ids).count == ids.count)
        for id in ids {
            #expect(id.wholeMatch(of: /[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}/) != nil, "\(id)")
        }
    }
}
