import Foundation
import Testing

@testable import Audit

/// What the ledger keeps of bundles after their publication.
@Suite("Deliveries") struct DeliveryTests {
    private static func published(_ vin: String, _ id: String = "s1", to destination: String = "authority") -> Event {
        var fields = Sample.step(.published, id, vin).fields
        fields["destination"] = .text(destination)
        return Event(.published, submission: id, fields)
    }

    private static func collected(_ vin: String, from destination: String = "authority") -> Event {
        Event(
            .collected, submission: "s1",
            ["vin": .text(vin), "stage": 1, "version": 1, "destination": .text(destination), "bundle": .text("\(vin)-1-v1.asice")])
    }

    private static func acknowledged(_ vin: String, _ outcome: String = "accepted", sha256: String = "a1") -> Event {
        Event(
            .acknowledged, submission: "s1",
            [
                "vin": .text(vin), "stage": 1, "version": 1, "destination": "authority", "bundle": .text("\(vin)-1-v1.asice"),
                "outcome": .text(outcome), "sha256": .text(sha256), "file": "receipts/authority/a", "reference": "7",
            ])
    }

    /// A ledger with these vehicles published, and what `body` makes of it.
    private static func with(_ vins: [String], _ body: (TestLedger, Ledger) throws -> Void) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Sample.life("s1", vins: vins) { try ledger.commit(events) }
        try body(test, ledger)
        ledger.close()
        let verified = try test.verify()
        #expect(verified.isIntact, "\(verified.problems.map(\.description))")
    }

    @Test("wait until they are collected, and then no more") func collection() throws {
        try Self.with(["C", "A", "B"]) { _, ledger in
            let waiting = try ledger.uncollected(destination: "authority")
            #expect(waiting.map(\.vin) == ["C", "A", "B"])
            #expect(try ledger.uncollected(destination: "authority", after: waiting[0], limit: 1) == [waiting[1]])
            #expect(try ledger.uncollected(destination: "authority", after: waiting[2]).isEmpty)
            #expect(try ledger.uncollected(destination: "nobody").isEmpty)
            #expect(waiting[1].collected(from: "authority") == Self.collected("A"))
            let position = try ledger.commit([Self.collected("A")]).lowerBound
            #expect(try ledger.uncollected(destination: "authority").map(\.vin) == ["C", "B"])
            #expect(try ledger.uncollectedCount(destination: "authority") == 2)
            #expect(try ledger.deliveries(vin: "A").map(\.collected) == [position])
        }
    }

    @Test("are collected once only, and only from where they were published") func onceOnly() throws {
        try Self.with(["A"]) { _, ledger in
            for event in [Self.collected("B"), Self.collected("A", from: "nobody")] {
                #expect(throws: LedgerError.self) { try ledger.commit([event]) }
            }
            try ledger.commit([Self.collected("A")])
            let error = #expect(throws: LedgerError.self) { try ledger.commit([Self.collected("A")]) }
            #expect(error?.code == .refused(.noDelivery(bundle: "A-1-v1.asice", destination: "authority")))
            // A crash may have a publication recorded again; that makes it wait no second time.
            try ledger.commit([Self.published("A")])
            #expect(try ledger.uncollected(destination: "authority").isEmpty)
        }
    }

    @Test("are answered any number of times, but never twice by the same") func answers() throws {
        try Self.with(["A"]) { test, ledger in
            #expect(throws: LedgerError.self) { try ledger.commit([Self.acknowledged("B")]) }
            try ledger.commit([Self.acknowledged("A", "rejected"), Self.acknowledged("A", "accepted", sha256: "a2")])
            #expect(throws: LedgerError.self) { try ledger.commit([Self.acknowledged("A", "rejected")]) }
            try ledger.commit([Self.acknowledged("A", "accepted")])
            let delivery = try #require(try ledger.deliveries(vin: "A").first)
            #expect(delivery.acknowledgements.map(\.outcome) == ["rejected", "accepted", "accepted"])
            #expect(try ledger.isAcknowledged(delivery, sha256: "a1", outcome: "accepted"))
            #expect(try !ledger.isAcknowledged(delivery, sha256: "a2", outcome: "rejected"))
            let reader = try LedgerReader(path: test.path)
            #expect(try reader.deliveries(vin: "A") == [delivery])
        }
    }

    @Test("are part of the history, and leave the submission's own bounds alone") func history() throws {
        try Self.with(["A", "B"]) { test, ledger in
            let reader = try LedgerReader(path: test.path)
            let before = try #require(try reader.submission("s1"))
            let state = try ledger.certificate(vin: "A", stage: 1)
            let position = try ledger.commit([Sample.started(1), Self.collected("A"), Self.acknowledged("A")]).lowerBound
            #expect(try reader.submission("s1") == before)
            #expect(try ledger.certificate(vin: "A", stage: 1) == state)
            #expect(try reader.history(vin: "A").map(\.position).suffix(2) == [position + 1, position + 2])
            #expect(try reader.history(submission: "s1").map(\.position).suffix(2) == [position + 1, position + 2])
            #expect(try reader.history(vin: "B").allSatisfy { $0.position < position })
            #expect(
                try reader.deliveryCounts(submission: "s1") == [
                    DeliveryCounts(destination: "authority", published: 2, collected: 1, answers: ["accepted": 1])
                ])
            let kinds = try reader.milestones(submission: "s1").compactMap { $0.record?.kind }
            #expect(kinds == ["received", "moving", "moved", "claimed", "moving", "moved", "reported", "moving", "moved"])
        }
    }

    @Test("what was in force at a moment is found") func landmarks() throws {
        try Self.with(["A"]) { test, ledger in
            func configured(_ sha256: String) -> Event { Event(.configured, ["sha256": .text(sha256), "path": "/etc"]) }
            let first = try ledger.commit([configured("1"), Sample.started(5), configured("2")]).lowerBound
            let reader = try LedgerReader(path: test.path)
            #expect(try reader.landmark(.configured, before: first) == nil)
            #expect(try reader.landmark(.configured, before: first + 2)?.position == first)
            #expect(try reader.landmark(.configured, before: .max)?.position == first + 2)
            #expect(try reader.landmark(.configured, before: .max, saying: ("sha256", "1"))?.position == first)
            #expect(try reader.landmark(.configured, before: .max, saying: ("sha256", "3")) == nil)
            #expect(try reader.landmark(.started, before: .max)?.position == first + 1)
        }
    }

    @Test(
        "forged or forgotten are found", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")),
        arguments: [
            "UPDATE delivery SET collected = NULL WHERE vin = 'A'", "UPDATE delivery SET collected = 1 WHERE vin = 'B'",
            "DELETE FROM delivery WHERE vin = 'B'", "INSERT INTO delivery SELECT vin, stage, version, 'x', bundle, 1, NULL FROM delivery",
            "UPDATE acknowledgement SET outcome = 'rejected'", "DELETE FROM acknowledgement", "DELETE FROM landmark",
            "INSERT INTO landmark VALUES('configured', 0)",
        ])
    func tampering(sql: String) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Sample.life("s1", vins: ["A", "B"]) { try ledger.commit(events) }
        try ledger.commit([Self.collected("A"), Self.acknowledged("A"), Sample.started(1)])
        ledger.close()
        #expect(try test.verify().isIntact)
        try test.tamper(sql)
        let found = try test.verify()
        #expect(!found.isIntact && found.problems.allSatisfy { $0.kind == .projection }, "\(found.problems.map(\.description))")
    }

    @Test(
        "that an index hides or moves are found", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3")),
        arguments: ["(destination, published) WHERE 0 AND", "(destination, version) WHERE"])
    func forgedIndex(forged: String) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        for events in Sample.life("s1", vins: ["A", "B"]) { try ledger.commit(events) }
        ledger.close()
        #expect(try test.verify().isIntact)
        func renaming(_ from: String, _ to: String) -> String {
            "UPDATE sqlite_schema SET sql = replace(sql, '\(from)', '\(to)') WHERE name = 'delivery_waiting';"
        }
        let right = "(destination, published) WHERE"
        try test.tamper(
            "PRAGMA writable_schema = ON; \(renaming(right, forged)) PRAGMA writable_schema = RESET; REINDEX delivery_waiting;"
                + "PRAGMA writable_schema = ON; \(renaming(forged, right))")
        let found = try test.verify()
        #expect(found.problems.contains { $0.kind == .unreadable }, "\(found.problems.map(\.description))")
    }
}
