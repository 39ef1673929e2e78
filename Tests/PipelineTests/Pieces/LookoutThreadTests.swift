import Linux
import Testing

@testable import Pipeline

/// The thread that sleeps until something comes, it is asked or its time has come.
@Suite struct LookoutThreadTests {
    /// What the thread's turns were, for others to wait for.
    private struct Seen: Sendable {
        var turns: [Bool] = []
        var failures: [String] = []
        var hasEnded = false
    }

    /// A loop that looks at nothing and sleeps until `time`.
    private func started(
        sleepingUntil time: UInt64, orNewsOf descriptors: [Int32] = [], onTurn: @escaping @Sendable (Int) -> Void = { _ in }
    ) throws -> (LookoutThread, Monitor<Seen>) {
        let (thread, seen) = (try LookoutThread(name: "lookout"), Monitor(Seen()))
        try thread.start {
            while let isAsked = thread.beginTurn() {
                onTurn(
                    seen.withLock { seen in
                        seen.turns.append(isAsked)
                        return seen.turns.count
                    })
                do { try thread.sleep(until: time, orNewsOf: descriptors) } catch { seen.withLock { $0.failures.append("\(error)") } }
            }
            seen.withLock { $0.hasEnded = true }
        }
        return (thread, seen)
    }

    private func turns(_ seen: Monitor<Seen>, atLeast count: Int) -> [Bool] {
        seen.wait { $0.turns.count >= count ? $0.turns : nil } ?? []
    }

    @Test func looksUnaskedAtFirstAndThenWhenAsked() throws {
        let (thread, seen) = try started(sleepingUntil: .max)
        #expect(turns(seen, atLeast: 1).first == true)
        thread.rescan()
        #expect(turns(seen, atLeast: 2).prefix(2) == [true, true])
        thread.stop()
        #expect(seen.read(\.hasEnded) && seen.read(\.failures).isEmpty)
    }

    /// Asked in a loop it looks once a second, and the last question has its look all the same.
    @Test func questionsInALoopArePutOffAndNotLost() throws {
        let looks = Monitor<[UInt64]>([])
        let (asked, asks) = (try LookoutThread(name: "asked"), 2_000)
        try asked.start {
            while let isAsked = asked.beginTurn() {
                if isAsked { looks.withLock { $0.append(MonotonicClock.now()) } }
                try? asked.sleep(until: .max, orNewsOf: [])
            }
        }
        _ = looks.wait { $0.isEmpty ? nil : true }
        let began = MonotonicClock.now()
        for _ in 0..<asks { asked.rescan() }
        let last = MonotonicClock.now()
        _ = looks.wait { $0.contains { $0 >= last } ? true : nil }
        let times = looks.read(\.self).dropFirst()
        #expect(zip(times, times.dropFirst()).allSatisfy { $1 - $0 >= 999_000_000 }, "\(times)")
        #expect(times.count <= 2 + Int((MonotonicClock.now() - began) / 1_000_000_000))
        asked.stop()
    }

    /// A question that comes while a turn is under way is of the next turn, and until that has ended nothing is settled.
    @Test func isNotSettledBeforeEveryQuestionIsAnswered() throws {
        let mayGoOn = Monitor(false)
        let (thread, seen) = try started(sleepingUntil: .max) { turn in
            if turn == 1 { _ = mayGoOn.wait { $0 ? true : nil } }
        }
        #expect(turns(seen, atLeast: 1) == [true])
        #expect(!thread.isSettled)
        thread.rescan()
        mayGoOn.withLock { $0 = true }
        #expect(turns(seen, atLeast: 2) == [true, true])
        thread.stop()
    }

    @Test func newsAndTimeWakeItWithoutAQuestion() throws {
        let news = try Wakeup()
        news.ring()
        let (thread, seen) = try started(sleepingUntil: .max, orNewsOf: [news.descriptor.number])
        #expect(turns(seen, atLeast: 3).prefix(3) == [true, false, false])
        thread.stop()
        let (punctual, turned) = try started(sleepingUntil: MonotonicClock.now())
        #expect(turns(turned, atLeast: 3).prefix(3) == [true, false, false])
        punctual.stop()
    }

    /// The watchdog's question: answered by a turn, not by the thread's being there.
    @Test func onlyATurnAnswersThePing() throws {
        let mayGoOn = Monitor(0)
        let (thread, seen) = try started(sleepingUntil: .max) { turn in _ = mayGoOn.wait { $0 >= turn ? true : nil } }
        #expect(turns(seen, atLeast: 1) == [true])
        // The first turn stands still: it began before anybody asked, so the first question finds an answer, and the next doesn't.
        #expect(thread.ping())
        #expect(!thread.ping())
        mayGoOn.withLock { $0 = .max }
        var answers = false
        while !answers {
            let count = seen.read(\.turns.count)
            answers = thread.ping()
            _ = turns(seen, atLeast: count + 1)
        }
        thread.stop()
        #expect(seen.read(\.failures).isEmpty)
    }

    @Test func whatDoesNotRunIsNotStuckAndStops() throws {
        let thread = try LookoutThread(name: "lookout")
        #expect(thread.ping() && thread.ping())
        thread.stop()
        #expect(thread.beginTurn() == nil)
    }
}
