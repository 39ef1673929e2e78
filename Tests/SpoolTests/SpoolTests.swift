import TestSupport
import Audit
import Glibc
import Linux
import Spool
import Testing

@Suite struct SpoolTests {
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

    /// Puts a submission on disk and on record, as far as the record of its receipt.
    private func makeSubmission(in stage: Stage = .tmp) throws -> Submission {
        try folder.write("content", to: "file")
        let submission = Submission(
            id: .make(), source: "erp", name: "a.csv", receivedAt: .now(), origin: Submission.Origin(try folder.directory().status("file")),
            sha256: digest)
        try Directory(spool.path(stage)).makeDirectory(submission.id.text)
        try spool.writeFile(Submission.fileName, submission.bytes, of: submission.id, in: stage)
        try ledger.commit([submission.received])
        return submission
    }

    private func openMove(_ submission: Submission, from: Stage = .tmp, to: Stage = .ingest, digest: String? = nil) throws {
        try ledger.commit([
            Event(
                .moving, submission: submission.id.text,
                ["from": .text(from.rawValue), "to": .text(to.rawValue), "digest": .text(digest ?? submission.sha256)])
        ])
    }

    @Test func aMoveIsRecordedAndMade() throws {
        let submission = try makeSubmission()
        try spool.move(submission.id, from: .tmp, to: .ingest, digest: digest)
        #expect(try spool.submissions(in: .tmp).isEmpty)
        #expect(try spool.submissions(in: .ingest) == [submission.id])
        #expect(try spool.load(submission.id, in: .ingest) == submission)
        #expect(try spool.stage(of: submission.id) == .ingest)
        #expect(try ledger.openMoves().isEmpty)
    }

    @Test func aBatchIsMovedTogether() throws {
        let submissions = try (0..<5).map { _ in try makeSubmission() }
        try spool.move(submissions.map { Move($0.id, from: .tmp, to: .ingest, digest: digest) })
        #expect(try spool.submissions(in: .ingest) == submissions.map(\.id).sorted())
        #expect(try ledger.openMoves().isEmpty)
    }

    @Test func threadsMoveTheirOwnSubmissions() throws {
        let submissions = try (0..<8).map { _ in try makeSubmission() }
        let threads = try submissions.map { submission in
            try Thread(name: "mover") { [spool, digest] in
                for (from, to) in [(Stage.tmp, Stage.ingest), (.ingest, .validate), (.validate, .generate)] {
                    do { try spool.move(submission.id, from: from, to: to, digest: digest) } catch { Issue.record(error) }
                }
            }
        }
        for thread in threads { thread.join() }
        #expect(try spool.submissions(in: .generate) == submissions.map(\.id).sorted())
        #expect(try ledger.openMoves().isEmpty)
    }

