import Foundation
import Linux
import Testing

@testable import Audit

@Suite("Backups") struct BackupTests {
    private let test: TestLedger
    private let ledger: Ledger

    init() throws {
        test = try TestLedger()
        ledger = try test.open()
        for life in 0..<3 {
            for events in Sample.life("S\(life)", vins: (0..<100).map { "V\(life)-\($0)" }) { try ledger.commit(events) }
        }
    }

    @Test func aBackupIsAnIntactLedgerOfItsMoment() throws {
        let size = try LedgerReader(path: test.path).size()
        let backup = try make("copy.db")
        try ledger.commit([Sample.started()])
        #expect(backup.size == size)
        let verification = try LedgerVerifier.verify(path: backup.path, verifierKey: test.verifierKey)
        #expect(verification.isIntact && verification.isSignatureVerified && verification.rootHash == backup.rootHash)
        let status = try Directory(test.folder).status("copy.db")
        #expect(status.mode & 0o777 == 0o600 && status.size == backup.bytes)
        #expect(try test.output("sha256sum", [backup.path]).hasPrefix(backup.sha256))
        #expect(try names().allSatisfy { !$0.hasSuffix(".part") })
    }

    @Test func aBackupIsRecorded() throws {
        let backup = try make("copy.db")
        let at = try ledger.commit([backup.event(by: .person(uid: 7, name: "ada"))])
        let record = try #require(try LedgerReader(path: test.path).entries(at).first?.record)
        #expect(record.kind == "backed-up" && record.actor == "7:ada" && record.text("head") == backup.rootHash)
        #expect(record.number("size") == backup.size && record.text("sha256") == backup.sha256)
        #expect(try test.verify().isIntact)
    }

    /// The ledger can be opened from a backup and goes on where it was.
    @Test func aBackupIsALedgerToGoOnWith() throws {
        let backup = try make("copy.db")
        let other = try Ledger(path: backup.path, origin: TestLedger.origin, key: test.key)
        #expect(try other.commit([Sample.started()]) == backup.size..<backup.size + 1)
        other.close()
        #expect(try LedgerVerifier.verify(path: backup.path, verifierKey: test.verifierKey).isIntact)
    }

    @Test func aNameThatIsTakenIsRefused() throws {
        let path = test.folder + "/taken.db"
        try Data("mine".utf8).write(to: URL(filePath: path))
        #expect(throws: LedgerError.self) { try make("taken.db") }
        #expect(try Data(contentsOf: URL(filePath: path)) == Data("mine".utf8))
        #expect(throws: LedgerError.self) { try make("nowhere/copy.db") }
        #expect(throws: LedgerError.self) { try make("ledger.db") }
    }

    @Test func aLeftoverOfAnEarlierOneIsReplaced() throws {
        try Data("half".utf8).write(to: URL(filePath: test.folder + "/.copy.db.part"))
        #expect(try LedgerVerifier.verify(path: make("copy.db").path, verifierKey: test.verifierKey).isIntact)
    }

    @Test func aDamagedLedgerGivesNoBackup() throws {
        try test.tamper("UPDATE certificate SET state = 'validated'")
        let error = #expect(throws: LedgerError.self) { try make("copy.db") }
        #expect(error?.code == .corrupt)
        #expect(try names().allSatisfy { !$0.contains("copy") })
    }

    /// Commits are taken while copies are made, and every copy is intact.
    @Test func committingGoesOnMeanwhile() throws {
        let isOver = Monitor(false)
        let ledger = ledger
        let writer = try Linux.Thread(name: "commits") {
            var number = 0
            while !isOver.read(\.self) {
                number += 1
                _ = try? ledger.commit([Sample.started(number)])
            }
        }
        defer {
            isOver.withLock { $0 = true }
            writer.join()
        }
        var sizes: [Int] = []
        for number in 0..<5 { sizes.append(try make("copy-\(number).db").size) }
        #expect(sizes == sizes.sorted())
        #expect(ledger.failure == nil)
    }

    @Test func offlineOnlyWithoutAWriter() throws {
        let target = test.folder + "/copy.db"
        let error = #expect(throws: LedgerError.self) {
            try BackupSet.makeOffline(of: test.path, to: target, takesClosed: true, verifierKey: test.verifierKey)
        }
        #expect(error?.code == .open)
        ledger.close()
        let made = try BackupSet.makeOffline(of: test.path, to: target, takesClosed: true, verifierKey: test.verifierKey)
        #expect(made.open.path == target && made.closed.isEmpty)
    }

    @Test func aFolderGetsAFileNamedAfterTheTime() throws {
        let time = Timestamp(milliseconds: 1_795_000_000_000)
        #expect(LedgerBackup.target(test.folder, at: time) == "\(test.folder)/ledger-\(time.compactText.prefix(15))Z.db")
        #expect(LedgerBackup.target(test.folder + "/x.db", at: time) == test.folder + "/x.db")
    }

    private func make(_ name: String) throws -> LedgerBackup {
        try LedgerBackup.make(of: test.path, to: "\(test.folder)/\(name)", verifierKey: test.verifierKey)
    }

    private func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: test.folder) }
}
