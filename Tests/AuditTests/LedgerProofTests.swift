import Foundation
import Testing

@testable import Audit
import Hashing

@Suite("A ledger's proofs")
struct LedgerProofTests {
    /// Of three levels of tiles' kinds: 300 and more entries, in several commits.
    private func ledger(_ test: TestLedger, entries: Int) throws {
        let ledger = try test.open()
        for start in stride(from: 0, to: entries, by: 100) {
            try ledger.commit((start..<min(start + 100, entries)).map { Sample.started($0) })
        }
        ledger.close()
    }

    @Test("out of stored tiles are those out of leaves", arguments: [1, 2, 255, 256, 257, 511, 512, 700])
    func storedTiles(size: Int) throws {
        let test = try TestLedger()
        try ledger(test, entries: size)
        let reader = try LedgerReader(path: test.path)
        let leaves = try reader.entries(0..<size).map { MerkleProof.leafHash(of: $0.bytes) }
        let builder = ProofBuilder(LeavesInMemory(leaves: leaves))
        let positions = Set([0, 1, size / 2, size - 1].filter { $0 < size }).sorted()
        for proof in try reader.proofs(of: positions, upTo: .head) {
            #expect(try proof.proof.path == builder.inclusionPath(of: proof.position, in: 0..<size))
            #expect(throws: Never.self) { try proof.proof.verify(record: proof.record, key: VerifierKey(test.verifierKey)) }
        }
        for old in Set([1, size / 3, size / 2, size - 1, size].filter { $0 > 0 }) {
            #expect(try reader.root(ofFirst: old) == builder.root(of: 0..<old))
            #expect(try reader.consistencyPath(from: old, to: size) == builder.consistencyPath(of: 0..<old, in: 0..<size))
        }
        #expect(try reader.root(ofFirst: size + 1) == nil && reader.consistencyPath(from: 1, to: size + 1) == nil)
        #expect(throws: LedgerError.self) { try reader.proofs(of: [size], upTo: .head) }
    }

    @Test("out of two levels of tiles lead to the signed head")
    func manyTiles() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        let size = 66_000
        for start in stride(from: 0, to: size, by: 5_500) { try ledger.commit((start..<start + 5_500).map { Sample.started($0) }) }
        ledger.close()
        let reader = try LedgerReader(path: test.path)
        let key = VerifierKey(test.verifierKey)
        let positions = [0, 255, 256, 65_535, 65_536, 65_999, 12_345]
        let proofs = try reader.proofs(of: positions, upTo: .head)
        #expect(proofs.map(\.position) == positions)
        for proof in proofs { #expect(try proof.proof.verify(record: proof.record, key: key).size == size) }
    }

    @Test("of sealed certificates lead to the kept head of their commit, the same at any time")
    func keptHead() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.validated("s", "A", row: 2), Sample.validated("s", "B", row: 3)])
        let sealed = try ledger.commit([Sample.step(.sealed, "s", "A"), Sample.step(.sealed, "s", "B")])
        let first = try #require(try ledger.sealingProofs(submission: "s", rows: [2, 3]))
        #expect(first.map(\.position) == Array(sealed) && Set(first.map(\.proof.checkpoint)).count == 1)
        #expect(CheckpointNote(first[0].proof.checkpoint)?.size == sealed.upperBound)
        try ledger.commit([Sample.step(.publishing, "s", "A")])
        #expect(try ledger.sealingProofs(submission: "s", rows: [3]) == [first[1]])
        #expect(try ledger.sealingProofs(submission: "s", rows: [2, 3]) == nil, "one is being published")
        #expect(try ledger.sealingProofs(submission: "t", rows: [3]) == nil)
        let reader = try LedgerReader(path: test.path)
        #expect(try reader.proofs(of: Array(sealed), upTo: .firstKept) == first)
        #expect(
            try reader.proofs(of: [4], upTo: .firstKept).first?.proof.checkpoint.contains("\n5\n") == true, "the head, where none is kept")
        ledger.close()
        #expect(throws: LedgerError.self) { try ledger.sealingProofs(submission: "s", rows: [3]) }
        #expect(try test.verify().isIntact)
    }

    @Test("aren't made where an entry was changed")
    func changedEntry() throws {
        let test = try TestLedger()
        try ledger(test, entries: 20)
        try test.tamper("DROP TRIGGER entry_no_update; UPDATE entry SET record = CAST(record || ' ' AS BLOB) WHERE position = 7;")
        let reader = try LedgerReader(path: test.path)
        #expect(throws: LedgerError.self) { try reader.proofs(of: [7], upTo: .head) }
        #expect(throws: Never.self) { try reader.proofs(of: [8], upTo: .head) }
    }
}

@Suite("Heads kept elsewhere")
struct OutsideHeadTests {
    private let test: TestLedger
    private let key: VerifierKey
    /// The heads of 50 and 400 entries, and the proof of entry 120 under the latter.
    private let notes: [String]
    private let proof: EntryProof

