import Linux
import Testing

@testable import Audit

/// What is told of a ledger's disk.
@Suite struct LedgerPaceTests {
    private static let second: UInt64 = 1_000_000_000

    private func pace() -> (LedgerPace, Monitor<[LedgerPace.News]>) {
        let news = Monitor<[LedgerPace.News]>([])
        return (LedgerPace { told in news.withLock { $0.append(told) } }, news)
    }

    private func commit(_ pace: LedgerPace, taking duration: UInt64, isDone: Bool = true) {
        pace.begin(at: Self.second)
        pace.end(isDone, at: Self.second + duration)
    }

    @Test func slowDiskIsToldOnceAndItsRecoveryOnce() {
        let (pace, news) = pace()
        commit(pace, taking: 2_000_000)
        #expect(pace.report.problem == nil)
        commit(pace, taking: 2_300_000_000)
        commit(pace, taking: 2_100_000_000)
        #expect(news.read { $0 } == [.slow(milliseconds: 2300)])
        #expect(pace.report.problem == "commits are slow: one took 2.1 s")
        for _ in 1..<LedgerPace.recovery { commit(pace, taking: 2_000_000) }
        #expect(news.read(\.count) == 1)
        commit(pace, taking: 2_000_000)
        #expect(news.read { $0 } == [.slow(milliseconds: 2300), .wellAgain])
        #expect(pace.report.problem == nil)
    }

    @Test func reportLooksBackAtTheNewestOnly() {
        let (pace, _) = pace()
        commit(pace, taking: 700_000_000)
        #expect(pace.report == .init(commits: 1, medianMilliseconds: 700, longestMilliseconds: 700, problem: nil))
        commit(pace, taking: 900_000_000, isDone: false)
        #expect(pace.report.commits == 1)
        for _ in 0..<LedgerPace.memory { commit(pace, taking: 1_500_000) }
        #expect(pace.report == .init(commits: LedgerPace.memory, medianMilliseconds: 1.5, longestMilliseconds: 1.5, problem: nil))
    }

    @Test func commitThatDoesNotEndIsShown() {
        let (pace, _) = pace()
        pace.begin(at: MonotonicClock.now() - 25 * Self.second)
        #expect(pace.report.problem?.hasPrefix("the disk has been busy with a commit for 2") == true)
    }

    @Test func commitsWaitForALockUntilNobodyWantsThemTo() throws {
        let news = Monitor<[LedgerPace.News]>([])
        let test = try TestLedger()
        let ledger = try Ledger(
            path: test.path, origin: TestLedger.origin, key: test.key, onPace: { told in news.withLock { $0.append(told) } })
        let other = try Connection(path: test.path, .writing)
        try other.run("BEGIN IMMEDIATE")
        let done = Monitor(false)
        let thread = try Thread(name: "commits") {
            _ = try? ledger.commit([Event(.stopped, ["reason": "a test"])])
            done.withLock { $0 = true }
        }
        // Longer than SQLite itself waits.
        #expect(done.wait(nanoseconds: 7 * Self.second) { $0 ? true : nil } == nil)
        #expect(ledger.pace.problem?.contains("holds the ledger locked") == true)
        try other.run("ROLLBACK")
        thread.join()
        #expect(try ledger.size() == 1 && ledger.failure == nil && ledger.pace.problem == nil)
        guard case .blocked(let why)? = news.read(\.first) else {
            Issue.record("nothing was told of the lock")
            return
        }
        #expect(why.contains("holds the ledger locked") && !why.contains("disk") && news.read(\.last) == .unblocked)

        try other.run("BEGIN IMMEDIATE")
        ledger.waitNoLonger()
        let error = #expect(throws: LedgerError.self) { try ledger.commit([Event(.stopped, ["reason": "a test"])]) }
        #expect(error?.code == .locked)
    }
}
