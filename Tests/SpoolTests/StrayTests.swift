import Audit
import Linux
import Spool
import TestSupport
import Testing

@Suite struct StrayTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let spool: Spool
    let digest = String(repeating: "a", count: 64)

    init() throws {
        folder = try TemporaryFolder()
        ledger = try makeLedger(in: folder)
        try Spool.prepare(root: folder["spool"])
        spool = try Spool(root: folder["spool"], ledger: ledger)
    }

    private func make(isReceived: Bool = true) throws -> SubmissionID {
        try folder.write("content", to: "file")
        let submission = Submission(
            id: .make(), source: "erp", name: "a.csv", receivedAt: .now(), origin: Submission.Origin(try folder.directory().status("file")),
            sha256: digest)
        let stage: Stage = isReceived ? .tmp : .archive
        try Directory(spool.path(stage)).makeDirectory(submission.id.text)
        try spool.writeFile(Submission.fileName, submission.bytes, of: submission.id, in: stage)
        if isReceived {
            try ledger.commit([submission.received])
            try spool.move(submission.id, from: .tmp, to: .ingest, digest: digest)
        }
        return submission.id
    }

    @Test func whatLiesWhereTheLedgerHasItIsNone() throws {
        let id = try make()
        try spool.move(id, from: .ingest, to: .validate, digest: digest)
        try ledger.flush()
        #expect(try spool.strays().isEmpty)
        #expect(try spool.isAtHome(id, in: .validate))
    }

    @Test func whatTheLedgerNeverReceivedIsAStray() throws {
        let id = try make(isReceived: false)
        let strays = try spool.strays()
        #expect(strays.map(\.submission) == [id.text])
        #expect(strays.first?.what.contains("never received") == true)
        #expect(try !spool.isAtHome(id, in: .archive))
        #expect(try spool.strays() == strays)
        try Directory(spool.path(.archive)).removeTree(id.text)
        #expect(try spool.strays().isEmpty)
    }

    /// As after an older ledger was put back: the directory has gone further than the ledger knows.
    @Test func whatLiesElsewhereIsAStray() throws {
        let id = try make()
        try ledger.flush()
        try Directory(spool.path(.ingest)).renameNoReplace(id.text, to: Directory(spool.path(.archive)), as: id.text)
        let strays = try spool.strays()
        #expect(strays.map(\.submission) == [id.text])
        #expect(strays.first?.what.contains("has it in 'ingest'") == true)
        #expect(try LedgerReader(path: ledger.path).history(submission: id.text).contains { $0.record?.kind == "incident" })
    }

    /// A move in doubt is recovery's own incident.
    @Test func anOpenMoveIsNone() throws {
        let id = try make()
        try ledger.flush()
        try ledger.commit([Event(.moving, submission: id.text, ["from": "validate", "to": "generate", "digest": .text(digest)])])
        #expect(try spool.strays().isEmpty)
    }
}