    @Test func whatTheLedgerRefusesIsNotMoved() throws {
        let submission = try makeSubmission()
        let error = #expect(throws: SpoolError.self) {
            // Received twice: refused.
            try spool.move(submission.id, from: .tmp, to: .ingest, digest: digest, with: [submission.received])
        }
        #expect(try spool.stage(of: submission.id) == .tmp)
        #expect(try ledger.openMoves().isEmpty)
        #expect(error?.description.contains(submission.id.text) == true)
    }

    @Test func aTakenNameIsNotReplaced() throws {
        let submission = try makeSubmission()
        try Directory(spool.path(.ingest)).makeDirectory(submission.id.text)
        #expect(throws: SpoolError.self) { try spool.move(submission.id, from: .tmp, to: .ingest, digest: digest) }
        #expect(try spool.load(submission.id, in: .tmp) == submission)
        #expect(try ledger.openMoves().count == 1)
        #expect(try spool.recover().incidents.count == 1)
    }

    // MARK: Recovery

    @Test func aMoveThatWasMadeIsConfirmed() throws {
        let submission = try makeSubmission(in: .ingest)
        try openMove(submission)
        let recovery = try spool.recover()
        #expect(recovery.confirmed == [submission.id] && recovery.redone.isEmpty && recovery.incidents.isEmpty)
        #expect(try ledger.openMoves().isEmpty)
        #expect(try spool.recover() == Recovery())
    }

    @Test func aMoveThatWasIntendedIsMade() throws {
        let submission = try makeSubmission(in: .tmp)
        try openMove(submission)
        let recovery = try spool.recover()
        #expect(recovery.redone == [submission.id] && recovery.confirmed.isEmpty && recovery.incidents.isEmpty)
        #expect(try spool.load(submission.id, in: .ingest) == submission)
        #expect(try ledger.openMoves().isEmpty)
    }

    enum Damage: String, CaseIterable { case missing, doubled, otherDigest, noSubmissionFile, brokenSubmissionFile, unknownStage }

    @Test(arguments: Damage.allCases) func whatDoesNotFitIsAnIncidentUntilItIsMended(damage: Damage) throws {
        let submission = try makeSubmission(in: .tmp)
        switch damage {
        case .missing:
            try openMove(submission)
            rename(spool.path(.tmp, submission.id), folder["elsewhere"])
        case .doubled:
            try openMove(submission)
            try Directory(spool.path(.ingest)).makeDirectory(submission.id.text)
        case .otherDigest: try openMove(submission, digest: String(repeating: "b", count: 64))
        case .noSubmissionFile:
            try openMove(submission)
            try spool.open(submission.id, in: .tmp).unlink(Submission.fileName)
        case .brokenSubmissionFile:
            try openMove(submission)
            try spool.writeFile(Submission.fileName, Array("{}".utf8), of: submission.id, in: .tmp)
        case .unknownStage:
            try ledger.commit([
                Event(.moving, submission: submission.id.text, ["from": "tmp", "to": "paint", "digest": .text(digest)])
            ])
        }
        let first = try spool.recover()
        #expect(first.incidents.map(\.submission) == [submission.id.text])
        #expect(first.confirmed.isEmpty && first.redone.isEmpty)
        #expect(try spool.recover().incidents == first.incidents)
        #expect(try ledger.openMoves().count == 1)
        #expect(try incidentsOnRecord(submission) == 1)
    }

    private func incidentsOnRecord(_ submission: Submission) throws -> Int {
        try LedgerReader(path: ledger.path).history(submission: submission.id.text).count { $0.record?.kind == "incident" }
    }

    @Test func anIncidentEndsWhenTheSubmissionIsPutBack() throws {
        let submission = try makeSubmission(in: .tmp)
        try openMove(submission)
        rename(spool.path(.tmp, submission.id), folder["elsewhere"])
        #expect(try spool.recover().incidents.count == 1)
        rename(folder["elsewhere"], spool.path(.tmp, submission.id))
        #expect(try spool.recover().redone == [submission.id])
    }

    // MARK: Folders and files

    @Test func theSkeletonHasItsModes() throws {
        try Spool.prepare(
            root: folder["other"], auditGroup: getegid(), sources: [.init(name: "erp", group: getegid())],
            destinations: [.init(name: "nap", group: getegid())])
        let modes: [(String, UInt32)] = [
            ("tmp", 0o700), ("publish", 0o700), ("rejected", 0o750), ("archive", 0o750), ("inbox/erp", 0o3770), ("returns/erp", 0o2750),
            ("outbox/nap", 0o2770), ("outbox/nap/receipts", 0o2770), ("reference", 0o3770),
        ]
        for (path, mode) in modes { #expect(try Descriptor.open(folder["other/\(path)"], .directory).status().mode == mode, "\(path)") }
    }

    @Test func preparingAgainChangesNothing() throws {
        try Descriptor.open(spool.path(.archive), .directory).setMode(0o2750)
        let submission = try makeSubmission(in: .archive)
        try Spool.prepare(root: spool.root)
        #expect(try Descriptor.open(spool.path(.archive), .directory).status().mode == 0o2750)
        #expect(try spool.submissions(in: .archive) == [submission.id])
    }

    @Test func aMissingStageIsSaidSo() throws {
        try Directory(spool.root).removeDirectory("sign")
        let error = #expect(throws: SpoolError.self) { _ = try Spool(root: spool.root, ledger: ledger) }
        #expect(error?.description.contains("\(spool.root)/sign") == true)
    }

    @Test func strayNamesAreNoSubmissions() throws {
        try folder.write("x", to: "spool/ingest/README")
        try Directory(spool.path(.ingest)).makeDirectory("lost+found")
        #expect(try spool.submissions(in: .ingest).isEmpty)
    }

    @Test func aFileIsReplacedWhole() throws {
        let submission = try makeSubmission()
        try folder.write("half", to: "spool/tmp/\(submission.id)/.report.json.part")
        try spool.writeFile("report.json", [0x31], of: submission.id, in: .tmp)
        try spool.writeFile("report.json", [0x32], of: submission.id, in: .tmp)
        #expect(folder.read("spool/tmp/\(submission.id)/report.json") == "2")
        #expect(!folder.exists("spool/tmp/\(submission.id)/.report.json.part"))
        try spool.syncFileSystem()
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aStageOnAnotherFileSystemIsRefused() throws {
        guard mount("tmpfs", spool.path(.archive), "tmpfs", 0, "size=64k") == 0 else {
            throw SystemError(code: errno, operation: "mount", path: "")
        }
        defer { umount2(spool.path(.archive), Int32(MNT_DETACH)) }
        #expect(throws: SpoolError.self) { _ = try Spool(root: spool.root, ledger: ledger) }
    }
}
