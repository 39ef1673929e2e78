import Foundation
import Testing

@testable import Audit
import Hashing

@Suite("Proof files")
struct LogProofTests {
    private let test: TestLedger
    private let entry: EntryProof
    private let key: VerifierKey

    /// Entry 4 of a ledger of 11 entries.
    init() throws {
        test = try TestLedger()
        let ledger = try test.open()
        try ledger.commit((0..<11).map { Sample.started($0) })
        ledger.close()
        entry = try #require(try LedgerReader(path: test.path).proofs(of: [4], upTo: .head).first)
        key = try #require(VerifierKey(test.verifierKey))
    }

    @Test("are read as written, and prove their record")
    func roundTrip() throws {
        let text = entry.proof.text
        #expect(text.hasPrefix("c2sp.org/tlog-proof@v1\nindex 4\n") && text.contains("\n\n\(TestLedger.origin)\n11\n"))
        let read = try LogProof(reading: Array(text.utf8))
        #expect(read == entry.proof && read.path.count == 4)
        let note = try read.verify(record: entry.record, key: key)
        #expect(note.size == 11 && note.origin == TestLedger.origin)
        let extended = text.replacing("index 4", with: "extra AQID\nindex 4")
        #expect(try LogProof(reading: Array(extended.utf8)).extra == [1, 2, 3])
        #expect(try LogProof(reading: Array(extended.utf8)).text == extended)
    }

    @Test("prove nothing after any change")
    func everyByte() throws {
        let bytes = Array(entry.proof.text.utf8)
        for index in bytes.indices {
            for bit in [UInt8(1), 0x20, 0x80] {
                var changed = bytes
                changed[index] ^= bit
                #expect(throws: ProofFlaw.self, "byte \(index)") { try LogProof(reading: changed).verify(record: entry.record, key: key) }
            }
        }
        for count in bytes.indices {
            #expect(throws: ProofFlaw.self) { try LogProof(reading: Array(bytes.prefix(count))).verify(record: entry.record, key: key) }
        }
        for index in entry.record.indices {
            var record = entry.record
            record[index] ^= 1
            #expect(throws: ProofFlaw.self) { try entry.proof.verify(record: record, key: key) }
        }
    }

    @Test("of another log or key prove nothing")
    func otherKey() throws {
        let other = try TestLedger()
        let stranger = try #require(VerifierKey(other.verifierKey))
        #expect(throws: ProofFlaw.self) { try entry.proof.verify(record: entry.record, key: stranger) }
        let renamed = try #require(VerifierKey(test.key.verifierKey(origin: "example.org/other")))
        #expect(throws: ProofFlaw.self) { try entry.proof.verify(record: entry.record, key: renamed) }
    }

    @Test(
        "have one spelling",
        arguments: [
            ("index 4", "index 04"), ("index 4", "index +4"), ("index 4", "index -4"), ("index 4", "index 4 "), ("index 4", "Index 4"),
            ("index 4", "index 99999999999999999999"), ("index 4", "extra \nindex 4"), ("index 4", "extra A\nindex 4"),
            ("index 4", "extra AQID\nextra AQID\nindex 4"), ("index 4", "\nindex 4"), ("@v1", "@v2"), ("@v1\n", "@v1\r\n"), ("=\n", "\n"),
            ("=\n\n", "=\n"), ("=\n", "= \n"),
        ])
    func strictness(from: String, to: String) {
        let text = entry.proof.text
        let range = text.firstRange(of: from)
        let changed = range.map { text.replacingCharacters(in: $0, with: to) } ?? text
        #expect(changed != text)
        #expect(throws: ProofFlaw.self) { try LogProof(reading: Array(changed.utf8)) }
    }

    @Test("never trap, whatever the bytes")
    func noise() {
        let bytes = Array(entry.proof.text.utf8)
        for _ in 0..<500 {
            var changed = bytes
            for _ in 0..<Int.random(in: 1...6) { changed[Int.random(in: changed.indices)] = UInt8.random(in: 0...255) }
            if Bool.random() { changed.removeSubrange(Int.random(in: changed.indices)...) }
            _ = try? LogProof(reading: changed).verify(record: entry.record, key: key)
        }
        #expect(throws: ProofFlaw.self) { try LogProof(reading: [UInt8](repeating: 0x0A, count: LogProof.maximumBytes + 1)) }
    }
}
