import Linux
import Synchronization
import TestSupport
import Testing

@testable import Pipeline

/// Who waits for whom when vehicles are decided about.
@Suite struct IdentityLockTests {
    private func identities(_ vins: [String], referenceID: String = "") -> Identities {
        var identities = Identities()
        for vin in vins { identities.note(line(vin, referenceID)) }
        return identities
    }

    private func line(_ vin: String, _ referenceID: String) -> RecordLine {
        RecordLine(
            row: 1, outcome: .accepted, vin: vin, stage: 1, version: 1, referenceID: referenceID, issuedAt: "", referenceSHA256: "",
            contentSHA256: "", warnings: 0)
    }

    /// Other vehicles' decisions go on, while one is being made.
    @Test func othersGoOn() throws {
        let lock = IdentityLock()
        let mayEnd = Monitor(false)
        let (began, order) = (Monitor(false), Monitor<[String]>([]))
        let (many, second, third) = (identities(["A", "B", "C"]), identities(["C", "D"]), identities(["D"]))
        let first = try Thread(name: "first") {
            lock.withLock(many) {
                began.withLock { $0 = true }
                _ = mayEnd.wait { $0 ? true : nil }
                order.withLock { $0.append("first") }
            }
        }
        _ = began.wait { $0 ? true : nil }
        lock.withLock(identities(["E"])) { order.withLock { $0.append("other") } }
        lock.withLock(Identities()) { order.withLock { $0.append("none") } }
        let waiting = try Thread(name: "second") { lock.withLock(second) { order.withLock { $0.append("second") } } }
        while lock.askers < 2 { _ = order.wait(nanoseconds: 1_000_000) { _ in nil as Bool? } }
        // It has nothing to do with the first, but the second was before it.
        let last = try Thread(name: "third") { lock.withLock(third) { order.withLock { $0.append("third") } } }
        while lock.askers < 3 { _ = order.wait(nanoseconds: 1_000_000) { _ in nil as Bool? } }
        #expect(order.read { $0 } == ["other", "none"])
        mayEnd.withLock { $0 = true }
        for thread in [first, waiting, last] { thread.join() }
        #expect(order.read { $0 } == ["other", "none", "first", "second", "third"])
        #expect(lock.askers == 0)
    }

    @Test func whatIsSharedIsSeen() {
        #expect(identities(["A"]).overlap(Identities(withdrawn: "A")) && !identities(["A"]).overlap(Identities(withdrawn: "B")))
        #expect(identities(["A"], referenceID: "x-Y").overlap(identities(["B"], referenceID: "X-y")))
        #expect(!identities(["A"], referenceID: "x").overlap(identities(["B"], referenceID: "y")))
        #expect(!Identities().overlap(Identities()))
        #expect(Identities(withdrawn: "A").overlap(Identities(withdrawn: "B")) && Identities(withdrawn: "A").overlap(.notices))
    }

    /// However many ask, no two decide about one vehicle at a time, and everybody comes to an end.
    @Test(arguments: 0..<5) func noTwoDecideAboutOneVehicle(seed: Int) throws {
        let lock = IdentityLock()
        let deciding = Mutex<Set<Int>>([])
        let faults = Mutex(0)
        let threads = try (0..<8).map { number in
            try Thread(name: "asker") {
                var random = SplitMix(seed: UInt64(seed * 100 + number))
                for _ in 0..<200 {
                    let vehicles = Set((0..<Int.random(in: 1...4, using: &random)).map { _ in Int.random(in: 0..<12, using: &random) })
                    lock.withLock(identities(vehicles.map(String.init))) {
                        if !deciding.withLock({ $0.isDisjoint(with: vehicles) }) { faults.withLock { $0 += 1 } }
                        deciding.withLock { $0.formUnion(vehicles) }
                        deciding.withLock { $0.subtract(vehicles) }
                    }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(faults.withLock { $0 } == 0 && lock.askers == 0)
    }
}
