import Foundation
import Linux
import TestSupport
import Testing

@testable import Audit

/// A submission that an administrator declared lost.
@Suite struct LossTests {
    static func lost(_ id: String, from stage: String = "publish") -> Event {
        Event(
            .declaredLost, submission: id, actor: .person(uid: 0, name: "root"),
            ["from": .text(stage), "reason": "the disk failed", "certificates": 3, "published": 1])
    }

    /// Five certificates, each one step further than the one before it; the submission lies in `publish`, its claim is open.
    private static let steps: [Event.Kind] = [.generated, .sealed, .publishing, .published]

    private static func unfinished(_ id: String, prefix: String = "V") -> [[Event]] {
        var batches = [
            [Sample.received(id), Sample.move(.moving, id, "tmp", "ingest")],
            (0..<5).map { Sample.validated(id, "\(prefix)\($0)", row: $0 + 2) },
        ]
        for reached in 1..<5 { batches.append(steps[..<reached].map { Sample.step($0, id, "\(prefix)\(reached)") }) }
        return batches
    }

    private static func with(_ body: (TestLedger, Ledger) throws -> Void) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in unfinished("S1") { try ledger.commit(events) }
        try body(test, ledger)
        ledger.close()
        let verified = try test.verify()
        #expect(verified.isIntact, "\(verified.problems.map(\.description))")
        #expect(try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey).isIntact)
        #expect(try test.verify().isIntact)
    }

    @Test func givesUpWhatWasNotPublished() throws {
        try Self.with { _, ledger in
            #expect(try ledger.firstSubmission(source: "plant-1", sha256: "ab", before: "S2") == "S1")
            try ledger.commit([Self.lost("S1")])
            #expect(try ledger.stage(ofSubmission: "S1") == "lost")
            let states = try ledger.certificates(submission: "S1").map(\.state)
            #expect(states == [.rejected, .rejected, .lost, .lost, .published])
            #expect(try ledger.openMoves().isEmpty && ledger.openReceipts().isEmpty && ledger.unfinishedSubmissions().isEmpty)
            // The same file isn't answered as a duplicate of it.
            #expect(try ledger.firstSubmission(source: "plant-1", sha256: "ab", before: "S2") == nil)
        }
    }

    @Test func versionsAreFreeOnlyWhereNothingWasSealed() throws {
        try Self.with { _, ledger in
            try ledger.commit([Self.lost("S1")])
            try ledger.commit([Sample.received("S2")])
            for number in 0..<2 { try ledger.commit([Sample.validated("S2", "V\(number)")]) }
            for number in 2..<5 {
                let error = #expect(throws: LedgerError.self) { try ledger.commit([Sample.validated("S2", "V\(number)")]) }
                #expect(error?.code == .refused(.certificateExists(vin: "V\(number)", stage: 1, version: 1)))
            }
            #expect(try ledger.certificate(vin: "V2", stage: 1)?.state == .lost)
            #expect(try ledger.certificate(vin: "V2", stage: 1, standingBelow: 2) == nil)
            try ledger.commit([Sample.validated("S2", "V2", version: 2)])
            #expect(try ledger.certificate(vin: "V2", stage: 1)?.version == 2)
            #expect(try ledger.certificate(vin: "V4", stage: 1, standingBelow: 2)?.state == .published)
        }
    }

    @Test func isSaidOnceOfWhatIsInWork() throws {
        try Self.with { _, ledger in
            for (id, events) in [("S9", []), ("S3", Sample.life("S3", vins: ["W1"]).flatMap { $0 })] {
                if !events.isEmpty { try ledger.commit(events) }
                let error = #expect(throws: LedgerError.self) { try ledger.commit([Self.lost(id)]) }
                #expect(error?.code == .refused(.notInWork(id)))
            }
            try ledger.commit([Self.lost("S1")])
            #expect(throws: LedgerError.self) { try ledger.commit([Self.lost("S1")]) }
            // In one call with what makes it end.
            try ledger.commit([Sample.received("S4")])
            #expect(throws: LedgerError.self) {
                try ledger.commit([
                    Sample.move(.moving, "S4", "ingest", "archive"), Sample.move(.moved, "S4", "ingest", "archive"), Self.lost("S4"),
                ])
            }
        }
    }

    @Test func volumeMayBeClosedAfterIt() throws {
        let test = try TestLedger()
        let origin = "example.org/ecoc/1"
        let ledger = try Ledger(path: test.path, origin: origin, key: test.key)
        for events in Self.unfinished("S1") { try ledger.commit(events) }
        #expect(throws: LedgerError.self) { try ledger.roll(by: .daemon) }
        try ledger.commit([Self.lost("S1")])
        #expect(try ledger.roll(by: .daemon) == "example.org/ecoc/2")
        #expect(try ledger.stage(ofSubmission: "S1") == "lost")
        #expect(try ledger.firstSubmission(source: "plant-1", sha256: "ab", before: "S2") == nil)
        try ledger.commit([Sample.received("S2"), Sample.validated("S2", "V0")])
        #expect(throws: LedgerError.self) { try ledger.commit([Sample.validated("S2", "V2")]) }
        try ledger.commit([Sample.validated("S2", "V2", version: 2)])
        #expect(try ledger.certificate(vin: "V3", stage: 1)?.state == .lost)
    }

    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"), "needs the sqlite3 shell"),
        arguments: [
            "UPDATE certificate SET state = 'sealed' WHERE vin = 'V2'", "UPDATE certificate SET state = 'lost' WHERE vin = 'V1'",
            "UPDATE certificate SET state = 'lost' WHERE vin = 'V4'", "UPDATE submission SET stage = 'publish' WHERE id = 'S1'",
            "INSERT INTO receipt SELECT id, source, name, size, sha256, '1', '2', first FROM submission WHERE id = 'S1'",
        ])
    func forgedProjectionIsFound(_ sql: String) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Self.unfinished("S1") { try ledger.commit(events) }
        try ledger.commit([Self.lost("S1")])
        ledger.close()
        #expect(try test.verify().isIntact)
        try test.tamper(sql)
        #expect(try !test.verify().isIntact)
    }

    /// The writer's projections and the verifier's replay, made apart from each other, agree on any order of lives, rejections and losses.
    @Test(arguments: 0..<12) func writerAndVerifierAgree(_ seed: Int) throws {
        var random = SplitMix(seed: UInt64(seed))
        let test = try TestLedger()
        let ledger = try test.open()
        for number in 0..<12 {
            let id = "S\(number)"
            // Few vehicles, so that versions are free again and taken again.
            let batches = Self.unfinished(id, prefix: "V\(Int.random(in: 0..<3, using: &random))-")
            for events in batches.prefix(Int.random(in: 1...batches.count, using: &random)) {
                do { try ledger.commit(events) } catch { guard case .refused = error.code else { throw error } }
            }
            let ends = [[Self.lost(id)], [Sample.rejected(id)], [Sample.rejected(id), Self.lost(id)], []]
            for event in ends[Int.random(in: 0..<4, using: &random)] {
                do { try ledger.commit([event]) } catch { guard case .refused = error.code else { throw error } }
            }
        }
        ledger.close()
        let verified = try test.verify()
        #expect(verified.isIntact, "\(verified.problems.map(\.description))")
        #expect(try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey).isIntact)
    }
}
