import Linux
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Who is next.
@Suite struct WorkQueueTests {
    private func job(_ key: String, of source: String = "a", _ run: @escaping @Sendable () -> Void) -> WorkQueue.Job {
        .init(key: key, source: source) {
            run()
            return nil
        }
    }

    @Test func eachKeyIsHeldOnce() throws {
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let order = Mutex<[String]>([])
        for key in ["a", "b", "a", "c", "b"] { queue.add(job(key) { order.withLock { $0.append(key) } }) }
        #expect(!queue.isEmpty && queue.contains("a") && queue.waiting(of: "a") == 3)
        queue.add(job("last") { queue.close() })
        queue.work()
        #expect(order.withLock { $0 } == ["a", "b", "c"])
        #expect(queue.isEmpty)
        queue.add(job("a") { order.withLock { $0.append("late") } })
        #expect(queue.isEmpty)
    }

    /// What is in work may not be taken up again by a second worker.
    @Test func jobInWorkIsNotQueuedAgain() throws {
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let runs = Mutex(0)
        queue.add(
            job("a") {
                runs.withLock { $0 += 1 }
                queue.add(job("a") { runs.withLock { $0 += 1 } })
                queue.add(job("end") { queue.close() })
            })
        queue.work()
        #expect(runs.withLock { $0 } == 1)
    }

    /// Somebody does something with a submission that isn't in work, and nobody takes it up meanwhile.
    @Test func aKeyThatIsHeldIsNotTakenUp() throws {
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let runs = Mutex<[String]>([])
        func add(_ name: String, _ key: String) { queue.add(job(key) { runs.withLock { $0.append(name) } }) }
        #expect(queue.hold("a") && !queue.hold("a") && queue.contains("a"))
        add("held", "a")
        add("other", "b")
        #expect(!queue.hold("b"), "it waits")
        queue.letGo("a")
        add("later", "a")
        queue.add(job("end") { queue.close() })
        queue.work()
        #expect(runs.withLock { $0 } == ["other", "later"])
    }

    /// The file is in the spool: another one of its name may be taken, and the submission isn't taken up by anybody else.
    @Test func whatAJobGoesOnWithHasItsOwnKey() throws {
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let seen = Mutex<[String]>([])
        queue.add(
            .init(key: "erp/a.csv", source: "erp") {
                .init(key: "submission", source: "erp") {
                    seen.withLock { $0.append("\(queue.contains("erp/a.csv")) \(queue.contains("submission"))") }
                    queue.add(job("submission", of: "erp") { seen.withLock { $0.append("twice") } })
                    queue.add(job("erp/a.csv", of: "erp") { seen.withLock { $0.append("the next of its name") } })
                    queue.add(job("end", of: "erp") { queue.close() })
                    return nil
                }
            })
        queue.work()
        #expect(seen.withLock { $0 } == ["false true", "the next of its name"])
        #expect(queue.isEmpty)
    }

    /// Another thread has the submission already: it is left to that one.
    @Test func whatIsQueuedAlreadyIsNotGoneOnWith() throws {
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let runs = Mutex<[String]>([])
        queue.add(
            .init(key: "erp/a.csv", source: "erp") {
                queue.add(
                    job("submission", of: "erp") {
                        runs.withLock { $0.append("queued") }
                        queue.close()
                    })
                return job("submission", of: "erp") { runs.withLock { $0.append("gone on with") } }
            })
        queue.work()
        #expect(runs.withLock { $0 } == ["queued"])
        #expect(queue.isEmpty)
    }

    /// However the jobs of a source came, with one thread at most one job of each other source goes before its next.
    @Test(arguments: 0..<20) func sourcesTakeTurns(seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let queue = WorkQueue(shared: 4, limit: 16)
        queue.reserve()
        let order = Mutex<[String]>([])
        let sources = ["a", "b", "c"]
        var jobs = sources.flatMap { source in (0..<Int.random(in: 1...40, using: &random)).map { (source, $0) } }
        jobs.shuffle(using: &random)
        for (source, number) in jobs { queue.add(job("\(source)\(number)", of: source) { order.withLock { $0.append(source) } }) }
        queue.add(job("end", of: "z") {})
        let ended = Monitor(false)
        let thread = try Thread(name: "worker") {
            queue.work()
            ended.withLock { $0 = true }
        }
        while !queue.isEmpty { _ = ended.wait(nanoseconds: 1_000_000) { $0 ? true : nil } }
        queue.close()
        thread.join()
        let done = order.withLock { $0 }
        #expect(done.count == jobs.count)
        for source in sources {
            let places = done.indices.filter { done[$0] == source }
            for (place, next) in zip([-1] + places, places) {
                for other in sources where other != source {
                    #expect(done[(place + 1)..<next].count { $0 == other } <= 1, "\(done) before \(source) at \(next)")
                }
            }
        }
    }

    /// All threads have long work of one source: another source gets a thread of its own, a third one, too; the first doesn't.
    @Test func nobodyWaitsForAnothersLongWork() throws {
        let queue = WorkQueue(shared: 2, limit: 4)
        let mayEnd = Monitor(false)
        let began = Monitor<[String]>([])
        let long: (String, String) -> WorkQueue.Job = { key, source in
            job(key, of: source) {
                began.withLock { $0.append(key) }
                _ = mayEnd.wait { $0 ? true : nil }
            }
        }
        for _ in 0..<2 { queue.reserve() }
        var threads = [try Thread(name: "worker") { queue.work() }, try Thread(name: "worker") { queue.work() }]
        for key in ["a1", "a2"] { #expect(!queue.add(long(key, "a"))) }
        _ = began.wait { $0.count == 2 ? true : nil }
        #expect(!queue.add(long("a3", "a")))
        for (key, source) in [("b1", "b"), ("c1", "c")] {
            #expect(queue.add(long(key, source)))
            threads.append(try Thread(name: "worker") { queue.work(isSurplus: true) })
            _ = began.wait { $0.contains(key) ? true : nil }
        }
        #expect(!queue.add(long("b2", "b")))
        // The limit.
        #expect(!queue.add(long("d1", "d")))
        #expect(began.read { Set($0) } == ["a1", "a2", "b1", "c1"])
        mayEnd.withLock { $0 = true }
        _ = began.wait { $0.count == 7 ? true : nil }
        queue.close()
        queue.join()
        for thread in threads { thread.join() }
        #expect(queue.isEmpty)
    }

    /// A thread that isn't to be had is no reason to wait at the end.
    @Test func aThreadThatIsForgoneIsNotWaitedFor() throws {
        let queue = WorkQueue(shared: 1, limit: 2)
        #expect(queue.add(job("a1") {}), "nobody works")
        queue.forgo()
        queue.close()
        queue.join()
    }
}
