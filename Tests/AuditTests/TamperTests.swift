import Foundation
import Testing

@testable import Audit
import Hashing

@Suite("Tampering", .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/sqlite3"), "needs the sqlite3 shell"))
struct TamperTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let name: String
        let sql: String
        let kind: LedgerVerification.Kind
        let position: Int?
        var testDescription: String { name }
    }

    private static let free = "DROP TRIGGER entry_no_update; DROP TRIGGER entry_no_delete; DROP TRIGGER entry_order;"
    private static let tie = Schema.triggers.filter { $0.name.hasPrefix("entry_") }.map(\.sql).joined(separator: ";") + ";"

    static let cases: [Case] = [
        Case(
            name: "a byte edited",
            sql: free + "UPDATE entry SET record = CAST(replace(record, 'pid\":30,', 'pid\":31,') AS BLOB) WHERE position = 30;" + tie,
            kind: .leafHash, position: 30),
        Case(name: "a middle row deleted", sql: free + "DELETE FROM entry WHERE position = 40;" + tie, kind: .missing, position: 40),
        Case(name: "the tail cut", sql: free + "DELETE FROM entry WHERE position >= 317;" + tie, kind: .missing, position: 317),
        Case(
            name: "two rows swapped",
            sql: free
                + "CREATE TEMP TABLE t AS SELECT * FROM entry WHERE position IN (5, 9); UPDATE entry SET (leaf_hash, record) = "
                + "(SELECT leaf_hash, record FROM t WHERE t.position = 14 - entry.position) WHERE position IN (5, 9);" + tie,
            kind: .tileRoot, position: 0),
        Case(
            name: "a row appended", sql: "INSERT INTO entry SELECT max(position) + 1, leaf_hash, record FROM entry;", kind: .unexpected,
            position: 320),
        Case(
            name: "a row inserted",
            sql: free
                + "UPDATE entry SET position = -position - 1 WHERE position >= 100; UPDATE entry SET position = -position WHERE position < 0;"
                + "INSERT INTO entry SELECT 100, leaf_hash, record FROM entry WHERE position = 99;" + tie, kind: .tileRoot, position: 0),
        Case(
            name: "a row given a leaf hash of another record",
            sql: free + "UPDATE entry SET leaf_hash = (SELECT leaf_hash FROM entry WHERE position = 8) WHERE position = 7;" + tie,
            kind: .leafHash, position: 7),
        Case(name: "a trigger dropped", sql: "DROP TRIGGER entry_no_update;", kind: .schema, position: nil),
        Case(name: "a table added", sql: "CREATE TABLE more(a);", kind: .schema, position: nil),
        Case(
            name: "a tile root forged",
            sql: "DROP TRIGGER tile_root_no_update; UPDATE tile_root SET hash = zeroblob(32);", kind: .tileRoot, position: 0),
        Case(name: "a tile root added", sql: "INSERT INTO tile_root VALUES(0, 1, zeroblob(32));", kind: .unexpected, position: nil),
        Case(name: "a tile root removed", sql: "DROP TRIGGER tile_root_no_delete; DELETE FROM tile_root;", kind: .tileRoot, position: 0),
        Case(
            name: "a certificate's state forged", sql: "UPDATE certificate SET state = 'published' WHERE vin = 'OPEN';", kind: .projection,
            position: 2),
        Case(name: "a certificate forgotten", sql: "DELETE FROM certificate WHERE vin = 'OPEN';", kind: .projection, position: 2),
        Case(
            name: "a certificate invented",
            sql: "INSERT INTO certificate SELECT 'NEW', 1, 1, 's', 2, 'sealed', '', NULL, NULL, NULL, NULL, NULL, 3, 3;",
            kind: .projection, position: 3),
        Case(name: "an open move forgotten", sql: "DELETE FROM open_move;", kind: .projection, position: 1),
        Case(name: "a receipt forged", sql: "UPDATE receipt SET inode = '1';", kind: .projection, position: 0),
        Case(name: "a submission forged", sql: "UPDATE submission SET stage = 'archive';", kind: .projection, position: 2),
        Case(
            name: "an index emptied behind its table's back",
            sql: "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = sql || ' WHERE 0' WHERE name = 'certificate_submission';"
                + "PRAGMA writable_schema = RESET; REINDEX certificate_submission; PRAGMA writable_schema = ON;"
                + "UPDATE sqlite_schema SET sql = substr(sql, 1, length(sql) - 8) WHERE name = 'certificate_submission';",
            kind: .unreadable, position: 2),
        Case(
            name: "a record of another form",
            sql: free + "UPDATE entry SET record = CAST(record || ' ' AS BLOB) WHERE position = 30;" + tie, kind: .record, position: 30),
        Case(name: "the head gone", sql: "DELETE FROM head;", kind: .head, position: nil),
        Case(
            name: "the head's signature cut",
            sql: "UPDATE head SET note = substr(note, 1, length(note) - 13) || 'AAAAAAAAAAA=' || char(10);",
            kind: .signature, position: nil),
    ]

    private func ledger(_ test: TestLedger) throws {
        let ledger = try test.open()
        try ledger.commit([Sample.received("s1"), Sample.move(.moving, "s1", "tmp", "ingest"), Sample.validated("s1", "OPEN")])
        try ledger.commit((3..<320).map { Sample.started($0) })
        ledger.close()
    }

    @Test("is found, and said where", arguments: cases)
    func found(attack: Case) throws {
        let test = try TestLedger()
        try ledger(test)
        #expect(try test.verify().isIntact)
        try test.tamper(attack.sql)
        let found = try test.verify()
        #expect(
            found.problems.contains { $0.kind == attack.kind && $0.position == attack.position },
            "\(attack.name): \(found.problems.map(\.description))")
        let told = try LedgerCommand.verify(test)
        #expect(told.status == 1 && told.text.contains("TAMPERED  \(attack.kind.rawValue): "), "\(told)")
        if let position = attack.position { #expect(told.text.contains("entry \(position): "), "\(told)") }
        #expect(found.problemCount <= 5, "one deed shouldn't drown the reader: \(found.problems.map(\.description))")
    }

    @Test(
        "by somebody who computes leaf hashes anew is found by the tile root or the head",
        arguments: [(7, LedgerVerification.Kind.tileRoot), (310, .head)])
    func rehashed(position: Int, kind: LedgerVerification.Kind) throws {
        let test = try TestLedger()
        try ledger(test)
        let entry = try #require(try LedgerReader(path: test.path).entries(position..<position + 1).first)
        let text = String(decoding: entry.bytes, as: UTF8.self).replacingOccurrences(of: #""pid":\#(position)"#, with: #""pid":1"#)
        let leaf = SHA256.digest(of: [0] + Array(text.utf8))
        try test.tamper(
            Self.free
                + "UPDATE entry SET record = CAST('\(text)' AS BLOB), leaf_hash = X'\(leaf.hexadecimal)' WHERE position = \(position);"
                + Self.tie)
        let found = try test.verify()
        #expect(!found.problems.contains { $0.kind == .leafHash || $0.kind == .schema })
        #expect(found.problems.contains { $0.kind == kind && $0.position == (kind == .tileRoot ? 0 : nil) }, "\(found.problems)")
        #expect(found.problems.contains { $0.kind == .head })
    }

    @Test("by a head from another key is found, by verifying and at opening")
    func foreignHead() throws {
        let test = try TestLedger()
        try ledger(test)
        let other = try TestLedger()
        try ledger(other)
        try test.tamper("ATTACH '\(other.path)' AS other; UPDATE head SET note = (SELECT note FROM other.head);")
        let found = try test.verify()
        #expect(found.problems.contains { $0.kind == .signature } && !found.isSignatureVerified)
        #expect(throws: LedgerError.self) { try test.open() }
    }

    @Test("by somebody without the key, who computes everything anew, is found by the signature")
    func rebuiltWithoutKey() throws {
        let test = try TestLedger()
        try ledger(test)
        let stranger = try CheckpointKey.create(at: test.folder + "/stranger.key")
        try test.replace(with: test.rewritten(changed: 7, signedBy: stranger))
        #expect(try test.verify().problems.map(\.kind) == [.signature])
        let told = try LedgerCommand.verify(test)
        #expect(told.status == 1 && told.text.contains("TAMPERED  signature: "), "\(told)")
    }

    @Test("with a kept checkpoint is found")
    func keptCheckpoint() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit((0..<10).map { Sample.started($0) })
        let note = try LedgerReader(path: test.path).head()
        try ledger.commit((10..<30).map { Sample.started($0) })
        ledger.close()
        try test.tamper("INSERT INTO checkpoint VALUES(10, '\(note)')")
        #expect(try test.verify().isIntact)
        try test.tamper("INSERT INTO checkpoint VALUES(20, '\(note.replacing("\n10\n", with: "\n20\n"))')")
        let found = try test.verify()
        #expect(found.problems.contains { $0.kind == .head && $0.position == 19 } && found.problems.contains { $0.kind == .signature })
    }

    @Test("can't be done through triggers")
    func triggers() throws {
        let test = try TestLedger()
        try ledger(test)
        for sql in [
            "UPDATE entry SET record = x'7b7d' WHERE position = 1", "DELETE FROM entry WHERE position = 319",
            "INSERT OR REPLACE INTO entry SELECT 5, leaf_hash, record FROM entry WHERE position = 6",
            "INSERT INTO entry SELECT -1, leaf_hash, record FROM entry WHERE position = 6",
            "INSERT INTO entry SELECT 400, leaf_hash, record FROM entry WHERE position = 6", "DELETE FROM tile_root",
            "UPDATE tile_root SET hash = zeroblob(32)", "INSERT INTO checkpoint VALUES(1, ''), (1, '')",
        ] {
            #expect(throws: TestLedger.Failure.self, "\(sql)") { try test.tamper(sql) }
        }
        #expect(try test.verify().isIntact)
    }

    @Test("with the file itself is told, not trapped on")
    func damagedFile() throws {
        let test = try TestLedger()
        try ledger(test)
        let file = URL(filePath: test.path)
        let sound = try Data(contentsOf: file)
        for page in stride(from: 1, to: sound.count / 4_096, by: 3) {
            var damaged = sound
            damaged.replaceSubrange(page * 4_096..<page * 4_096 + 64, with: Data(repeating: 0xA5, count: 64))
            try damaged.write(to: file)
            if let found = try? test.verify() { #expect(!found.isIntact, "page \(page)") }
        }
        try Data("x".utf8).write(to: file)
        #expect(throws: LedgerError.self) { try test.verify() }
        #expect(throws: LedgerError.self) { try LedgerVerifier.verify(path: test.folder + "/none.db") }
        #expect(throws: LedgerError.self) { try LedgerVerifier.verify(path: test.path, verifierKey: "nonsense") }
    }
}
