import Audit
import Certificate
import Foundation
import Linux
import Synchronization
import Testing

@testable import Pipeline

/// Time never runs backwards for what is sealed, and a clock that can't be right stops sealing (docs/operations.md, "The clock").
@Suite struct SealingClockTests {
    /// A machine whose clocks are set by hand.
    private final class Machine: Sendable {
        private let reading = Mutex((date: 1_000_000_000_000, uptime: 5_000))
        private let synchronized = Mutex(false)

        var now: ClockReading { reading.withLock { ClockReading(date: Timestamp(milliseconds: $0.date), uptime: $0.uptime) } }
        var isSynchronized: Bool {
            get { synchronized.withLock { $0 } }
            set { synchronized.withLock { $0 = newValue } }
        }

        func pass(_ milliseconds: Int) { reading.withLock { $0 = ($0.date + milliseconds, $0.uptime + milliseconds) } }
        func set(by milliseconds: Int) { reading.withLock { $0.date += milliseconds } }
        func clock(after newest: Int? = nil) -> SealingClock {
            SealingClock(
                after: newest.map { Timestamp(milliseconds: $0) }, read: { self.now }, isSynchronized: { self.isSynchronized })
        }
    }

    private static let hour = 3_600_000
    private static let start = 1_000_000_000_000

    @Test func aLittleBackRepeatsTheLastTime() throws {
        let machine = Machine()
        let clock = machine.clock(after: Self.start + 60_000)
        #expect(try clock.now().milliseconds == Self.start + 60_000)
        machine.pass(100_000)
        #expect(try clock.now().milliseconds == Self.start + 100_000)
        machine.set(by: -200_000)
        #expect(try clock.now().milliseconds == Self.start + 100_000)
        machine.pass(250_000)
        #expect(try clock.now().milliseconds == Self.start + 150_000)
    }

    @Test func hoursBehindTheLedgerNothingIsDated() throws {
        let machine = Machine()
        let clock = machine.clock(after: Self.start + 5 * Self.hour)
        #expect(throws: SubmissionFault.self) { try clock.now() }
        let problem = try #require(clock.problem)
        #expect(problem.what.contains("5 hours") && problem.remedy.contains("doctor --acknowledge"), "\(problem)")
        machine.pass(60_000)
        #expect(clock.problem == problem, "the same words as long as it lasts")
        machine.set(by: 5 * Self.hour)
        #expect(clock.problem == nil)
        #expect(try clock.now() == machine.now.date)
    }

    /// Even a synchronised clock doesn't take back what bears a later time.
    @Test func aClockThatWasAheadWaitsForAWord() throws {
        let machine = Machine()
        machine.isSynchronized = true
        let clock = machine.clock(after: Self.start + 24 * Self.hour)
        #expect(throws: SubmissionFault.self) { try clock.now() }
        clock.accept()
        #expect(try clock.now() == machine.now.date)
    }

    @Test(arguments: [24, -5]) func aJumpIsNotBelieved(_ hours: Int) throws {
        let machine = Machine()
        let clock = machine.clock()
        _ = try clock.now()
        // So long after the last time given that going back doesn't reach it.
        machine.pass(8 * Self.hour)
        machine.set(by: hours * Self.hour)
        #expect(throws: SubmissionFault.self) { try clock.now() }
        #expect(clock.problem?.what.contains(hours > 0 ? "ahead by 24 hours" : "back by") == true, "\(String(describing: clock.problem))")
        // Undone.
        machine.set(by: -hours * Self.hour)
        #expect(try clock.now() == machine.now.date)
        // Known as right, by the kernel or by a person.
        for isKernel in [true, false] {
            machine.pass(8 * Self.hour)
            machine.set(by: hours * Self.hour)
            #expect(clock.problem != nil)
            machine.isSynchronized = isKernel
            if !isKernel { clock.accept() }
            #expect(try clock.now() == machine.now.date)
            machine.isSynchronized = false
            machine.pass(20 * Self.hour)
        }
    }

    /// A machine that slept, and a clock that is steered slowly.
    @Test func sleepAndSteeringAreNoJumps() throws {
        let machine = Machine()
        let clock = machine.clock()
        _ = try clock.now()
        machine.pass(70 * Self.hour)
        #expect(try clock.now() == machine.now.date)
        for _ in 0..<10 {
            machine.pass(Self.hour)
            machine.set(by: 60_000)
            #expect(try clock.now() == machine.now.date)
        }
    }

    @Test func theLedgerRemembersOverARestart() async throws {
        try await Workshop.run { workshop in
            let ledger = workshop.engine.ledger
            #expect(try SealingClock.newest(in: ledger.path) != nil || ledger.size() == 0)
            let submission = try workshop.submission()
            let sealed = try ledger.commit([
                Event(
                    .validated, submission: submission.submission.id.text,
                    [
                        "vin": .text(Export.vin(1)), "stage": 1, "version": 1, "row": 2, "reference-id": "r",
                        "content-sha256": .text(String(repeating: "a", count: 64)), "warnings": 0,
                    ])
            ])
            // What isn't dated by the clock says nothing, however much of it there is.
            for _ in 0..<3 { try ledger.commit((0..<500).map { _ in Event(.recovered, ["what": "x"]) }) }
            func time(_ position: Int) throws -> String? {
                try LedgerReader(path: ledger.path).entries(position..<position + 1)[0].record?.time
            }
            #expect(try SealingClock.newest(in: ledger.path)?.text == time(sealed.lowerBound))
            let word = try ledger.commit([
                Event(.incident, submission: "clock", actor: .person(uid: 0, name: "root"), ["what": "looked at", "remedy": "none"])
            ])
            #expect(try SealingClock.newest(in: ledger.path)?.text == time(word.lowerBound))
        }
    }

    @Test(arguments: [
        ("2026-11-23T14:05:12.123Z", 1_795_442_712_123), ("2026-11-23T14:05:12", 1_795_442_712_000),
        ("2026-11-23T16:05:12.1+02:00", 1_795_442_712_100), ("2024-02-29T23:59:59.9999-00:30", 1_709_252_999_999),
        ("1970-01-01T00:00:00Z", 0),
    ])
    func readsTimes(_ text: String, _ milliseconds: Int) {
        #expect(Timestamp(text)?.milliseconds == milliseconds)
    }

    @Test(arguments: [
        "", "2026-11-23", "2026-13-23T14:05:12Z", "2026-11-23T14:05:12.Z", "2026-11-23T14:05:12+2", "2026-11-23 14:05:12Z", "x",
    ])
    func refusesOtherTexts(_ text: String) { #expect(Timestamp(text) == nil) }
}
