import Glibc
import Linux
import Synchronization
import Testing

@Suite struct ThreadTests {
    @Test func runsToItsEnd() throws {
        let count = Atomic(0)
        let threads = try (0..<4).map { number in
            try Thread(name: "counter \(number) with a long name") { for _ in 0..<1000 { count.add(1, ordering: .relaxed) } }
        }
        for thread in threads { thread.join() }
        #expect(count.load(ordering: .relaxed) == 4000)
        threads[0].join()
    }

    @Test func hasRoomForDeepCalls() throws {
        @Sendable func depth(_ level: Int) -> Int {
            withUnsafeTemporaryAllocation(byteCount: 1024, alignment: 8) { level == 0 ? 0 : depth(level - 1) + 1 + Int($0.count / 2048) }
        }
        let reached = Mutex(0)
        try Thread(name: "deep") { reached.withLock { $0 = depth(3000) } }.join()
        #expect(reached.withLock { $0 } == 3000)
    }

    @Test func aBellWakesWhoWaits() throws {
        let bell = try Wakeup()
        #expect(try Poll.wait([bell.descriptor.number], milliseconds: 0) == [])
        let ringer = try Thread(name: "ringer") {
            bell.ring()
            bell.ring()
        }
        #expect(try Poll.wait([bell.descriptor.number], milliseconds: 10_000) == [0])
        ringer.join()
        bell.clear()
        #expect(try Poll.wait([bell.descriptor.number], milliseconds: 0) == [])
    }

    @Test func aWaitLastsAsLongAsAsked() throws {
        let start = MonotonicClock.now()
        #expect(try Poll.wait([], milliseconds: 30) == [])
        #expect(MonotonicClock.now() - start >= 30_000_000)
    }

    @Test(arguments: [
        (0, "1970-01-01T00:00:00.000Z"), (1_795_442_712_123, "2026-11-23T14:05:12.123Z"), (951_782_400_000, "2000-02-29T00:00:00.000Z"),
        (-1, "1969-12-31T23:59:59.999Z"), (-62_167_219_200_000, "0000-01-01T00:00:00.000Z"),
        (-62_162_035_200_001, "0000-02-29T23:59:59.999Z"), (-62_162_035_200_000, "0000-03-01T00:00:00.000Z"),
        (253_402_300_799_999, "9999-12-31T23:59:59.999Z"),
    ]) func timestampsAreWrittenInUTC(milliseconds: Int, text: String) {
        #expect(Timestamp(milliseconds: milliseconds).text == text)
    }
}
