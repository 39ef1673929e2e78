import Audit
import Foundation
import Linux
import Spool
import TestSupport
import Testing

/// The ledger's submissions in work against the stages' folders.
@Suite struct MissingTests {
    let folder: TemporaryFolder
    let ledger: Ledger
    let spool: Spool
    private let digest = String(repeating: "a", count: 64)

    init() throws {
        folder = try TemporaryFolder()
        ledger = try makeLedger(in: folder)
        try Spool.prepare(root: folder["spool"])
        spool = try Spool(root: folder["spool"], ledger: ledger)
    }

    private func make(in stage: Stage = .validate) throws -> SubmissionID {
        try folder.write("content", to: "file")
        let submission = Submission(
            id: .make(), source: "erp", name: "a.csv", receivedAt: .now(), origin: Submission.Origin(try folder.directory().status("file")),
            sha256: digest)
        try Directory(spool.path(.tmp)).makeDirectory(submission.id.text)
        try spool.writeFile(Submission.fileName, submission.bytes, of: submission.id, in: .tmp)
        try ledger.commit([submission.received])
        try spool.move(submission.id, from: .tmp, to: stage, digest: digest)
        return submission.id
    }

    private func take(_ id: SubmissionID, from stage: Stage) throws {
        try FileManager.default.moveItem(atPath: spool.path(stage, id), toPath: folder[id.text])
    }

    @Test func whatIsThereIsNotMissing() throws {
        for stage in Stage.allCases where stage != .tmp { _ = try make(in: stage) }
        #expect(try spool.missing().isEmpty)
    }

    @Test func goneDirectoriesAreMissingUntilTheyAreBack() throws {
        let gone = [try make(in: .hold), try make(in: .publish)]
        _ = try make(in: .sign)
        let ended = try make(in: .archive)
        try take(gone[0], from: .hold)
        try take(gone[1], from: .publish)
        try take(ended, from: .archive)
        #expect(try spool.missing().map(\.id) == gone.sorted())
        #expect(
            try spool.missing().first { $0.id == gone[0] }?.incident.what == "it isn't in '\(spool.path(.hold))', where the ledger has it")
        try FileManager.default.moveItem(atPath: folder[gone[0].text], toPath: spool.path(.hold, gone[0]))
        #expect(try spool.missing(suspects: Set(gone)).map(\.id) == [gone[1]])
        try ledger.commit([
            Event(.declaredLost, submission: gone[1].text, ["from": "publish", "reason": "gone", "certificates": 0, "published": 0])
        ])
        #expect(try spool.missing(suspects: Set(gone)).isEmpty)
    }

    @Test func whatCameBackMustBeTheOneOnRecord() throws {
        let (id, other) = (try make(), try make())
        try take(id, from: .validate)
        try FileManager.default.copyItem(atPath: spool.path(.validate, other), toPath: spool.path(.validate, id))
        #expect(try spool.missing().isEmpty)
        #expect(try spool.missing(suspects: [id]).first?.incident.what.contains("isn't the one on record") == true)
    }

    @Test func wrongStageIsNamed() throws {
        let id = try make(in: .hold)
        try FileManager.default.moveItem(atPath: spool.path(.hold, id), toPath: spool.path(.sign, id))
        let what = try #require(try spool.missing().first?.incident.what)
        #expect(what.contains("but in '\(spool.path(.sign))'"))
    }

    @Test func goneInTheMiddleOfAMove() throws {
        let id = try make(in: .validate)
        try ledger.commit([Event(.moving, submission: id.text, ["from": "validate", "to": "generate", "digest": .text(digest)])])
        #expect(try spool.missing().isEmpty)
        try take(id, from: .validate)
        #expect(try spool.missing().map(\.id) == [id])
        try FileManager.default.moveItem(atPath: folder[id.text], toPath: spool.path(.generate, id))
        #expect(try spool.missing().isEmpty)
    }

    /// What workers move at that moment is never missing.
    @Test func movesBesideTheComparison() throws {
        let ids = try (0..<8).map { _ in try make(in: .ingest) }
        let isDone = Monitor(false)
        let spool = spool
        let digest = digest
        let mover = try Thread(name: "mover") {
            let stages: [Stage] = [.ingest, .validate, .generate, .sign, .publish, .archive]
            for (from, to) in zip(stages, stages.dropFirst()) {
                for id in ids { try? spool.move(id, from: from, to: to, digest: digest) }
            }
            isDone.withLock { $0 = true }
        }
        var looks = 0
        while !isDone.read({ $0 }) || looks == 0 {
            #expect(try spool.missing().isEmpty)
            looks += 1
        }
        mover.join()
        #expect(try ids.allSatisfy { try spool.isAtHome($0, in: .archive) })
    }
}
