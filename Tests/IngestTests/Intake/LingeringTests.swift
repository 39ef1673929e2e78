import Audit
import Glibc
import Ingest
import Linux
import Spool
import TestSupport
import Testing

/// Producers' files that were taken where no lease tells whether somebody still writes to them.
@Suite struct LingeringTests {
    let fixture: InboxFixture

    init() throws {
        fixture = try InboxFixture()
        fixture.settings.isNetworkMount = true
        fixture.settings.settleSeconds = 2
    }

    private func take(_ name: String) throws -> (submission: Submission, lingering: Lingering) {
        let file = try #require(fixture.scanSettled().ready.first { $0.name == name })
        let taken = try Claim.take(file, into: fixture.spool, profile: [], isNetworkMount: true)
        return (taken.submission, try #require(taken.lingering))
    }

    private func look(_ lingering: inout Lingering, at seconds: UInt64) throws -> Lingering.Look {
        try lingering.look(now: seconds * 1_000_000_000, fixture.settings, into: fixture.spool)
    }

    private func waits(_ look: Lingering.Look) -> Bool { if case .waits = look { true } else { false } }
    private func isOver(_ look: Lingering.Look) -> Bool { if case .over = look { true } else { false } }
    private func isLate(_ look: Lingering.Look) -> Bool { if case .late = look { true } else { false } }

    private func kept(_ look: Lingering.Look) throws -> Submission {
        guard case .kept(let submission, _) = look else {
            Issue.record("\(look)")
            throw SystemError(code: 0, operation: "keep", path: "")
        }
        return submission
    }

    private func openReceipts() throws -> [String] { try fixture.ledger.openReceipts().map(\.submission) }

    private func incidents(of submission: Submission) throws -> Int {
        try fixture.ledger.flush()
        return try LedgerReader(path: fixture.ledger.path).history(submission: submission.id.text).count { $0.record?.kind == "incident" }
    }

    @Test func aFileThatStaysAsItWasGoesWhenItsTimeIsOver() throws {
        try fixture.drop("a.csv")
        var (submission, lingering) = try take("a.csv")
        #expect(fixture.settings.lingerSeconds == 60)
        #expect(try fixture.entries() == [".ecocd-\(submission.id)"] && openReceipts() == [submission.id.text])
        let result = fixture.scanSettled()
        #expect(result.ready.isEmpty && result.waiting.isEmpty && result.refused.isEmpty, "it is ours")
        #expect(try waits(look(&lingering, at: 100)))
        #expect(try waits(look(&lingering, at: 159)))
        #expect(try isOver(look(&lingering, at: 160)))
        #expect(try fixture.entries().isEmpty && openReceipts().isEmpty && incidents(of: submission) == 0)
    }

    /// What a writer adds that paused for longer than the settle time is told and kept.
    @Test func whatComesLateIsKept() throws {
        try fixture.drop("a.csv")
        let writer = try fixture.inbox().open("a.csv", .append(mode: 0))
        var (submission, lingering) = try take("a.csv")
        #expect(try waits(look(&lingering, at: 100)))
        try writer.writeAll(Array(" late".utf8))
        #expect(try isLate(look(&lingering, at: 130)))
        #expect(try incidents(of: submission) == 1)
        try writer.writeAll(Array(" later".utf8))
        #expect(try waits(look(&lingering, at: 131)))
        #expect(try waits(look(&lingering, at: 132)))
        let refused = try kept(look(&lingering, at: 133))
        #expect(refused.name == "a.csv" && fixture.original(refused, in: .rejected) == "content late later")
        let refusal = try #require(try Refusal.load(refused.id, from: fixture.spool))
        #expect(refusal.rule == "FILE-13" && refusal.message.contains(submission.id.text) && refusal.message.contains("7 bytes were taken"))
        #expect(fixture.original(submission, in: .ingest) == "content")
        #expect(try fixture.entries().isEmpty && openReceipts().isEmpty && incidents(of: submission) == 1)
    }

    @Test func bytesDecideWhereSizeAndTimesSayNothing() throws {
        try fixture.drop("a.csv")
        let status = try fixture.inbox().status("a.csv")
        var (submission, lingering) = try take("a.csv")
        let aside = fixture.path(".ecocd-\(submission.id)")
        let file = try fixture.inbox().open(".ecocd-\(submission.id)", .readWrite)
        try file.writeAll(Array("CONTENT".utf8))
        var times = [timespec(), timespec(tv_sec: status.modified.seconds, tv_nsec: status.modified.nanoseconds)]
        #expect(utimensat(AT_FDCWD, aside, &times, 0) == 0)
        #expect(try waits(look(&lingering, at: 100)))
        #expect(try isLate(look(&lingering, at: 160)))
        #expect(fixture.original(try kept(look(&lingering, at: 161)), in: .rejected) == "CONTENT")
    }

    @Test func aNewFileOfTheNameIsANewDelivery() throws {
        try fixture.drop("a.csv")
        let (first, _) = try take("a.csv")
        try fixture.drop("a.csv", "second")
        let (second, _) = try take("a.csv")
        #expect(try fixture.entries() == [".ecocd-\(first.id)", ".ecocd-\(second.id)"])
        #expect(fixture.original(second, in: .ingest) == "second")
    }

    @Test func aFileThatSomebodyTookAwayIsGone() throws {
        try fixture.drop("a.csv")
        var (submission, lingering) = try take("a.csv")
        try fixture.inbox().unlink(".ecocd-\(submission.id)")
        #expect(try isOver(look(&lingering, at: 100)))
        #expect(try openReceipts().isEmpty)
    }

    /// A restart begins the time anew, and what came meanwhile is found, too.
    @Test(arguments: [false, true]) func itLingersOnAfterARestart(isLate: Bool) throws {
        try fixture.drop("a.csv")
        let (submission, _) = try take("a.csv")
        if isLate { try fixture.append("more", to: ".ecocd-\(submission.id)") }
        _ = try fixture.spool.recover()
        let recovered = try Claim.recover(fixture.spool, inboxes: [fixture.settings])
        #expect(recovered.completed.isEmpty && recovered.leftBehind.isEmpty && recovered.lingering.map(\.submission) == [submission])
        #expect(try fixture.entries() == [".ecocd-\(submission.id)"])
        var lingering = try #require(recovered.lingering.first)
        let first = try look(&lingering, at: 100)
        #expect(isLate ? self.isLate(first) : waits(first))
        let last = try look(&lingering, at: 160)
        if isLate { #expect(fixture.original(try kept(last), in: .rejected) == "contentmore") } else { #expect(isOver(last)) }
        #expect(try fixture.entries().isEmpty && openReceipts().isEmpty)
    }

    @Test(.enabled(if: FuseMount.obstacle == nil, "a FUSE mount can't be made here")) func onFUSEALeaseIsNotBelieved() async throws {
        let folder = try TemporaryFolder()
        for name in ["behind", "seen"] { try Directory(folder.path).makeDirectory(name) }
        try await FuseMount.run(folder["behind"], at: folder["seen"]) {
            let fixture = try InboxFixture(inbox: folder["seen"])
            #expect(try fixture.inbox().descriptor.fileSystem() == .userSpace)
            try Directory(folder["behind"]).writeFile("a.csv", Array("content".utf8))
            let writer = try Directory(folder["behind"]).open("a.csv", .append(mode: 0))
            let taken = try fixture.take("a.csv")
            var lingering = try #require(taken.lingering)
            _ = try lingering.look(now: 0, fixture.settings, into: fixture.spool)
            try writer.writeAll(Array(" late".utf8))
            // The kernel believes what it knows of a file's size for a second.
            sleep(2)
            #expect(isLate(try lingering.look(now: 1_000_000_000, fixture.settings, into: fixture.spool)))
            guard case .kept(let refused, var next?) = try lingering.look(now: 9_000_000_000, fixture.settings, into: fixture.spool) else {
                Issue.record("it isn't kept")
                return
            }
            #expect(fixture.original(refused, in: .rejected) == "content late")
            // Its own file is watched in turn, and goes.
            _ = try next.look(now: 10_000_000_000, fixture.settings, into: fixture.spool)
            #expect(isOver(try next.look(now: 70_000_000_000, fixture.settings, into: fixture.spool)))
            #expect(try fixture.entries().isEmpty && fixture.ledger.openReceipts().isEmpty)
        }
    }
}
