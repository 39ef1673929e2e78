import Foundation
import Hashing
import Linux
import Testing

@testable import Audit

@Suite("Anchors")
struct AnchorTests {
    private func anchor(_ note: String, _ evidence: String = "a token", kind: Anchor.Kind = .timestamp) -> Anchor {
        Anchor(
            kind: kind, note: note, authority: "CN=Stamps", time: Timestamp(milliseconds: 1_800_000_000_000), evidence: Array(evidence.utf8)
        )
    }

    private func head(_ test: TestLedger) throws -> String { try LedgerReader(path: test.path).head() }

    @Test("are recorded with their entry and the head that they are of, once")
    func recorded() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.started(1), Sample.started(2)])
        let note = try head(test)
        try ledger.commit([Sample.started(3)])
        let position = try ledger.record(anchor(note), by: .person(uid: 7, name: "anchor"))
        #expect(position == 3)
        #expect(try ledger.record(anchor(note), by: .daemon) == 3, "the same again")
        #expect(try ledger.record(anchor(note, "another", kind: .cosignature), by: .daemon) == 4)
        #expect(try ledger.largestAnchor()?.position == 4)
        ledger.close()
        let reader = try LedgerReader(path: test.path)
        let stored = try reader.anchors()
        #expect(stored.map(\.position) == [3, 4] && stored.map(\.kind) == ["rfc3161", "cosignature"] && stored.map(\.size) == [2, 2])
        #expect(
            stored.allSatisfy { $0.note == note } && stored[0].evidence == Array("a token".utf8) && stored[0].time == "2027-01-15T08:00:00Z"
        )
        let record = try #require(try reader.entries(3..<4).first?.record)
        #expect(
            record.kind == "anchored" && record.actor == "7:anchor"
                && record.text("sha256") == SHA256.hexadecimal(of: Array("a token".utf8)))
        #expect(try reader.largestAnchoredSize(.cosignature, authority: "CN=Stamps") == 2)
        #expect(try reader.largestAnchoredSize(.cosignature, authority: "CN=Other") == nil)
        #expect(try reader.anchors(after: 3).map(\.position) == [4])
        #expect(try reader.firstEntryToAnchor(from: 2)?.position == 2)
        #expect(try reader.firstEntryToAnchor(from: 3) == nil)
        #expect(try test.verify().isIntact)
    }

    @Test("of an older head come late, and the proofs in bundles stay the same")
    func late() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.received("s1")])
        try ledger.commit([Sample.validated("s1", "V1"), Sample.validated("s1", "V2", row: 3)])
        let early = try head(test)
        try ledger.commit([Sample.step(.generated, "s1", "V1"), Sample.step(.generated, "s1", "V2")])
        try ledger.commit([Sample.step(.sealed, "s1", "V1"), Sample.step(.sealed, "s1", "V2")])
        let before = try #require(try ledger.sealingProofs(submission: "s1", rows: [2, 3]))
        let kept = try head(test)
        _ = try ledger.record(anchor(early), by: .daemon)
        _ = try ledger.record(anchor(kept, "of a kept head"), by: .daemon)
        #expect(try ledger.sealingProofs(submission: "s1", rows: [2, 3]) == before)
        ledger.close()
        #expect(try test.verify().isIntact)
    }

    @Test(
        "of what isn't a head of this ledger are refused, and the ledger goes on",
        arguments: ["nonsense", "another key", "another root", "later", "one more line"])
    func foreign(kind: String) throws {
        let (test, other) = (try TestLedger(), try TestLedger())
        let ledger = try test.open()
        try ledger.commit([Sample.started()])
        let root = try #require(try ledger.root(ofFirst: 1))
        let note =
            switch kind {
            case "another key": try HeadSigner(origin: TestLedger.origin, key: other.key, path: "").note(size: 1, root: root)
            case "another root": try HeadSigner(origin: TestLedger.origin, key: test.key, path: "").note(size: 1, root: .zero)
            case "later": try HeadSigner(origin: TestLedger.origin, key: test.key, path: "").note(size: 9, root: root)
            case "one more line": try head(test) + "— witness.example/w AAAAAAAAAAAA\n"
            default: kind
            }
        let error = #expect(throws: LedgerError.self) { try ledger.record(anchor(note), by: .daemon) }
        guard case .refused(.foreignHead)? = error?.code else { Issue.record("\(String(describing: error))"); return }
        try ledger.commit([Sample.started()])
        ledger.close()
        #expect(try LedgerReader(path: test.path).anchors().isEmpty && test.verify().isIntact)
    }

    static let tampering = [
        ("changed", "DROP TRIGGER anchor_no_update; UPDATE anchor SET evidence = x'00';", 2),
        ("given another time", "DROP TRIGGER anchor_no_update; UPDATE anchor SET obtained_at = '2020-01-01T00:00:00Z';", 2),
        ("given another head", "DROP TRIGGER anchor_no_update; UPDATE anchor SET size = 1;", 2),
        ("taken away", "DROP TRIGGER anchor_no_delete; DELETE FROM anchor;", 2),
        ("invented", "INSERT INTO anchor SELECT 3, size, kind, authority, obtained_at, evidence FROM anchor;", 3),
        ("left without its head", "DROP TRIGGER checkpoint_no_delete; DELETE FROM checkpoint;", 2),
    ]

    @Test("that somebody tampered with are found, and said where", arguments: tampering)
    func tampered(name: String, sql: String, position: Int) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.started(1), Sample.started(2)])
        _ = try ledger.record(anchor(head(test)), by: .daemon)
        try ledger.commit([Sample.started(3)])
        ledger.close()
        #expect(try test.verify().isIntact)
        try test.tamper(sql)
        let found = try test.verify()
        #expect(found.problems.contains { $0.kind == .anchor && $0.position == position }, "\(name): \(found.problems)")
        for forbidden in ["UPDATE anchor SET size = 1", "DELETE FROM anchor", "INSERT OR REPLACE INTO anchor SELECT * FROM anchor"] {
            let fresh = try TestLedger()
            let ledger = try fresh.open()
            try ledger.commit([Sample.started(1)])
            _ = try ledger.record(anchor(head(fresh)), by: .daemon)
            ledger.close()
            #expect(throws: TestLedger.Failure.self, "\(forbidden)") { try fresh.tamper(forbidden) }
        }
    }

    /// The example of C2SP tlog-cosignature: a line of that form, by a key that this test made with openssl's Ed25519.
    @Test("by witnesses hold for the very head, key and time")
    func cosignatures() throws {
        let test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit([Sample.started()])
        ledger.close()
        let note = try head(test)
        let head = try #require(CheckpointNote(note))
        let (name, seconds) = ("witness.example/w", UInt64(1_800_000_000))
        let identity = Array(SHA256.digest(of: Array(name.utf8) + [0x0A, 0x04] + test.key.publicKey).bytes.prefix(4))
        let key = try #require(WitnessKey("\(name)+\(Hexadecimal.encode(identity))+\(Base64.encode([0x04] + test.key.publicKey))"))
        func line(_ message: String, time: UInt64 = seconds) throws -> String {
            let signature = try #require(test.key.sign(Array(message.utf8)))
            let bytes = identity + (0..<8).map { UInt8(truncatingIfNeeded: time >> (56 - 8 * $0)) } + signature
            return "— \(name) \(Base64.encode(bytes))\n"
        }
        let good = try line("cosignature/v1\ntime \(seconds)\n\(head.body)")
        let found = try #require(key.cosignature(in: "— other.example AAAAAAAA\n" + good, of: head))
        #expect(found.line == good && found.time.textToTheSecond == "2027-01-15T08:00:00Z" && key.isNamed(in: good))
        for bad in [
            try line("cosignature/v1\ntime \(seconds)\n\(head.body)", time: seconds + 1), try line("time \(seconds)\n\(head.body)"),
            try line("cosignature/v1\ntime \(seconds)\n" + head.body.replacing("\n1\n", with: "\n2\n")),
            try line("cosignature/v1\ntime 0\n\(head.body)", time: 0),
            try line("cosignature/v1\ntime \(UInt64.max)\n\(head.body)", time: .max),
            good.replacing(name, with: "witness.example/x"), "", "\n\n", "— \(name) \n",
        ] {
            #expect(key.cosignature(in: bad, of: head) == nil, "\(bad)")
        }
        // A log's key is no witness's key, and its id belongs to name and type.
        #expect(WitnessKey(test.verifierKey) == nil)
        #expect(WitnessKey("\(name)+00000000+\(Base64.encode([0x04] + test.key.publicKey))") == nil)
        #expect(WitnessQuestion(oldSize: 0, proof: [], note: note).text == "old 0\n\n\(note)")
        let zero = String(repeating: "A", count: 43) + "="
        #expect(WitnessQuestion(oldSize: 7, proof: [.zero], note: note).text == "old 7\n\(zero)\n\n\(note)")
    }
}
