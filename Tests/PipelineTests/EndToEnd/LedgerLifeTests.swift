import Audit
import Control
import Foundation
import Testing

/// What an administrator does with a ledger in its long life, through the real programs.
@Suite("The ledger's long life", .enabled(if: Programs.stock("sqlite3") != nil && Programs.stock("python3") != nil)) struct LedgerLifeTests
{
    private static let checker = "\(Programs.packageRoot)/Tests/scripts/check-tiles"

    @Test func forgedProjectionsAreRebuiltWhileTheDaemonIsStopped() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...3), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let running = try await house.ecocctl("ledger", "rebuild")
            #expect(running.status == 2 && running.errors.contains("another process writes this ledger"), "\(running.everything)")
            try await house.end()
            let before = try await dump(house.ledger)
            try await sql("DELETE FROM certificate; UPDATE submission SET stage = 'ingest'", house.ledger)
            #expect(try await house.verifyLedger() == 1)
            let rebuilt = try await house.ecocctl("ledger", "rebuild", "--json")
            #expect(rebuilt.status == 0 && rebuilt.text.contains("\"intact\" : true"), "\(rebuilt.everything)")
            #expect(try await house.verifyLedger() == 0)
            #expect(try await dump(house.ledger) == before)
            try await sql("DROP TRIGGER entry_no_update; UPDATE entry SET record = CAST('x' AS BLOB) WHERE position = 4", house.ledger)
            let refused = try await house.ecocctl("ledger", "rebuild")
            #expect(refused.status == 1 && refused.errors.contains("entry 4"), "\(refused.everything)")
        }
    }

    @Test func aBackupIsMadeBesideTheRunningDaemonAndRecorded() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...3), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let folder = "\(house.root)/backups"
            try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: false)
            let made = try await house.ecocctl("ledger", "backup", folder, "--json")
            #expect(made.status == 0, "\(made.everything)")
            let answer = try JSONDecoder().decode(Backup.self, from: Data(made.text.utf8))
            #expect(answer.recorded && answer.path.hasPrefix("\(folder)/ledger-2"))
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [String(answer.path.dropFirst(folder.count + 1))])
            let verified = try await house.ecocctl(
                "ledger", "verify", "--database", answer.path, "--verifier-key", key(house), "--json")
            #expect(verified.status == 0 && verified.text.contains(answer.rootHash), "\(verified.everything)")
            let entries = try house.reader.entries(answer.size..<answer.size + 1)
            #expect(entries.first?.record?.kind == "backed-up" && entries.first?.record?.text("sha256") == answer.sha256)
            let again = try await house.ecocctl("ledger", "backup", answer.path)
            #expect(again.status == 1 && again.errors.contains("There is something at"), "\(again.everything)")
            #expect(try FileManager.default.attributesOfItem(atPath: answer.path)[.posixPermissions] as? Int == 0o600)
            for place in ["\(house.spool)/reference", house.state, house.outbox, "\(house.spool)/archive/copy.db"] {
                let refused = try await house.ecocctl("ledger", "backup", place)
                #expect(refused.status == 1 && refused.errors.contains("could read the whole ledger"), "\(refused.everything)")
            }
            #expect(try await house.verifyLedger() == 0)
            try await house.end()
            let offline = try await house.ecocctl("ledger", "backup", "\(folder)/offline.db")
            #expect(offline.status == 0 && offline.text.contains("not recorded"), "\(offline.everything)")
            #expect(try await house.ecocctl("ledger", "backup", house.outbox).status == 1)
            #expect(try await house.ecocctl("ledger", "verify", "--database", "\(folder)/offline.db").status == 3)
        }
    }

    @Test func aCurrentBackupIsPutBackAndWorkGoesOn() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...2), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            try await house.end()
            let copy = "\(house.root)/copy.db"
            #expect(try await house.ecocctl("ledger", "backup", copy).status == 0)
            try putBack(copy, house)
            try await house.start()
            #expect(try house.status().incidents.isEmpty)
            try house.drop(Export.file(2...3), as: "b.csv")
            let report = try await house.report(of: "b.csv")
            #expect(report.counts.published == 1 && report.counts.duplicates == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// What was received since the backup is unknown to the ledger: the daemon takes nothing before a person has looked, and never works on it.
    @Test func anOlderBackupIsPutBackAndTheDaemonWaits() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...2), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let copy = "\(house.root)/copy.db"
            #expect(try await house.ecocctl("ledger", "backup", copy).status == 0)
            try house.drop(Export.file(3...4), as: "b.csv")
            let forgotten = try await house.report(of: "b.csv")
            try await house.end()
            try putBack(copy, house)
            // First somebody answers for the ledger, then for what it has forgotten.
            try await house.startWithRestoredLedger()
            try await house.eventually("the daemon tells what is forgotten") {
                try house.status().incidents.contains { $0.submission != "ledger" }
            }
            let status = try house.status()
            #expect(!status.ready && status.incidents.map(\.submission) == [forgotten.submission])
            #expect(status.incidents.first?.what.contains("never received") == true)
            // The procedure of docs/operations.md: the directory leaves the spool, and is kept.
            try await house.end()
            try FileManager.default.moveItem(
                atPath: house.folder(of: forgotten.submission), toPath: "\(house.root)/forgotten-\(forgotten.submission)")
            try await house.start()
            try house.drop(Export.file(2...2), as: "c.csv")
            #expect(try await house.report(of: "c.csv").counts.duplicates == 1)
            #expect(try await house.verifyLedger() == 0)
            // The bundle that left before tells that the ledger was put back.
            let against = try await house.ecocctl("ledger", "verify", "--against", "\(house.outbox)/\(Export.bundle(3))")
            #expect(against.status == 1, "\(against.everything)")
        }
    }

    @Test func exportsAreReadByAnotherProgram() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...60), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let tiles = "\(house.root)/tiles", lines = "\(house.root)/ledger.jsonl"
            try FileManager.default.createDirectory(atPath: tiles, withIntermediateDirectories: false)
            #expect(try await house.ecocctl("ledger", "export", "--tiles", tiles, "--json").status == 0)
            try await expectCheck([tiles], house)
            try house.drop(Export.file(61...90), as: "b.csv")
            _ = try await house.report(of: "b.csv")
            try await house.end()
            let added = try await house.ecocctl("ledger", "export", "--tiles", tiles)
            #expect(added.status == 0 && added.text.contains("of them new"), "\(added.everything)")
            try await expectCheck([tiles], house)
            #expect(try await house.ecocctl("ledger", "export", "--jsonl", lines).status == 0)
            try await expectCheck(["--lines", lines], house)
            let taken = try await house.ecocctl("ledger", "export", "--jsonl", lines)
            #expect(taken.status == 2 && taken.errors.contains("is there already"), "\(taken.everything)")
            let piped = try await house.ecocctl("ledger", "export", "--jsonl", "-", "--from", "3")
            let content = try String(contentsOfFile: lines, encoding: .utf8)
            #expect(piped.status == 0 && content.hasSuffix(piped.text) && piped.text.hasPrefix("{\"leaf-hash\":"))
            for wrong in [[], ["--jsonl", "-", "--tiles", tiles], ["--from", "1", "--tiles", tiles], ["--jsonl", "-", "--json"]] {
                #expect(try await Programs.run(Programs.ecocctl, ["ledger", "export", "--config", house.config] + wrong).status == 2)
            }
        }
    }

    private struct Backup: Decodable {
        var path, rootHash, sha256: String
        var size, bytes: Int
        var recorded: Bool
    }

    private func key(_ house: House) throws -> String {
        try String(contentsOfFile: "\(house.state)/ledger.vkey", encoding: .utf8).trimmingCharacters(in: .newlines)
    }

    /// As docs/operations.md says: the database out of the backup, with nothing of the old one beside it.
    private func putBack(_ copy: String, _ house: House) throws {
        for suffix in ["", "-wal", "-shm"] where FileManager.default.fileExists(atPath: house.ledger + suffix) {
            try FileManager.default.moveItem(atPath: house.ledger + suffix, toPath: "\(house.root)/old-ledger.db\(suffix)")
        }
        try FileManager.default.copyItem(atPath: copy, toPath: house.ledger)
    }

    /// The checker recomputes the very root that the ledger's head has.
    private func expectCheck(_ arguments: [String], _ house: House) async throws {
        let lines = try house.reader.head().split(separator: "\n", omittingEmptySubsequences: false)
        let checked = try await Programs.run(Self.checker, arguments)
        #expect(checked.status == 0 && checked.text == "\(lines[1]) \(lines[2])\n", "\(checked.everything)")
    }

    private func sql(_ sql: String, _ path: String) async throws {
        let done = try await Programs.run(Programs.stock("sqlite3") ?? "", ["-bail", path, sql])
        #expect(done.status == 0, "\(done.everything)")
    }

    private func dump(_ path: String) async throws -> String {
        try await Programs.run(
            Programs.stock("sqlite3") ?? "",
            [
                "-readonly", path,
                "SELECT * FROM certificate; SELECT * FROM submission; SELECT * FROM rejection; SELECT * FROM receipt; SELECT * FROM open_move",
            ]
        ).text
    }
}
