import Foundation
import Testing

@testable import Audit

@Suite("Ledger")
struct LedgerTests {
    @Test("gives contiguous positions from 0 and goes on after reopening")
    func positions() throws {
        let test = try TestLedger()
        let first = try test.open()
        #expect(try first.commit([Sample.started(1), Sample.started(2)]) == 0..<2)
        #expect(try first.commit([]) == 2..<2)
        first.enqueue([Sample.started(3)])
        #expect(try first.commit([Sample.started(4)]) == 3..<4)
        first.close()
        #expect(throws: LedgerError.self) { try first.commit([Sample.started()]) }

        let second = try test.open()
        #expect(try second.commit([Sample.started(5)]) == 4..<5)
        second.close()
        let found = try test.verify()
        #expect(found.isIntact && found.isSignatureVerified && found.size == 5, "\(found.problems)")
    }

    @Test("commits what was enqueued by itself, soon")
    func rider() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        let reader = try LedgerReader(path: test.path)
        ledger.enqueue([Sample.started()])
        var rounds = 0
        while try reader.size() == 0, rounds < 500 {
            usleep(5_000)
            rounds += 1
        }
        #expect(try reader.size() == 1)
    }

    @Test("gives each of eight threads its own positions, and shares transactions")
    func groupCommit() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        let ranges = Results<Range<Int>>()
        let running = DispatchGroup()
        for thread in 0..<8 {
            running.enter()
            Thread {
                for number in 0..<40 {
                    let events = (0...number % 3).map { _ in Sample.started(thread) }
                    if let range = try? ledger.commit(events), range.count == events.count { ranges.add(range) }
                }
                running.leave()
            }.start()
        }
        running.wait()
        ledger.close()
        let sorted = ranges.all.sorted { $0.lowerBound < $1.lowerBound }
        #expect(sorted.count == 320)
        #expect(zip(sorted, sorted.dropFirst()).allSatisfy { $0.upperBound == $1.lowerBound } && sorted.first?.lowerBound == 0)
        let reader = try LedgerReader(path: test.path)
        for range in sorted {
            let makers = Set(try reader.entries(range).compactMap { $0.record?.number("pid") })
            #expect(makers.count == 1, "the events of one call stay together")
        }
        #expect(try test.verify().isIntact)
    }

    @Test("refuses a certificate twice, and leaves nothing of that call")
    func duplicateCertificate() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.received("s1"), Sample.validated("s1", "VIN1")])
        let refusal = #expect(throws: LedgerError.self) {
            try ledger.commit([Sample.received("s2"), Sample.validated("s2", "VIN2"), Sample.validated("s2", "VIN1")])
        }
        #expect(refusal?.code == .refused(.certificateExists(vin: "VIN1", stage: 1, version: 1)))
        #expect(ledger.failure == nil)
        #expect(try ledger.certificate(vin: "VIN2", stage: 1) == nil)
        #expect(try ledger.commit([Sample.validated("s1", "VIN1", version: 2)]) == 2..<3)
        #expect(try ledger.certificate(vin: "VIN1", stage: 1)?.version == 2)
        ledger.close()
        let found = try test.verify()
        #expect(found.isIntact, "\(found.problems)")
    }

    @Test("refuses contradictions")
    func contradictions() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.received("s1"), Sample.move(.moving, "s1", "tmp", "ingest")])
        let cases: [(Event, LedgerError.Refusal)] = [
            (Sample.received("s1"), .submissionExists("s1")),
            (Sample.move(.moved, "s1", "tmp", "validate"), .noOpenMove(submission: "s1", from: "tmp", to: "validate")),
            (Sample.step(.sealed, "s1", "V"), .unknownCertificate(vin: "V", stage: 1, version: 1)),
        ]
        for (event, refusal) in cases {
            #expect(throws: LedgerError.self) { try ledger.commit([event]) }
            do { try ledger.commit([event]) } catch { #expect(error.code == .refused(refusal)) }
        }
        let long = Event(.stopped, ["reason": .text(String(repeating: "é", count: 33_000))])
        #expect(throws: LedgerError.self) { try ledger.commit([long]) }
        #expect(try ledger.commit([Sample.started()]) == 2..<3)
    }

    @Test("fails for good when an enqueued event is refused")
    func refusedRider() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        ledger.enqueue([Sample.step(.sealed, "s1", "V")])
        #expect(throws: LedgerError.self) {
            try ledger.flush()
            try ledger.flush()
        }
        #expect(ledger.failure?.code == .refused(.unknownCertificate(vin: "V", stage: 1, version: 1)))
    }

    @Test("knows open moves and receipts")
    func openWork() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.received("s1"), Sample.move(.moving, "s1", "tmp", "ingest")])
        #expect(try ledger.openMoves() == [OpenMove(submission: "s1", from: "tmp", to: "ingest", digest: "d1", position: 1)])
        #expect(
            try ledger.openReceipts() == [
                Receipt(
                    submission: "s1", source: "plant-1", name: "drop.csv", size: 1_024, sha256: "ab", device: "2049", inode: "77",
                    position: 0)
            ])
        ledger.enqueue([Sample.move(.moved, "s1", "tmp", "ingest"), Sample.claimed("s1")])
        #expect(try ledger.openMoves().isEmpty)
        #expect(try ledger.openReceipts().isEmpty)
    }

    @Test("follows a certificate to its publication")
    func certificateStates() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Sample.life("s1", vins: ["A", "B"]) { try ledger.commit(events) }
        let states = try ledger.certificates(submission: "s1")
        #expect(states.map(\.vin) == ["A", "B"] && states.allSatisfy { $0.state == .published })
        #expect(states.first?.xmlSHA256 == "x2" && states.first?.bundle == "A-1-v1.asice" && states.first?.bundleSHA256 == "b1")

        let reader = try LedgerReader(path: test.path)
        #expect(try reader.submission("s1")?.stage == "archive" && reader.submission("s1")?.published == 2)
        #expect(try reader.countsByStage() == ["archive": 1])
        #expect(
            try reader.history(vin: "B").compactMap { $0.record?.kind } == ["validated", "generated", "sealed", "publishing", "published"])
        #expect(try reader.history(vin: "REJECTEDs1").compactMap { $0.record?.kind } == ["rejected"])
        #expect(try reader.history(submission: "s1").count == reader.size())
        #expect(try reader.submissions(source: "plant-1", stage: "archive", vin: "REJECTEDs1").map(\.id) == ["s1"])
        #expect(try reader.submissions(vin: "nobody").isEmpty)
    }

    @Test("finds the first submission of the same bytes")
    func firstSubmission() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        func report(_ id: String) -> Event {
            Event(.reported, submission: id, ["source": "plant-1", "name": "r", "sha256": "p", "published": 0, "rejected": 0])
        }
        try ledger.commit([Sample.received("refused"), Sample.rejected("refused")])
        try ledger.commit([Sample.received("all-rows-wrong"), Sample.rejected("all-rows-wrong", row: 2), report("all-rows-wrong")])
        try ledger.commit([Sample.received("elsewhere", source: "plant-2")])
        try ledger.commit([Sample.received("first")])
        #expect(try ledger.firstSubmission(source: "plant-1", sha256: "ab", before: "first") == nil)
        try ledger.commit([Sample.validated("first", "A"), report("first")])
        try ledger.commit([Sample.received("answered"), report("answered")])
        try ledger.commit([Sample.received("again")])
        #expect(try ledger.firstSubmission(source: "plant-1", sha256: "ab", before: "again") == "first")
        #expect(try ledger.firstSubmission(source: "plant-1", sha256: "cd", before: "again") == nil)
        #expect(try LedgerReader(path: test.path).submission("refused")?.stage == "rejected")
    }

    @Test("lets one process write, and only with its key and origin")
    func refusesStrangers() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.started()])
        #expect(throws: LedgerError.self, "a second writer") { try test.open() }
        ledger.close()
        let other = try CheckpointKey.create(at: test.folder + "/other.key")
        let wrongKey = #expect(throws: LedgerError.self) { try Ledger(path: test.path, origin: TestLedger.origin, key: other) }
        #expect(wrongKey?.code == .corrupt)
        #expect(throws: LedgerError.self) { try Ledger(path: test.path, origin: "example.org/other", key: test.key) }
        #expect(throws: LedgerError.self) { try Ledger(path: test.folder + "/new.db", origin: "has space", key: test.key) }
        #expect(throws: LedgerError.self) { try Ledger(path: test.folder + "/no/folder.db", origin: "a", key: test.key) }
        try Data("not a database, but long enough to look like one".utf8).write(to: URL(filePath: test.folder + "/text.db"))
        #expect(throws: LedgerError.self) { try Ledger(path: test.folder + "/text.db", origin: "a", key: test.key) }
    }

    @Test("stops for good when the disk is full", .enabled(if: geteuid() == 0, "needs root for a small tmpfs"))
    func fullDisk() throws {
        let test = try TestLedger()
        let disk = test.folder + "/disk"
        try FileManager.default.createDirectory(atPath: disk, withIntermediateDirectories: true)
        guard mount("tmpfs", disk, "tmpfs", 0, "size=2m") == 0 else { return }  // no right to mount here: nothing to test with
        defer { umount2(disk, Int32(MNT_DETACH)) }
        let path = disk + "/ledger.db"
        let ledger = try Ledger(path: path, origin: TestLedger.origin, key: test.key)
        var committed = 0
        let error = #expect(throws: LedgerError.self) {
            while true { committed = try ledger.commit((0..<100).map { Sample.started($0) }).upperBound }
        }
        #expect(error?.code == .full && ledger.failure == error)
        #expect(throws: LedgerError.self) { try ledger.commit([Sample.started()]) }
        ledger.close()
        let found = try LedgerVerifier.verify(path: path, verifierKey: test.verifierKey)
        #expect(found.isIntact && found.size == committed, "\(found.problems)")
    }
}

/// What several threads found.
final class Results<Value: Sendable>: @unchecked Sendable {
    // Unchecked: only touched under the lock.
    private let lock = NSLock()
    private var values: [Value] = []

    func add(_ value: Value) { lock.withLock { values.append(value) } }
    var all: [Value] { lock.withLock { values } }
}
