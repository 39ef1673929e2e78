import Foundation
import Hashing
import Testing

@testable import Audit
@testable import Pipeline

/// A stretch of a daemon's life that makes it write certain kinds of records.
struct CatalogueSituation: Sendable, CustomTestStringConvertible {
    let name: String
    /// What it is there for; it may write others as well.
    let kinds: Set<String>
    let sources: [String: String]
    /// Whether this machine has what it needs.
    let isPossible: Bool
    let live: @Sendable (House) async throws -> Void

    var testDescription: String { name }

    init(
        _ name: String, _ kinds: Set<String>, sources: [String: String] = ["erp": House.csv], isPossible: Bool = true,
        _ live: @escaping @Sendable (House) async throws -> Void
    ) {
        (self.name, self.kinds, self.sources, self.isPossible, self.live) = (name, kinds, sources, isPossible, live)
    }
}

/// Every kind of the ledger's catalogue is written by a daemon that really runs, and no other.
///
/// A new kind of event needs a situation here in which the daemon writes it.
@Suite struct CatalogueTests {
    static let situations = [
        CatalogueSituation(
            "a file is published",
            [
                "started", "configured", "key-used", "reference-activated", "received", "claimed", "moving", "moved", "validated",
                "rejected", "generated", "sealed", "publishing", "published", "reported", "stopped",
            ]
        ) { house in
            try house.drop(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try await house.end()
        },
        CatalogueSituation("a correction is held and released", ["corrected", "held", "released"]) { house in
            let held = try await hold(house)
            #expect(try await house.ecocctl("release", held).status == 0)
            _ = try await house.report(of: "second.csv", number: 2)
        },
        CatalogueSituation("a certificate is withdrawn", ["withdrawn"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Scrapped.").status == 0)
        },
        CatalogueSituation(
            "a source lowers a rule", ["finding-waived"],
            sources: [
                "erp": House.csv + "[[rule]]\nid = \"MAS-02\"\nseverity = \"waived\"\nreason = \"Weighed.\"\nby = \"Jane Roe\"\n"
            ]
        ) { house in
            try house.drop(Export.file([Export.row(1, mass: "1800")]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
        },
        CatalogueSituation("a bundle is answered and fetched", ["acknowledged", "collected"]) { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            let receipt = "\(house.outbox)/receipts/\(Export.bundle(1).replacing(".asice", with: ".accepted"))"
            try house.write("fine", to: "\(receipt).part")
            try FileManager.default.moveItem(atPath: "\(receipt).part", toPath: receipt)
            try await house.eventually("the answer is on record") { try kinds(house).contains("acknowledged") }
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(1))")
            try await house.eventually("the collection is on record") { try kinds(house).contains("collected") }
        },
        CatalogueSituation("a move was begun when the power went", ["recovered"]) { house in
            let id = try await beginMove(house)
            try await house.start()
            try await house.eventually("the move is made") { house.end(of: id) == "rejected" }
        },
        CatalogueSituation("an authority stamps the ledger's head", ["anchored"], isPossible: OutsideServer.isPossible) { house in
            try await house.end()
            let authority = try await TimeStampingTests.authority(house)
            try TimeStampingTests.configure(house, "http://127.0.0.1:\(authority.ports[0])/good")
            try await house.start()
            let anchored = try await house.ecocctl("ledger", "anchor")
            #expect(anchored.status == 0, "\(anchored.everything)")
            withExtendedLifetime(authority) {}
        },
        CatalogueSituation("the ledger is put back to an older state", ["ledger-restored"]) { house in
            try await house.end()
            let older = try Data(contentsOf: URL(filePath: house.ledger))
            try await house.start()
            try await house.end()
            for suffix in ["-wal", "-shm"] { try? FileManager.default.removeItem(atPath: house.ledger + suffix) }
            try older.write(to: URL(filePath: house.ledger))
            try await house.startWithRestoredLedger()
            try await house.eventually("it is at work") { (try? house.status())?.ready == true }
        },
        CatalogueSituation(
            "reference data has a successor and comes to its end", ["reference-received", "reference-superseded", "reference-retired"]
        ) { house in
            let later = try house.reference("haul-trailer.xml").replacing(
                "<Initial", with: "<?ecocd-reference valid-from=\"2026-09-01\"?><Initial")
            _ = try await house.dropReference(later, as: "later.xml")
            let id = try #require(try LedgerHistory(path: house.ledger).referenceVersions().first { $0.name == "later.xml" }?.id)
            #expect(try await house.ecocctl("reference", "retire", id, "--reason", "Wrong tyres.").status == 0)
        },
        CatalogueSituation("the ledger is copied", ["backed-up"]) { house in
            let made = try await house.ecocctl("ledger", "backup", "\(house.root)/copy.db")
            #expect(made.status == 0, "\(made.everything)")
        },
        CatalogueSituation(
            "a volume is closed, and something is said of what it has",
            ["volume-closed", "volume-opened", "carried", "carried-delivery", "withdrawn", "collected"]
        ) { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            let rolled = try await LedgerVolumesTests.roll(house)
            #expect(rolled.status == 0, "\(rolled.everything)")
            #expect(try await house.ecocctl("withdraw", Export.vin(1), "--reason", "Scrapped.").status == 0)
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(1))")
            try await house.eventually("the collection is on record") { try kinds(house).contains("collected") }
        },
        CatalogueSituation("a held submission is gone from the spool, and is declared lost", ["declared-lost"]) { house in
            let id = try await hold(house)
            try FileManager.default.removeItem(atPath: "\(house.spool)/hold/\(id)")
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("it is missed") { (try? house.status())?.incidents.contains { $0.submission == id } == true }
            #expect(try await house.ecocctl("doctor", "--declare-lost", id, "--reason", "The disk failed.").status == 0)
        },
        CatalogueSituation("a submission is gone from the spool", ["incident"]) { house in
            let id = try await beginMove(house)
            try FileManager.default.moveItem(atPath: house.folder(of: id), toPath: "\(house.root)/gone")
            try house.launch()
            try await house.eventually("the incident is on record") {
                (try? house.status())?.incidents.contains { $0.submission == id } == true
            }
        },
    ]

    @Test("every kind is written in some situation, and the situation's own ones are", arguments: situations.filter(\.isPossible))
    func writes(situation: CatalogueSituation) async throws {
        try await House.run(situation.sources) { house in
            try await situation.live(house)
            var written: Set<String> = []
            for volume in try LedgerHistory(path: house.ledger).volumes {
                // What rides in a later commit may still come.
                let size = try volume.reader.size()
                let records = try volume.reader.entries(0..<size).compactMap(\.record)
                #expect(records.count == size, "every entry is a record")
                written.formUnion(records.map(\.kind))
            }
            #expect(written.isSuperset(of: situation.kinds), "not written: \(situation.kinds.subtracting(written).sorted())")
            #expect(written.isSubset(of: Self.catalogue), "outside of the catalogue: \(written.subtracting(Self.catalogue).sorted())")
            #expect(try await house.verifyLedger() == 0, "and every one has the fields of its kind")
        }
    }

    @Test("no kind of the catalogue is without a situation")
    func noKindIsLeftOut() {
        let covered = Set(Self.situations.flatMap(\.kinds))
        #expect(covered.isSubset(of: Self.catalogue), "no kinds: \(covered.subtracting(Self.catalogue).sorted())")
        let missing = Self.catalogue.subtracting(covered).sorted()
        #expect(missing.isEmpty, "add situations to CatalogueTests in which the daemon writes \(missing.joined(separator: ", "))")
    }

    private static func kinds(_ house: House) throws -> [String] {
        try house.reader.history(vin: Export.vin(1)).compactMap(\.record?.kind)
    }

    static let catalogue = Set(Event.Kind.allCases.map(\.rawValue))

    /// Publishes vehicle 1, and drops a correction of it that must be held.
    /// - Returns: the held submission's id.
    private static func hold(_ house: House) async throws -> String {
        try house.drop(Export.file([1]), as: "first.csv")
        _ = try await house.report(of: "first.csv")
        try house.drop(Export.file([1], mass: "671"), as: "second.csv")
        try await house.eventually("the correction is held") { try !house.reader.submissions(stage: "hold").isEmpty }
        return try #require(try house.reader.submissions(stage: "hold").first?.id)
    }

    /// Publishes vehicle 1, ends the daemon, and leaves the record of a move that nobody has made yet, as a power cut would.
    /// - Returns: the submission's id.
    private static func beginMove(_ house: House) async throws -> String {
        try house.drop(Export.file([1]), as: "file.csv")
        let id = try await house.report(of: "file.csv").submission
        try await house.end()
        let reader = try house.reader
        let origin = try #require(CheckpointNote(try reader.head())?.origin)
        let digest = try #require(try reader.submission(id)?.sha256)
        let ledger = try Ledger(path: house.ledger, origin: origin, key: CheckpointKey.load(from: "\(house.state)/checkpoint.key"))
        try ledger.commit([Event(.moving, submission: id, ["from": "archive", "to": "rejected", "digest": .text(digest)])])
        ledger.close()
        return id
    }
}
