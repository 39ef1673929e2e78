import Foundation
import Testing

@testable import Audit

@Suite("Rebuilding projections", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"), "needs the sqlite3 shell"))
struct RebuildTests {
    private let test: TestLedger

    init() throws {
        test = try TestLedger()
        let ledger = try test.open()
        for life in 0..<3 {
            for events in Sample.life("S\(life)", vins: (0..<40).map { "V\(life)-\($0)" }) { try ledger.commit(events) }
        }
        try ledger.commit([Sample.received("OPEN"), Sample.move(.moving, "OPEN", "tmp", "ingest")])
        try ledger.commit([Sample.received("REFUSED"), Sample.rejected("REFUSED"), Sample.started()])
        ledger.close()
    }

    static let damages = [
        "DELETE FROM certificate", "UPDATE submission SET published = published + 1, stage = 'archive'", "DELETE FROM open_move",
        "INSERT INTO receipt SELECT 'NEW', source, name, size, sha256, device, inode, 1 FROM receipt LIMIT 1", "DELETE FROM rejection",
        "DROP INDEX certificate_submission", "DROP TABLE rejection",
        // As ledgers were begun before.
        "DROP INDEX delivery_waiting; CREATE INDEX delivery_waiting ON delivery(destination, bundle) WHERE collected IS NULL",
    ]

    @Test(arguments: damages) func aRebuiltLedgerIsTheOneThatWas(damage: String) throws {
        let before = try rows()
        try test.tamper(damage)
        #expect(try !test.verify().isIntact)
        let result = try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey)
        #expect(result.isIntact && result.isSignatureVerified, "\(result.problems)")
        #expect(try test.verify().isIntact)
        #expect(try rows() == before)
    }

    @Test func whatIsIntactStaysAsItIs() throws {
        let before = try rows()
        #expect(try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey).isIntact)
        #expect(try rows() == before)
    }

    @Test func theLedgerGoesOnAfterwards() throws {
        try test.tamper("DELETE FROM certificate; DELETE FROM open_move")
        _ = try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey)
        let ledger = try test.open()
        #expect(throws: LedgerError.self) { try ledger.commit([Sample.validated("OPEN", "V1-3")]) }
        try ledger.commit([Sample.move(.moved, "OPEN", "tmp", "ingest")])
        ledger.close()
        #expect(try test.verify().isIntact)
    }

    private static let free = "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete;"

    static let entryDamages = [
        free + "UPDATE entry SET record = CAST(replace(record, 'V1-3', 'V1-Z') AS BLOB)",
        free + "DELETE FROM entry WHERE position = (SELECT max(position) FROM entry)",
        "DROP TRIGGER tile_root_no_update; UPDATE tile_root SET hash = zeroblob(32)",
        "UPDATE head SET note = replace(note, 'example', 'exbmple')",
    ]

    @Test(arguments: entryDamages) func entriesThatDoNotVerifyAreNotRebuiltFrom(damage: String) throws {
        try test.tamper(damage + "; DELETE FROM certificate")
        let before = try rows()
        let error = #expect(throws: LedgerError.self) { try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey) }
        #expect(error?.code == .corrupt)
        #expect(try rows() == before)
    }

    @Test func aLedgerInUseIsRefused() throws {
        let ledger = try test.open()
        let error = #expect(throws: LedgerError.self) { try LedgerRebuild.rebuild(path: test.path, verifierKey: test.verifierKey) }
        #expect(error?.code == .open)
        ledger.close()
    }

    @Test func nothingIsCreatedWhereNoLedgerIs() throws {
        let path = test.folder + "/other.db"
        #expect(throws: LedgerError.self) { try LedgerRebuild.rebuild(path: path, verifierKey: nil) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.folder).allSatisfy { !$0.hasPrefix("other") })
    }

    /// Every row of every table, as the shell writes them.
    private func rows() throws -> String {
        try test.shell(Schema.tables.map { "SELECT '\($0.name)'; SELECT * FROM \($0.name) ORDER BY 1, 2;" }.joined(separator: "\n"))
    }
}
