import Foundation
import Hashing
import Testing

@testable import Audit

@Suite("A remembered head")
struct RememberedHeadTests {
    private let person = Event.Actor.person(uid: 1000, name: "anna")

    private func note(_ test: TestLedger) throws -> String { try LedgerReader(path: test.path).head() }

    @Test("is replaced whole, and absent before the first write")
    func file() throws {
        let test = try TestLedger()
        let file = RememberedHead(path: test.folder + "/head")
        #expect(try file.read() == nil)
        try file.write("one\n")
        // What a write that was cut off leaves is in nobody's way.
        try Data("half".utf8).write(to: URL(filePath: test.folder + "/.head.part"))
        try file.write("two\n")
        #expect(try file.read() == "two\n")
        #expect(!FileManager.default.fileExists(atPath: test.folder + "/.head.part"))
        #expect(throws: (any Error).self) { try RememberedHead(path: test.folder + "/none/head").write("x") }
    }

    @Test("is given on after each commit, and the last is the newest")
    func given() throws {
        let test = try TestLedger()
        let heads = Heads()
        let ledger = try Ledger(path: test.path, origin: TestLedger.origin, key: test.key) { heads.add($0) }
        for number in 0..<5 { try ledger.commit([Sample.started(number)]) }
        ledger.close()
        #expect(heads.all.last == (try note(test)))
        #expect(heads.all.compactMap { CheckpointNote($0)?.size } == heads.all.compactMap { CheckpointNote($0)?.size }.sorted())
    }

    @Test("that the ledger extends changes nothing", arguments: [0, 1, 255, 256, 300])
    func extended(size: Int) throws {
        let test = try TestLedger()
        let ledger = try test.open()
        if size > 0 { try ledger.commit((0..<size).map { Sample.started($0) }) }
        let remembered = try note(test)
        for _ in 0..<2 {
            #expect(try ledger.withhold(unlessItExtends: remembered) == nil)
            try ledger.commit((0..<100).map { Sample.started($0) })
        }
        ledger.close()
    }

    @Test("larger than the ledger keeps it from taking anything until somebody answers for it")
    func putBack() throws {
        let test = try TestLedger()
        var ledger = try test.open()
        try ledger.commit((0..<300).map { Sample.started($0) })
        ledger.close()
        let copy = try Data(contentsOf: URL(filePath: test.path))
        ledger = try test.open()
        try ledger.commit((300..<320).map { Sample.started($0) })
        ledger.close()
        let remembered = try note(test)
        try copy.write(to: URL(filePath: test.path))

        ledger = try test.open()
        let doubt = try #require(try ledger.withhold(unlessItExtends: remembered))
        #expect(doubt.message.contains("320") && doubt.message.contains("300"))
        let failure = #expect(throws: LedgerError.self) { try ledger.commit([Sample.started()]) }
        #expect(failure?.code == .withheld)
        #expect(throws: LedgerError.self) { try ledger.openMoves() }
        #expect(try ledger.size() == 300)
        try ledger.acceptRestore(doubt, reason: "disk failed", by: person)
        try ledger.commit([Sample.started()])
        ledger.close()
        let record = try #require(try LedgerReader(path: test.path).entries(300..<301).first?.record)
        #expect(record.kind == "ledger-restored" && record.actor == "1000:anna" && record.text("reason") == "disk failed")
        #expect(record.number("size") == 300 && record.number("remembered-size") == 320)
        let head = try #require(CheckpointNote(remembered))
        #expect(record.text("remembered-root") == head.root.hexadecimal && record.text("remembered-note") == remembered)
        #expect(try test.verify().isIntact)
    }

    @Test("of the same size with another root is a contradiction")
    func fork() throws {
        let test = try TestLedger()
        var ledger = try test.open()
        try ledger.commit([Sample.started(1)])
        ledger.close()
        let copy = try Data(contentsOf: URL(filePath: test.path))
        ledger = try test.open()
        try ledger.commit([Sample.started(2)])
        ledger.close()
        let remembered = try note(test)
        try copy.write(to: URL(filePath: test.path))
        ledger = try test.open()
        try ledger.commit([Sample.started(3)])
        #expect(try ledger.withhold(unlessItExtends: remembered)?.message.contains("changed") == true)
        ledger.close()
    }

    @Test("that nobody can compare is a contradiction", arguments: ["nonsense", "", "another log", "another key", "no signature"])
    func unusable(kind: String) throws {
        let (test, other) = (try TestLedger(), try TestLedger())
        let ledger = try test.open()
        try ledger.commit([Sample.started()])
        let text: String
        switch kind {
        case "another log": text = try note(test).replacing(TestLedger.origin, with: "example.org/ecoc/other")
        case "another key":
            let size = CheckpointNote(try note(test))
            text = try HeadSigner(origin: TestLedger.origin, key: other.key, path: "").note(size: 1, root: #require(size).root)
        case "no signature": text = String(try note(test).prefix { $0 != "—" })
        default: text = kind
        }
        let doubt = try #require(try ledger.withhold(unlessItExtends: text))
        try ledger.acceptRestore(doubt, reason: "looked at", by: person)
        try ledger.commit([Sample.started()])
        ledger.close()
        #expect(try test.verify().isIntact)
    }

    /// Heads as the ledger's thread gives them.
    private final class Heads: @unchecked Sendable {
        // Unchecked: touched only with the lock held.
        private let lock = NSLock()
        private var notes: [String] = []

        func add(_ note: String) { lock.withLock { notes.append(note) } }
        var all: [String] { lock.withLock { notes } }
    }
}
