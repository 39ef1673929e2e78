import TestSupport
import Audit
import Glibc
import Ingest
import Linux
import Spool
import Testing
import Hashing

@Suite struct ClaimTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    @Test func aFileIsInTheSpoolAndGoneFromTheInbox() throws {
        try fixture.drop("a.csv", "VIN\n1\n")
        let taken = try fixture.take("a.csv")
        let submission = taken.submission
        #expect(taken.leftBehind == nil)
        #expect(submission.source == "erp" && submission.name == "a.csv" && submission.origin.size == 6)
        #expect(submission.sha256 == SHA256.digest(of: Array("VIN\n1\n".utf8)).hexadecimal)
        #expect(submission.origin.owner == geteuid())
        #expect(fixture.original(submission, in: .ingest) == "VIN\n1\n")
        #expect(fixture.folder.read("spool/ingest/\(submission.id)/profile.toml") == "format = \"csv\"\n")
        #expect(try fixture.spool.load(submission.id, in: .ingest) == submission)
        #expect(try fixture.entries().isEmpty)
        #expect(try fixture.ledger.openReceipts().isEmpty && fixture.ledger.openMoves().isEmpty)
    }

    @Test func theCopyIsAFileOfOurOwn() throws {
        try fixture.drop("a.csv")
        let writer = try fixture.inbox().open("a.csv", .append(mode: 0))
        fixture.settings.isNetworkMount = true
        let submission = try fixture.take("a.csv").submission
        // The producer's descriptor outlives the claim and reaches nothing of ours.
        try writer.writeAll(Array("late".utf8))
        #expect(fixture.original(submission, in: .ingest) == "content")
    }

    @Test func aSecondDeliveryOfTheSameNameIsAnotherSubmission() throws {
        try fixture.drop("a.csv")
        let first = try fixture.take("a.csv").submission
        try fixture.drop("a.csv")
        let second = try fixture.take("a.csv").submission
        #expect(first.id < second.id && first.sha256 == second.sha256)
        #expect(try fixture.spool.submissions(in: .ingest) == [first.id, second.id])
        #expect(
            try fixture.ledger.firstSubmission(source: "erp", sha256: second.sha256, before: second.id.text) == first.id.text)
    }

    enum Change: CaseIterable { case grown, replaced, gone, linked, symbolicLink }

    @Test(arguments: Change.allCases) func whatChangedSinceTheScanIsNotTaken(change: Change) throws {
        try fixture.drop("a.csv")
        let file = try #require(fixture.scanSettled().ready.first)
        switch change {
        case .grown: try fixture.append("more", to: "a.csv")
        case .replaced:
            try fixture.drop("b.tmp")
            try fixture.inbox().rename("b.tmp", to: fixture.inbox(), as: "a.csv")
        case .gone: try fixture.inbox().unlink("a.csv")
        case .linked: link(fixture.path("a.csv"), fixture.path("b.csv"))
        case .symbolicLink:
            try fixture.inbox().unlink("a.csv")
            symlink("/etc/passwd", fixture.path("a.csv"))
        }
        let before = try fixture.entries()
        let error = #expect(throws: ClaimError.self) { _ = try Claim.take(file, into: fixture.spool, profile: []) }
        guard case .changed? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try fixture.entries() == before)
        #expect(fixture.folder.names("spool/tmp").isEmpty && fixture.folder.names("spool/ingest").isEmpty)
        #expect(try fixture.ledger.openReceipts().isEmpty)
    }

    @Test func namesAreKept() throws {
        for name in ["Umläut 1.csv", "-rf", "a'b\"c$d", "back\\slash", String(repeating: "n", count: 200), "..."] {
            try fixture.drop(name)
            fixture.settings.temporaryPatterns = []
            let submission = try fixture.take(name).submission
            #expect(submission.name == name)
            #expect(fixture.original(submission, in: .ingest) == "content")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aFullSpoolLeavesEverythingInTheInbox() throws {
        try SmallFileSystem.run(options: "size=256k") { path in
            let fixture = try InboxFixture()
            try Spool.prepare(root: "\(path)/spool")
            let spool = try Spool(root: "\(path)/spool", ledger: fixture.ledger)
            try fixture.drop("a.csv", String(repeating: "x", count: 1 << 20))
            let file = try #require(fixture.scanSettled().ready.first)
            let error = #expect(throws: ClaimError.self) { _ = try Claim.take(file, into: spool, profile: []) }
            #expect(error?.isDiskFull == true)
            #expect(try fixture.entries() == ["a.csv"])
            #expect(try Directory(spool.path(.tmp)).entries().isEmpty)
            #expect(try fixture.ledger.openReceipts().isEmpty)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func anInboxOnAnotherFileSystemIsTakenFrom() throws {
        try SmallFileSystem.run(options: "size=1m") { path in
            let fixture = try InboxFixture(inbox: path)
            try fixture.drop("a.csv")
            let submission = try fixture.take("a.csv").submission
            #expect(fixture.original(submission, in: .ingest) == "content")
            #expect(try fixture.entries().isEmpty)
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aFileThatCannotBeRemovedIsTakenOnce() throws {
        try SmallFileSystem.run(options: "size=1m") { path in
            let fixture = try InboxFixture(inbox: path)
            try fixture.drop("a.csv")
            let file = try #require(fixture.scanSettled().ready.first)
            try #require(mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "size=1m") == 0)
            let taken = try Claim.take(file, into: fixture.spool, profile: [])
            let reason = try #require(taken.leftBehind)
            #expect(reason.isNotAllowed)
            #expect(try fixture.ledger.openReceipts().map(\.submission) == [taken.submission.id.text])
            fixture.intake.leaveAlone(file.entry, as: file.status, reason: "is taken already", now: UInt64(fixture.now * 1e9))
            #expect(fixture.scan(after: 10).ready.isEmpty)
            let recovered = try Claim.recover(fixture.spool, inboxes: [fixture.settings])
            #expect(recovered.leftBehind.map(\.entry) == [file.entry])
            try #require(mount("tmpfs", path, "tmpfs", UInt(MS_REMOUNT), "size=1m") == 0)
            #expect(try Claim.recover(fixture.spool, inboxes: [fixture.settings]).completed == [taken.submission.id])
            #expect(try fixture.entries().isEmpty)
        }
    }
}
