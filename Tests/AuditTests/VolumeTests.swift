import Foundation
import Linux
import Testing

@testable import Audit

/// A ledger of volumes whose year the test sets.
final class VolumeHouse: Sendable {
    let test: TestLedger
    let year = Monitor(2026)
    static let first = "example.org/ecoc/1"

    init() throws { test = try TestLedger() }

    func open(stopsAfter step: VolumeChange.Step? = nil) throws -> Ledger {
        let year = year
        return try Ledger(path: test.path, origin: Self.first, key: test.key, year: { year.read(\.self) }, stopsAfter: step)
    }

    var verifierKey: String { test.key.verifierKey(origin: Self.first) }

    func closed(_ number: Int) -> String { "\(test.folder)/ledger-\(number).db" }

    func verify() throws -> HistoryVerification { try HistoryVerification.verify(path: test.path, verifierKey: verifierKey) }

    func names() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: test.folder).filter { $0.hasPrefix("ledger") }.sorted()
    }

    func live(_ ledger: Ledger, _ id: String, _ vins: [String]) throws {
        for events in Sample.life(id, vins: vins) { try ledger.commit(events) }
    }

    func kinds(_ path: String) throws -> [String] {
        try LedgerReader(path: path).entries(0..<1_000).compactMap { $0.record?.kind }
    }
}

@Suite("Volumes") struct VolumeTests {
    private let house: VolumeHouse

    init() throws { house = try VolumeHouse() }

