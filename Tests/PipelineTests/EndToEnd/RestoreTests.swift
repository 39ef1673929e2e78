import Audit
import Control
import Foundation
import Testing

/// A ledger that was put back to an older state, or forked: refused at the start, until an administrator answers for it.
@Suite struct RestoreTests {
    private var files: FileManager { .default }

    private func remembered(_ house: House) -> String? { try? String(contentsOfFile: "\(house.spool)/ledger.head", encoding: .utf8) }

    /// A house whose ledger went on after `copy` of it was taken. Nothing runs.
    private func withOldCopy(_ body: (House, _ copy: String) async throws -> Void) async throws {
        try await House.empty { house in
            try await house.start()
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try await house.end()
            let copy = "\(house.root)/copy.db"
            try files.copyItem(atPath: house.ledger, toPath: copy)
            try await house.start()
            try house.drop(Export.file([2]), as: "second.csv")
            _ = try await house.report(of: "second.csv")
            try await house.end()
            try await body(house, copy)
        }
    }

    private func putBack(_ copy: String, _ house: House) throws {
        for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: house.ledger + suffix) }
        try files.copyItem(atPath: copy, toPath: house.ledger)
    }

    private func waitForDoubt(_ house: House) async throws {
        try house.launch()
        try await house.eventually("the ledger's doubt is shown") { (try? house.status())?.incidents.first?.submission == "ledger" }
        let status = try house.status()
        #expect(!status.ready && status.incidents.count == 1)
        #expect(house.logText().contains("<2>Incident: the ledger contradicts its remembered head."))
    }

    @Test func headIsRememberedAndLogged() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try await house.eventually("the head is remembered") { (try house.reader.head()) == remembered(house) }
            try await house.end()
            let head = try house.reader.head()
            #expect(remembered(house) == head)
            // One line of the journal holds the whole note.
            let line = "<5>The ledger's newest head: \(head)".map { $0.isNewline ? " " : $0 }
            #expect(house.logText().contains(String(line)))
            try await house.start()
            #expect(try house.status().incidents.isEmpty)
        }
    }

    @Test func ledgerPutBackIsRefusedUntilAccepted() async throws {
        try await withOldCopy { house, copy in
            let head = try #require(remembered(house))
            try putBack(copy, house)
            let size = try house.reader.size()
            try await waitForDoubt(house)
            // Nothing is written, and no word but the right one lets it go on.
            try house.drop(Export.file([3]), as: "third.csv")
            #expect(try await house.ecocctl("doctor", "--acknowledge").status == 1)
            #expect(try await house.ecocctl("ledger", "accept-restore", "--reason", "  ").status == 1)
            #expect(try await house.ecocctl("rescan").status == 0)
            #expect(try await house.ecocctl("retry", "20261123T140512.123Z-k7q2mzr4").text.isEmpty)
            house.reload()
            try await house.eventually("the reload is refused") { house.logText().contains("The configuration is refused") }
            try await house.end()
            #expect(try house.reader.size() == size && remembered(house) == head)
            // The second start finds it as the first did.
            try await waitForDoubt(house)
            #expect(try await house.ecocctl("doctor").status == 1)
            let accepted = try await house.ecocctl("ledger", "accept-restore", "--reason", "restored the backup")
            #expect(accepted.status == 0, "\(accepted.everything)")
            try await expectAtWork(house, size: size, head: head)
        }
    }

    private func expectAtWork(_ house: House, size: Int, head: String) async throws {
        // What the spool did after the backup isn't in the ledger any more: that is for the administrator to look at, too.
        try await house.eventually("it goes on, or shows what recovery found") {
            guard let status = try? house.status() else { return false }
            return status.ready || status.incidents.contains { $0.submission != "ledger" }
        }
        if try !house.status().ready { #expect(try await house.ecocctl("doctor", "--acknowledge").status == 0) }
        #expect(try await house.report(of: "third.csv").outcome == "published")
        let event = try #require(try house.reader.entries(size..<size + 1).first?.record)
        #expect(event.kind == "ledger-restored" && event.text("reason") == "restored the backup" && event.number("size") == size)
        #expect(event.text("remembered-note") == head)
        #expect(try await house.verifyLedger() == 0)
        // What left the house before still tells.
        let told = try await house.ecocctl("ledger", "verify", "--against", "\(house.outbox)/\(Export.bundle(2))")
        #expect(told.status == 1 && told.text.contains("TAMPERED"), "\(told.everything)")
        #expect(try await house.ecocctl("ledger", "verify", "--against", "\(house.outbox)/\(Export.bundle(1))").status == 0)
        try await house.end()
        // As docs/operations.md says: what the ledger has forgotten leaves the spool.
        for name in try files.contentsOfDirectory(atPath: "\(house.spool)/archive") where try house.reader.submission(name) == nil {
            try files.moveItem(atPath: "\(house.spool)/archive/\(name)", toPath: "\(house.root)/\(name)")
        }
        try await house.start()
        #expect(try await house.ecocctl("ledger", "accept-restore", "--reason", "x").text.contains("nothing to accept"))
    }

    @Test func forkOfTheSameSizeIsRefused() async throws {
        try await withOldCopy { house, copy in
            let size = try house.reader.size()
            try putBack(copy, house)
            let key = try CheckpointKey.load(from: "\(house.state)/checkpoint.key")
            let ledger = try Ledger(path: house.ledger, origin: "house.example/ecoc/1", key: key)
            let missing = try size - ledger.size()
            try ledger.commit((0..<missing).map { Event(.started, ["version": "forged", "pid": .number($0)]) })
            ledger.close()
            #expect(try house.reader.size() == size)
            // By itself it is sound: only what was kept outside shows it.
            #expect(try await house.ecocctl("ledger", "verify", "--database", house.ledger).status == 0)
            let told = try await house.ecocctl("ledger", "verify")
            #expect(told.status == 1 && told.text.contains("ledger.head"), "\(told.everything)")
            try await waitForDoubt(house)
            #expect(try house.status().incidents[0].what.contains("changed"))
        }
    }

    @Test func newLedgerInsteadOfTheOldOneIsRefused() async throws {
        try await withOldCopy { house, _ in
            for suffix in ["", "-wal", "-shm"] { try? files.removeItem(atPath: house.ledger + suffix) }
            try await waitForDoubt(house)
            #expect(try house.reader.size() == 0)
        }
    }

    @Test func forgottenHeadIsToldInTheLedger() async throws {
        try await withOldCopy { house, _ in
            let size = try house.reader.size()
            try files.removeItem(atPath: "\(house.spool)/ledger.head")
            try await house.start()
            let event = try #require(try house.reader.entries(size..<size + 1).first?.record)
            #expect(event.kind == "recovered" && event.text("what")?.contains("no head was remembered") == true)
            #expect(house.logText().contains("<4>There is a ledger, but no head was remembered"))
        }
    }
}
