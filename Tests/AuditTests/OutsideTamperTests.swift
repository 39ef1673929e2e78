import Foundation
import Testing

@testable import Audit

/// Deeds after which a ledger agrees with itself: `ecocctl ledger verify` finds nothing, and `--against` something that was kept elsewhere
/// shows them.
@Suite(
    "Tampering that only an outside copy shows",
    .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"), "needs the sqlite3 shell"))
struct OutsideTamperTests {
    private let test: TestLedger
    /// A folder with the heads of 200 and 320 entries, and a proof of entry 120.
    private let kept: String

    init() throws {
        test = try TestLedger()
        kept = test.folder + "/kept"
        try FileManager.default.createDirectory(atPath: kept, withIntermediateDirectories: false)
        let ledger = try test.open()
        try ledger.commit((0..<200).map { Sample.started($0) })
        try keep("200.note")
        try FileManager.default.copyItem(atPath: test.path, toPath: test.folder + "/backup.db")
        try FileManager.default.copyItem(atPath: test.path + "-wal", toPath: test.folder + "/backup.db-wal")
        try ledger.commit((200..<320).map { Sample.started($0) })
        try keep("320.note")
        let proof = try #require(try LedgerReader(path: test.path).proofs(of: [120], upTo: .head).first)
        try Data(proof.proof.text.utf8).write(to: URL(filePath: kept + "/120.tlog-proof"))
        try FileManager.default.copyItem(atPath: test.path, toPath: test.folder + "/copy.db")
        try FileManager.default.copyItem(atPath: test.path + "-wal", toPath: test.folder + "/copy.db-wal")
        ledger.close()
    }

    private func keep(_ name: String) throws {
        try Data(LedgerReader(path: test.path).head().utf8).write(to: URL(filePath: "\(kept)/\(name)"))
    }

    private func expectShown(_ ledger: String, _ sentences: String..., sourceLocation: SourceLocation = #_sourceLocation) throws {
        let base = ["ledger", "verify", "--database", ledger, "--verifier-key", test.verifierKey]
        let alone = try LedgerCommand.run(base)
        #expect(alone.status == 0 && alone.text.contains("\nintact"), "\(alone)", sourceLocation: sourceLocation)
        let against = try LedgerCommand.run(base + ["--against", kept])
        #expect(against.status == 1 && against.text.contains("TAMPERED  "), "\(against)", sourceLocation: sourceLocation)
        for sentence in sentences { #expect(against.text.contains(sentence), "\(against)", sourceLocation: sourceLocation) }
        let json = try LedgerCommand.run(base + ["--against", kept, "--json"])
        #expect(json.status == 1 && json.text.contains("\"contradicts\""), "\(json)", sourceLocation: sourceLocation)
    }

    @Test("is none where nothing was done")
    func nothing() throws {
        let told = try LedgerCommand.verify(test, ["--against", kept])
        #expect(told.status == 0 && told.text.contains("agrees with 3 of 3 heads kept elsewhere, the largest of 320 entries"), "\(told)")
    }

    @Test("a ledger forked behind entry 199 and signed again with its real key")
    func fork() throws {
        let forged = try test.rewritten(changed: 250)
        try expectShown(forged.path, "Among entries 200 to 319 something was changed", "the first 200, until 2")
    }

    @Test("one rewritten from its beginning")
    func rewritten() throws {
        let forged = try test.rewritten(changed: 3)
        try expectShown(forged.path, "Among entries 0 to 199 something was changed")
    }

    @Test("an old backup put back, with the head of its time")
    func oldBackup() throws {
        try expectShown(test.folder + "/backup.db", "The head covers 320 entries and the ledger has 200: it was cut or put back.")
    }

    @Test("the write-ahead log cut, so that the newest commits are gone")
    func cutLog() throws {
        let log = URL(filePath: test.folder + "/copy.db-wal")
        let whole = try Data(contentsOf: log)
        // Behind the newest commit there are zeros: the file grows ahead.
        let end = try #require(whole.lastIndex { $0 != 0 })
        try whole.prefix(through: end).dropLast(4_096 + 24).write(to: log)
        try expectShown(test.folder + "/copy.db", "The head covers 320 entries and the ledger has 200: it was cut or put back.")
    }

    @Test("and heads of another log, or another key, say nothing: exit code 2; without a key it is 3")
    func strangers() throws {
        let other = try TestLedger()
        let ledger = try other.open()
        try ledger.commit([Sample.started()])
        ledger.close()
        try Data(LedgerReader(path: other.path).head().utf8).write(to: URL(filePath: test.folder + "/other.note"))
        let told = try LedgerCommand.verify(test, ["--against", test.folder + "/other.note"])
        #expect(told.status == 2 && told.text.contains("UNUSABLE"), "\(told)")
        #expect(try LedgerCommand.verify(test, ["--against", test.folder + "/none.note"]).status == 2)
        #expect(try LedgerCommand.run(["ledger", "verify", "--database", test.path]).status == 3)
        #expect(try LedgerCommand.run(["ledger", "verify", "--database", test.folder + "/none.db"]).status == 2)
    }

    @Test("a file that is no ledger any more is unusable, and one with damaged pages is tampered with")
    func damage() throws {
        let size = try #require(try FileManager.default.attributesOfItem(atPath: test.path)[.size] as? Int)
        let sound = try Data(contentsOf: URL(filePath: test.path))
        // Without its schema a database can't be asked anything.
        let schema = try test.shell("SELECT pageno FROM dbstat WHERE name = 'sqlite_schema'").split(separator: "\n").compactMap { Int($0) }
        for page in stride(from: 2, to: size / 4_096, by: 5) {
            try test.overwrite([UInt8](repeating: 0xA5, count: 4_096), at: page * 4_096)
            let told = try LedgerCommand.verify(test)
            if schema.contains(page + 1) {
                #expect(told.status == 2, "page \(page): \(told)")
            } else {
                #expect(told.status == 1 && told.text.contains("TAMPERED  "), "page \(page): \(told)")
            }
            try sound.write(to: URL(filePath: test.path))
        }
        try test.overwrite([UInt8](repeating: 0xA5, count: 100), at: 0)
        #expect(try LedgerCommand.verify(test).status == 2)
    }
}