    @Test func aClosedVolumeAndTheNextNameEachOther() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1", "V2"])
        #expect(try ledger.roll(by: .person(uid: 7, name: "ada")) == "example.org/ecoc/2")
        #expect(ledger.origin == "example.org/ecoc/2")
        try house.live(ledger, "B", ["V3"])
        let old = try LedgerReader(path: house.closed(1))
        let last = try #require(try old.entries(old.size() - 1..<old.size()).first?.record)
        #expect(last.kind == "volume-closed" && last.actor == "7:ada" && last.text("next") == "example.org/ecoc/2")
        let head = try #require(CheckpointNote(old.head()))
        let first = try #require(try LedgerReader(path: house.test.path).entries(0..<1).first?.record)
        #expect(first.kind == "volume-opened" && first.text("previous") == "example.org/ecoc/1")
        #expect(try first.number("size") == old.size() && first.text("root") == head.root.hexadecimal)
        ledger.close()
        let result = try house.verify()
        #expect(result.isIntact && result.isComplete && result.isSignatureVerified, "\(result)")
        #expect(result.volumes.map(\.origin) == ["example.org/ecoc/1", "example.org/ecoc/2"])
    }

    @Test func theClosedFileIsWholeAndReadOnly() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        try ledger.roll(by: .daemon)
        #expect(try Directory(house.test.folder).status("ledger-1.db").mode & 0o777 == 0o440)
        #expect(try Directory(house.test.folder).status("ledger.db").mode & 0o777 == 0o640)
        let uri = "file:\(house.closed(1))?immutable=1"
        #expect(try house.test.output("sqlite3", [uri, "PRAGMA journal_mode; SELECT count(*) FROM certificate"]) == "delete\n1\n")
        ledger.close()
        #expect(try house.names().filter { $0.hasPrefix("ledger-1") || $0.contains("next") } == ["ledger-1.db"])
    }

    // MARK: What must survive

    @Test func whatWasPublishedStaysKnown() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        for number in 2...3 {
            try ledger.roll(by: .daemon)
            try house.live(ledger, "S\(number)", ["W\(number)"])
        }
        try ledger.commit([Sample.received("C", sha256: "A"), Sample.claimed("C"), Sample.move(.moving, "C", "tmp", "ingest")])
        #expect(try ledger.certificate(vin: "V1", stage: 1)?.submission == "A")
        #expect(try ledger.certificate(vin: "W2", stage: 1)?.submission == "S2")
        #expect(try ledger.certificate(vin: "W3", stage: 1)?.submission == "S3")
        #expect(try ledger.certificate(vin: "V9", stage: 1) == nil)
        #expect(try ledger.certificate(referenceID: "E1*2018/858*00001*00")?.vin == "V1")
        #expect(try ledger.firstSubmission(source: "plant-1", sha256: "A", before: "C") == "A")
        #expect(try ledger.stage(ofSubmission: "A") == "archive")
        // Whoever only looks is told the same, while the ledger is open.
        let asked: [(any KnownCertificates) throws -> [String?]] = [
            { known in try ["V1", "W2", "W3", "V9"].map { try known.certificate(vin: $0, stage: 1)?.submission } },
            { known in try [2, 1].map { try known.certificate(vin: "V1", stage: 1, standingBelow: $0)?.submission } },
            { [try $0.certificate(referenceID: "E1*2018/858*00001*00")?.vin] },
            { known in try ["C", "", "A"].map { try known.firstSubmission(source: "plant-1", sha256: "A", before: $0) } },
        ]
        for question in asked {
            #expect(try question(ReadOnlyLedger(path: house.test.path)) == question(ledger))
        }
        for event in [Sample.validated("C", "V1"), Sample.validated("C", "W2"), Sample.received("A")] {
            let error = #expect(throws: LedgerError.self) { try ledger.commit([event]) }
            if case .refused = error?.code {} else { Issue.record("\(String(describing: error))") }
        }
        try ledger.commit([Sample.validated("C", "V1", version: 2)])
        ledger.close()
        #expect(try house.verify().isIntact)
    }

    private static func withdrawn(_ id: String, _ vin: String) -> Event {
        Event(
            .withdrawn, submission: id, actor: .person(uid: 7, name: "ada"),
            ["vin": .text(vin), "stage": 1, "version": 1, "reason": "wrong mass", "notice": "n", "sha256": "s"])
    }

    /// What is said later of a certificate in a closed volume takes it over as it stands there.
    @Test func aCertificateOfAClosedVolumeIsTakenOver() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1", "V2"])
        try ledger.roll(by: .daemon)
        let known = try #require(try ledger.certificate(vin: "V1", stage: 1))
        #expect(try ledger.commit([Self.withdrawn("A", "V1")]).count == 2)
        #expect(try house.kinds(house.test.path) == ["volume-opened", "carried", "withdrawn"])
        let withdrawn = try #require(try ledger.certificate(vin: "V1", stage: 1))
        #expect(withdrawn.state == .withdrawn && withdrawn.bundleSHA256 == known.bundleSHA256 && withdrawn.row == known.row)
        #expect(throws: LedgerError.self) { try ledger.commit([Sample.validated("B", "V1")]) }
        // Nothing but what stands there can be taken over.
        let other = Event(
            .carried, submission: "A",
            ["vin": "V2", "stage": 1, "version": 1, "row": 3, "state": "published", "volume": "example.org/ecoc/1", "content-sha256": "cX"])
        #expect(throws: LedgerError.self) { try ledger.commit([other]) }
        #expect(throws: LedgerError.self) { try ledger.commit([Self.withdrawn("A", "V9")]) }
        try ledger.roll(by: .daemon)
        #expect(try ledger.certificate(vin: "V1", stage: 1)?.state == .withdrawn)
        #expect(try ledger.certificate(vin: "V1", stage: 1, version: 1)?.state == .withdrawn)
        let states = try LedgerHistory(path: house.test.path).certificates(vin: "V1").map(\.state)
        #expect(states == [.withdrawn])
        ledger.close()
        let result = try house.verify()
        #expect(result.isIntact, "\(result)")
    }

    /// Bundles are collected and answered after their volume was closed.
    @Test func aDeliveryOfAClosedVolumeIsTakenOver() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1", "V2"])
        try ledger.roll(by: .daemon)
        try house.live(ledger, "B", ["V0"])
        try ledger.roll(by: .daemon)
        func waiting() throws -> [String] { try ledger.uncollected(destination: "authority").map(\.vin) }
        #expect(try waiting() == ["V1", "V2", "V0"])
        var pages: [[String]] = [], last: UncollectedBundle?
        while case let page = try ledger.uncollected(destination: "authority", after: last, limit: 2), let end = page.last {
            pages.append(page.map(\.vin))
            last = end
        }
        #expect(pages == [["V1", "V2"], ["V0"]])
        let bundle = try #require(try ledger.uncollected(destination: "authority").first { $0.vin == "V1" })
        #expect(bundle.submission == "A")
        try ledger.commit([bundle.collected(from: "authority")])
        #expect(try house.kinds(house.test.path) == ["volume-opened", "carried", "carried-delivery", "collected"])
        #expect(try waiting() == ["V2", "V0"] && ledger.uncollectedCount(destination: "authority") == 2)
        #expect(throws: LedgerError.self) { try ledger.commit([bundle.collected(from: "authority")]) }
        try ledger.roll(by: .daemon)
        #expect(try waiting() == ["V2", "V0"])
        #expect(throws: LedgerError.self) { try ledger.commit([bundle.collected(from: "authority")]) }
        let answer = Event(
            .acknowledged, submission: "A",
            [
                "vin": "V1", "stage": 1, "version": 1, "destination": "authority", "bundle": "V1-1-v1.asice", "outcome": "accepted",
                "sha256": "a", "file": "f",
            ])
        try ledger.commit([answer])
        let delivery = try #require(try ledger.deliveries(vin: "V1").first)
        #expect(delivery.collected != nil && delivery.acknowledgements.map(\.outcome) == ["accepted"])
        #expect(try ledger.isAcknowledged(delivery, sha256: "a", outcome: "accepted"))
        ledger.close()
        let result = try house.verify()
        #expect(result.isIntact, "\(result)")
    }

    @Test func aVersionThatWasRejectedIsFreeInTheNextVolumeToo() throws {
        let ledger = try house.open()
        try ledger.commit([Sample.received("A"), Sample.claimed("A"), Sample.validated("A", "V1"), Sample.rejected("A")])
        try ledger.roll(by: .daemon)
        #expect(try ledger.certificate(vin: "V1", stage: 1) == nil)
        try house.live(ledger, "B", ["V1"])
        #expect(try ledger.certificate(vin: "V1", stage: 1)?.submission == "B")
        ledger.close()
        let result = try house.verify()
        #expect(result.isIntact, "\(result)")
    }

    @Test func historyIsReadOverAllVolumes() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        try ledger.roll(by: .daemon)
        try house.live(ledger, "B", ["V2"])
        try ledger.commit([Sample.received("C"), Sample.rejected("C", row: 2, vin: "V1")])
        let history = try LedgerHistory(path: house.test.path)
        #expect(try history.submissions().map(\.id) == ["C", "B", "A"])
        #expect(try history.submissions(limit: 2).map(\.id) == ["C", "B"])
        #expect(try history.submissions(vin: "V1").map(\.id) == ["C", "A"])
        #expect(try history.history(submission: "A").allSatisfy { $0.volume.origin == "example.org/ecoc/1" })
        #expect(
            try history.history(vin: "V1").map(\.entry.record?.kind)
                == ["validated", "generated", "sealed", "publishing", "published", "rejected"])
        ledger.close()
    }

    @Test func proofsLeadToTheirVolumesHeads() throws {
        let ledger = try house.open()
        for events in Sample.life("A", vins: ["V1"]).prefix(5) { try ledger.commit(events) }
        let proof = try #require(try ledger.sealingProofs(submission: "A", rows: [2])?.first)
        for events in Sample.life("A", vins: ["V1"]).dropFirst(5) { try ledger.commit(events) }
        try ledger.roll(by: .daemon)
        try house.live(ledger, "B", ["V2"])
        let key = try #require(VerifierKey(house.verifierKey))
        #expect(try proof.proof.verify(record: proof.record, key: key).origin == "example.org/ecoc/1")
        let newer = try LedgerReader(path: house.test.path)
        let later = try #require(try newer.proofs(of: [3], upTo: .head).first)
        #expect(try later.proof.verify(record: later.record, key: key).origin == "example.org/ecoc/2")
        #expect(try #require(VerifierKey(ledger.verifierKey)).text == key.forVolume("example.org/ecoc/2").text)
        let outside = [
            try OutsideHead(name: "old", proof: Array(proof.proof.text.utf8), record: proof.record),
            try OutsideHead(name: "new", note: newer.head()),
        ]
        let compared = try LedgerHistory(path: house.test.path).compare(with: outside, key: key)
        #expect(compared.map(\.verdict) == [.agrees, .agrees])
        ledger.close()
    }

    @Test func anotherLogsKeyIsNoVolumesKey() throws {
        let key = try #require(VerifierKey(house.verifierKey))
        #expect(key.forVolume("example.com/ecoc/2").text == key.text)
        #expect(key.forVolume("example.org/ecoc/x").text == key.text)
    }

    /// A folder of backups has all that a restore needs, and each closed volume once.
    @Test func aBackupTakesTheClosedVolumesAlong() throws {
        let ledger = try house.open()
        let folder = "\(house.test.folder)/backups"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
        func make(_ name: String) throws -> BackupSet {
            try BackupSet.make(of: house.test.path, to: "\(folder)/\(name)", takesClosed: true, verifierKey: house.verifierKey)
        }
        try house.live(ledger, "A", ["V1"])
        #expect(try make("a.db").closed.isEmpty)
        try ledger.roll(by: .daemon)
        let second = try make("b.db")
        #expect(second.closed.map(\.path) == ["\(folder)/ledger-1.db"])
        try ledger.commit(second.events(by: .daemon))
        try ledger.roll(by: .daemon)
        #expect(try make("c.db").closed.map(\.path) == ["\(folder)/ledger-2.db"])
        try FileManager.default.moveItem(atPath: "\(folder)/c.db", toPath: "\(folder)/ledger.db")
        let restored = try HistoryVerification.verify(path: "\(folder)/ledger.db", verifierKey: house.verifierKey)
        #expect(restored.isIntact && restored.isComplete && restored.volumes.count == 3, "\(restored)")
        // Another ledger's volume of this name isn't taken for this one's.
        try FileManager.default.removeItem(atPath: "\(folder)/ledger-1.db")
        try FileManager.default.copyItem(atPath: "\(folder)/ledger-2.db", toPath: "\(folder)/ledger-1.db")
        #expect(throws: LedgerError.self) { try make("d.db") }
        // Beside the ledger a backup can't pass for a volume.
        #expect(throws: LedgerError.self) {
            try BackupSet.make(
                of: house.test.path, to: "\(house.test.folder)/ledger-9.db", takesClosed: false, verifierKey: house.verifierKey)
        }
        #expect(!FileManager.default.fileExists(atPath: "\(house.test.folder)/ledger-9.db"))
        ledger.close()
    }

    // MARK: When

    @Test func aNewYearBeginsANewVolume() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        try ledger.roll(by: .daemon)
        try ledger.commit([Sample.started()])
        #expect(ledger.origin == "example.org/ecoc/2")
        house.year.withLock { $0 = 2027 }
        try ledger.commit([Sample.started()])
        #expect(ledger.origin == "example.org/ecoc/3")
        try ledger.commit([Sample.started()])
        #expect(ledger.origin == "example.org/ecoc/3")
        ledger.close()
        let reopened = try house.open()
        try reopened.commit([Sample.started()])
        #expect(reopened.origin == "example.org/ecoc/3")
        reopened.close()
        house.year.withLock { $0 = 2029 }
        let later = try house.open()
        try later.commit([Sample.started()])
        #expect(later.origin == "example.org/ecoc/4")
        later.close()
        #expect(try house.verify().isIntact)
        #expect(try house.kinds(house.closed(3)) == ["volume-opened", "started", "started", "started", "volume-closed"])
    }

    @Test func aSubmissionStaysInOneVolume() throws {
        let ledger = try house.open()
        try ledger.roll(by: .daemon)
        house.year.withLock { $0 = 2030 }
        let life = Sample.life("A", vins: ["V1"])
        try ledger.commit(life[0])
        let opened = ledger.origin
        for events in life.dropFirst() {
            #expect(throws: LedgerError.self) { try ledger.roll(by: .daemon) }
            try ledger.commit(events)
        }
        #expect(ledger.origin == opened)
        try ledger.roll(by: .daemon)
        #expect(ledger.origin != opened)
        ledger.close()
        #expect(try house.verify().isIntact)
    }

    @Test func whoReadsIsNotCutOff() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        do {
            let reader = try LedgerReader(path: house.test.path)
            let size = try reader.size()
            #expect(throws: LedgerError.self) { try ledger.roll(by: .daemon) }
            #expect(ledger.failure == nil && ledger.origin == "example.org/ecoc/1")
            try ledger.commit([Sample.started()])
            #expect(try reader.size() == size + 1)
        }
        try ledger.roll(by: .daemon)
        ledger.close()
    }

    @Test func anOriginWithoutNumberHasOneVolume() throws {
        let ledger = try house.test.open()
        try ledger.commit([Sample.started()])
        #expect(throws: LedgerError.self) { try ledger.roll(by: .daemon) }
        #expect(ledger.failure == nil)
        ledger.close()
    }

    // MARK: Interruptions

    @Test(arguments: VolumeChange.Step.allCases, [false, true])
    func anInterruptedChangeIsBroughtToItsEnd(step: VolumeChange.Step, leavesRubbish: Bool) throws {
        let ledger = try house.open(stopsAfter: step)
        try house.live(ledger, "A", ["V1"])
        let size = try LedgerReader(path: house.test.path).size()
        #expect(throws: LedgerError.self) { try ledger.roll(by: .daemon) }
        #expect(ledger.failure != nil)
        ledger.close()
        if leavesRubbish, step.rawValue < VolumeChange.Step.made.rawValue {
            for suffix in ["", "-wal", "-journal"] {
                try Data("half".utf8).write(to: URL(filePath: "\(house.test.path).next\(suffix)"))
            }
        }
        let reopened = try house.open()
        let isChanged = step != .left
        #expect(reopened.origin == "example.org/ecoc/\(isChanged ? 2 : 1)")
        #expect(throws: LedgerError.self) { try reopened.commit([Sample.received("A")]) }
        try house.live(reopened, "B", ["V2"])
        reopened.close()
        #expect(FileManager.default.fileExists(atPath: house.closed(1)) == isChanged)
        #expect(try LedgerReader(path: isChanged ? house.closed(1) : house.test.path).entries(0..<size).count == size)
        if isChanged {
            #expect(try house.names().allSatisfy { !$0.contains("next") && (!$0.hasPrefix("ledger-1") || $0 == "ledger-1.db") })
            #expect(try house.kinds(house.closed(1)).count { $0 == "volume-closed" } == 1)
            #expect(try house.kinds(house.test.path).count { $0 == "volume-opened" } == 1)
        }
        let result = try house.verify()
        #expect(result.isIntact && result.isComplete, "\(result)")
    }

    @Test func aMissingVolumeIsNotDoneWithout() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        for _ in 0..<2 { try ledger.roll(by: .daemon) }
        ledger.close()
        let away = "\(house.test.folder)/away.db"
        for number in [1, 2] {
            try FileManager.default.moveItem(atPath: house.closed(number), toPath: away)
            #expect(#expect(throws: LedgerError.self) { try house.open() }?.code == .corrupt)
            let result = try house.verify()
            #expect(!result.isIntact)
            #expect(result.volumes.flatMap(\.linkProblems).count == 1, "\(result)")
            try FileManager.default.moveItem(atPath: away, toPath: house.closed(number))
        }
        try FileManager.default.moveItem(atPath: house.test.path, toPath: away)
        #expect(#expect(throws: LedgerError.self) { try house.open() }?.code == .open)
        #expect(!FileManager.default.fileExists(atPath: house.test.path))
        try FileManager.default.moveItem(atPath: away, toPath: house.test.path)
        try house.open().close()
        let alone = try HistoryVerification.verify(path: house.closed(2), verifierKey: house.verifierKey, mayBeAlone: true)
        #expect(alone.isIntact && !alone.isComplete)
    }

    @Test func aChangedVolumeIsNamed() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        try ledger.roll(by: .daemon)
        try house.live(ledger, "B", ["V2"])
        try ledger.roll(by: .daemon)
        ledger.close()
        let copy = "\(house.test.folder)/copy.db"
        try FileManager.default.copyItem(atPath: house.closed(1), toPath: copy)
        #expect(chmod(house.closed(1), 0o600) == 0)
        _ = try house.test.output(
            "sqlite3",
            [house.closed(1), "DROP TRIGGER entry_no_delete; DELETE FROM entry WHERE position = 5; UPDATE head SET note = note || ''"])
        let result = try house.verify()
        #expect(result.volumes.map(\.isIntact) == [false, true, true])
        #expect(result.volumes[0].verification.problems.contains { $0.position == 5 })
        // One that verifies by itself, but isn't the one that was closed.
        try FileManager.default.removeItem(atPath: house.closed(1))
        let other = try VolumeHouse()
        let forged = try Ledger(path: other.test.path, origin: VolumeHouse.first, key: house.test.key)
        try other.live(forged, "X", ["V1"])
        try forged.roll(by: .daemon)
        forged.close()
        try FileManager.default.copyItem(atPath: other.closed(1), toPath: house.closed(1))
        let exchanged = try house.verify()
        #expect(exchanged.volumes.map(\.isIntact) == [true, false, true], "\(exchanged)")
        #expect(exchanged.volumes.map(\.verification.isIntact) == [true, true, true])
        #expect(throws: LedgerError.self) { try house.open() }
    }

    @Test func whatTwoVolumesHaveIsTold() throws {
        let ledger = try house.open()
        try house.live(ledger, "A", ["V1"])
        try ledger.roll(by: .daemon)
        ledger.close()
        // As a program would that doesn't ask the older volumes.
        let careless = try LedgerWriter(
            path: house.test.path, head: HeadSigner(origin: "example.org/ecoc/2", key: house.test.key, path: house.test.path),
            lock: WriterLock(path: house.test.path), older: .none)
        for events in Sample.life("A", vins: ["V1"]) { _ = try careless.commit([EventBatch(events)])[0].get() }
        try careless.close()
        let result = try house.verify()
        #expect(result.volumes.allSatisfy { $0.verification.isIntact })
        #expect(result.newest.linkProblems.count == 2 && result.newest.linkProblems[0].contains("V1, stage 1, version 1"), "\(result)")
    }
}