    init() throws {
        test = try TestLedger()
        key = try #require(VerifierKey(test.verifierKey))
        let ledger = try test.open()
        try ledger.commit((0..<50).map { Sample.started($0) })
        let reader = try LedgerReader(path: test.path)
        let first = try reader.head()
        try ledger.commit((50..<400).map { Sample.started($0) })
        notes = [first, try reader.head()]
        proof = try #require(try reader.proofs(of: [120], upTo: .head).first)
        try ledger.commit((400..<500).map { Sample.started($0) })
        ledger.close()
    }

    private func compare(_ ledger: TestLedger? = nil) throws -> [HeadComparison] {
        let heads = try [
            OutsideHead(name: "new", proof: Array(proof.proof.text.utf8), record: proof.record), OutsideHead(name: "old", note: notes[0]),
        ]
        return try LedgerReader(path: (ledger ?? test).path).compare(with: heads, key: key)
    }

    /// The same ledger as somebody with its key would write it anew, with the entry at `changed` another.
    private func rewritten(changed: Int?, entries: Int = 500) throws -> TestLedger {
        let forged = try TestLedger()
        let original = try LedgerReader(path: test.path).entries(0..<entries)
        let ledger = try Ledger(path: forged.path, origin: TestLedger.origin, key: test.key)
        try ledger.commit(original.map { Sample.started($0.position) })
        ledger.close()
        // The original's times come back with its bytes: hashes, tiles and head follow from them.
        var hash = SHA256()
        var tree = TileTree()
        var sql = "BEGIN; DROP TRIGGER entry_no_update; DROP TRIGGER tile_root_no_update;"
        for entry in original {
            let text = String(decoding: entry.bytes, as: UTF8.self)
            let bytes = entry.position == changed ? Array(text.replacing("1.0", with: "9.9").utf8) : entry.bytes
            let leaf = MerkleProof.leafHash(of: bytes)
            for tile in tree.append(leaf, &hash) {
                sql += "UPDATE tile_root SET hash = x'\(tile.root)' WHERE level = \(tile.level) AND position = \(tile.position);"
            }
            sql +=
                "UPDATE entry SET record = x'\(Hexadecimal.encode(bytes))', leaf_hash = x'\(leaf)' WHERE position = \(entry.position);"
        }
        let note = try HeadSigner(origin: TestLedger.origin, key: test.key, path: "").note(size: entries, root: tree.root(&hash))
        sql +=
            "UPDATE head SET note = '\(note)';"
            + Schema.triggers.filter { ["entry_no_update", "tile_root_no_update"].contains($0.name) }
            .map { $0.sql + ";" }.joined()
        try forged.tamper(sql + "COMMIT;")
        return forged
    }

    @Test("agree with the ledger that they are of")
    func agreement() throws {
        let found = try compare()
        #expect(found.map(\.name) == ["old", "new"] && found.allSatisfy { $0.verdict == .agrees })
        #expect(try compare(rewritten(changed: nil)).allSatisfy { $0.verdict == .agrees })
    }

    @Test(
        "show a ledger that was rewritten with its own key, and which entries", arguments: [(120, 120), (121, 121), (130, 128), (300, 256)])
    func rewrittenLedger(changed: Int, told: Int) throws {
        let forged = try rewritten(changed: changed)
        let own = try LedgerVerifier.verify(path: forged.path, verifierKey: test.verifierKey)
        #expect(own.isIntact, "by itself it agrees with itself: \(own.problems)")
        let found = try compare(forged)
        #expect(found.map(\.verdict) == [.agrees, .contradicts])
        #expect(found[1].position == told && found[1].message.contains("the first 50, until 2"), "\(found[1].message)")
    }

    @Test("show a ledger that was put back to an older state")
    func putBack() throws {
        let found = try compare(rewritten(changed: nil, entries: 300))
        #expect(found.map(\.verdict) == [.agrees, .contradicts] && found[1].position == 300)
        #expect(found[1].message.contains("covers 400 entries and the ledger has 300"))
    }

    @Test("of other logs and keys say nothing")
    func strangers() throws {
        let other = try TestLedger()
        let ledger = try other.open()
        try ledger.commit((0..<10).map { Sample.started($0) })
        ledger.close()
        let head = try OutsideHead(name: "stranger", note: LedgerReader(path: other.path).head())
        #expect(try LedgerReader(path: test.path).compare(with: [head], key: key).map(\.verdict) == [.unusable])
        #expect(throws: ProofFlaw.self) { try OutsideHead(name: "none", note: "no note") }
        var record = proof.record
        record[5] ^= 1
        #expect(throws: ProofFlaw.self) { try OutsideHead(name: "bad", proof: Array(proof.proof.text.utf8), record: record) }
    }
}
