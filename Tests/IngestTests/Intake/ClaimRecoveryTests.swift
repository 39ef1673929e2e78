import Audit
import Glibc
import Ingest
import Linux
import Spool
import Testing
import Hashing

/// Every state that a crash can leave on disk and in the ledger, made by hand, and then recovered.
@Suite struct ClaimRecoveryTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    /// How far the claim had come when it stopped.
    enum Stop: CaseIterable {
        case emptyDirectory, partOfTheCopy, wholeDirectory
        case recorded, renamed
        case setAside, producersFileRemoved, claimed
    }

    /// Makes the state, and returns the submission, if one was to be.
    private func stop(at stop: Stop) throws -> Submission {
        try fixture.drop("a.csv")
        let status = try fixture.inbox().status("a.csv")
        let submission = Submission(
            id: .make(), source: "erp", name: "a.csv", receivedAt: .now(), origin: Submission.Origin(status),
            sha256: SHA256.digest(of: Array("content".utf8)).hexadecimal)
        let stages = Stop.allCases
        func reached(_ other: Stop) -> Bool { stages.firstIndex(of: stop)! >= stages.firstIndex(of: other)! }  // all are in allCases
        let tmp = try Directory(fixture.spool.path(.tmp))
        try tmp.makeDirectory(submission.id.text)
        let directory = try tmp.openDirectory(submission.id.text)
        if reached(.partOfTheCopy) {
            try directory.makeDirectory("original")
            try directory.openDirectory("original").writeFile("a.csv", Array((reached(.wholeDirectory) ? "content" : "cont").utf8))
        }
        if reached(.wholeDirectory) { try directory.writeFile("submission.json", submission.bytes) }
        let fields: [String: Event.Scalar] = ["from": "tmp", "to": "ingest", "digest": .text(submission.sha256)]
        if reached(.recorded) {
            try fixture.ledger.commit([submission.received, Event(.moving, submission: submission.id.text, fields)])
        }
        if reached(.renamed) {
            try tmp.renameNoReplace(submission.id.text, to: Directory(fixture.spool.path(.ingest)), as: submission.id.text)
        }
        if reached(.setAside) { try fixture.inbox().rename("a.csv", to: fixture.inbox(), as: ".ecocd-\(submission.id)") }
        if reached(.producersFileRemoved) { try fixture.inbox().unlink(".ecocd-\(submission.id)") }
        if reached(.claimed) {
            try fixture.ledger.commit([Event(.moved, submission: submission.id.text, fields), submission.claimed])
        }
        return submission
    }

    private func completeAll() throws -> Claim.Recovered {
        try Claim.complete(Claim.open(of: fixture.settings.source, in: fixture.spool), of: fixture.settings, in: fixture.spool)
    }

    /// A share that was away at the start: its claim is completed when it is there again, with the daemon at work.
    @Test(arguments: [Stop.renamed, .setAside, .producersFileRemoved]) func anInboxThatWasAwayIsCaughtUp(stop: Stop) throws {
        let submission = try self.stop(at: stop)
        #expect(rename(fixture.settings.path, fixture.folder["away"]) == 0)
        let (_, recovered) = try recover()
        #expect(recovered.unreachable == ["erp"] && recovered.completed.isEmpty)
        #expect(try completeAll().unreachable == ["erp"])
        // Another source's claim is under way.
        try Directory(fixture.spool.path(.tmp)).makeDirectory(SubmissionID.make().text)
        #expect(rename(fixture.folder["away"], fixture.settings.path) == 0)
        #expect(try Claim.complete([SubmissionID.make()], of: fixture.settings, in: fixture.spool).completed.isEmpty)
        #expect(try completeAll().completed == [submission.id])
        #expect(try fixture.entries().isEmpty)
        #expect(fixture.folder.names("spool/tmp").count == 1 && fixture.folder.names("spool/ingest") == [submission.id.text])
        #expect(try completeAll().isEmpty)
        #expect(try fixture.spool.recover().incidents.isEmpty)
        #expect(try fixture.ledger.openMoves().isEmpty && fixture.ledger.openReceipts().isEmpty)
    }

    private func recover() throws -> (Recovery, Claim.Recovered) {
        _ = try Claim.restore(fixture.spool, inboxes: [fixture.settings]) { _ in [] }
        return (try fixture.spool.recover(), try Claim.recover(fixture.spool, inboxes: [fixture.settings]))
    }

    private func expectNothingOpen() throws {
        #expect(try fixture.ledger.openMoves().isEmpty && fixture.ledger.openReceipts().isEmpty)
        #expect(fixture.folder.names("spool/tmp").isEmpty)
        let (again, claims) = try recover()
        #expect(again == Recovery() && claims.isEmpty)
    }

    @Test(arguments: Stop.allCases) func theFileEndsInTheInboxOrInTheSpoolNeverInBothOrNone(at stop: Stop) throws {
        let submission = try self.stop(at: stop)
        let (recovery, _) = try recover()
        #expect(recovery.incidents.isEmpty)
        let isRecorded = ![.emptyDirectory, .partOfTheCopy, .wholeDirectory].contains(stop)
        #expect(try fixture.entries() == (isRecorded ? [] : ["a.csv"]))
        #expect(try fixture.spool.submissions(in: .ingest) == (isRecorded ? [submission.id] : []))
        if isRecorded { #expect(fixture.original(submission, in: .ingest) == "content") }
        try expectNothingOpen()
    }

    @Test(arguments: [Stop.recorded, .renamed, .setAside, .producersFileRemoved]) func aLaterDeliveryStays(after stop: Stop) throws {
        let submission = try self.stop(at: stop)
        // Same name, size and content; on many file systems the inode's number comes again, too.
        if stop == .recorded || stop == .renamed { try fixture.inbox().unlink("a.csv") }
        try fixture.drop("a.csv")
        _ = try recover()
        #expect(try fixture.entries() == ["a.csv"])
        #expect(try fixture.spool.submissions(in: .ingest) == [submission.id])
        try expectNothingOpen()
        let second = try fixture.take("a.csv").submission
        #expect(second.id != submission.id)
    }

    @Test func aFileWrittenToAfterItsCopyStays() throws {
        let submission = try stop(at: .renamed)
        try fixture.append("more", to: "a.csv")
        _ = try recover()
        #expect(try fixture.entries() == ["a.csv"])
        #expect(try fixture.spool.submissions(in: .ingest) == [submission.id])
        try expectNothingOpen()
    }

    @Test func aLaterDeliverySetAsideGetsItsNameBack() throws {
        let submission = try stop(at: .renamed)
        try fixture.inbox().unlink("a.csv")
        try fixture.drop("a.csv", "later")
        try fixture.inbox().rename("a.csv", to: fixture.inbox(), as: ".ecocd-\(submission.id)")
        _ = try recover()
        #expect(fixture.folder.read("spool/inbox/erp/a.csv") == "later")
        try expectNothingOpen()
    }

    @Test func twoLaterDeliveriesAreBothKept() throws {
        let submission = try stop(at: .renamed)
        try fixture.inbox().unlink("a.csv")
        try fixture.drop(".ecocd-\(submission.id)", "second")
        try fixture.drop("a.csv", "third")
        _ = try recover()
        #expect(try fixture.entries() == ["\(submission.id)-a.csv", "a.csv"])
        try expectNothingOpen()
    }

    /// Disks come in another order after a reboot, and btrfs numbers its devices as it likes.
    @Test(arguments: [Stop.renamed, .setAside]) func theSameFileOnARenumberedDeviceIsNotTakenTwice(after stop: Stop) throws {
        let submission = try self.stop(at: stop)
        try renumber(submission, in: .ingest)
        let (recovery, claims) = try recover()
        #expect(recovery.incidents.isEmpty && claims.completed == [submission.id] && claims.leftBehind.isEmpty)
        #expect(try fixture.entries().isEmpty)
        try expectNothingOpen()
    }

    /// There the content decides: nothing goes of which there is no copy.
    @Test func anotherFileOnARenumberedDeviceStays() throws {
        let submission = try stop(at: .setAside)
        try renumber(submission, in: .ingest)
        let aside = ".ecocd-\(submission.id)"
        try fixture.inbox().open(aside, .readWrite).writeAll(Array("CONTENT".utf8))
        let modified = submission.origin.modified
        var times = [timespec(), timespec(tv_sec: modified.seconds, tv_nsec: modified.nanoseconds)]
        #expect(utimensat(AT_FDCWD, fixture.path(aside), &times, 0) == 0)
        _ = try recover()
        #expect(fixture.folder.read("spool/inbox/erp/a.csv") == "CONTENT")
        try expectNothingOpen()
    }

    /// Writes into `submission.json` that the producer's file lay on another device.
    private func renumber(_ submission: Submission, in stage: Stage) throws {
        let text = String(decoding: submission.bytes, as: UTF8.self)
        let other = text.replacing("\"device\":\"\(submission.origin.device)\"", with: "\"device\":\"\(submission.origin.device + 1)\"")
        #expect(other != text)
        let directory = try fixture.spool.open(submission.id, in: stage)
        try directory.unlink("submission.json")
        try directory.writeFile("submission.json", Array(other.utf8))
    }

    @Test func aMarkerGoesWithItsFile() throws {
        fixture.settings.marker = .done
        _ = try stop(at: .renamed)
        try fixture.drop("a.csv.done", "")
        _ = try recover()
        #expect(try fixture.entries().isEmpty)
    }

    @Test func whatTheSpoolLostIsReceivedAgainFromTheInbox() throws {
        let submission = try stop(at: .recorded)
        try Directory(fixture.spool.path(.tmp)).removeTree(submission.id.text)
        #expect(try Claim.restore(fixture.spool, inboxes: [fixture.settings]) { _ in [0x31] } == [submission.id])
        #expect(try fixture.spool.recover().redone == [submission.id])
        #expect(try Claim.recover(fixture.spool, inboxes: [fixture.settings]).completed == [submission.id])
        #expect(fixture.original(submission, in: .ingest) == "content")
        #expect(fixture.folder.read("spool/ingest/\(submission.id)/profile.toml") == "1")
        #expect(try fixture.entries().isEmpty)
        try expectNothingOpen()
    }

    @Test func whatIsLostWithoutACopyIsAnIncident() throws {
        let submission = try stop(at: .recorded)
        try Directory(fixture.spool.path(.tmp)).removeTree(submission.id.text)
        try fixture.append("other content", to: "a.csv")
        let (recovery, claims) = try recover()
        #expect(recovery.incidents.map(\.submission) == [submission.id.text])
        #expect(claims.completed.isEmpty)
        #expect(try fixture.entries() == ["a.csv"])
    }

    @Test func aDirectoryInDoubtIsNoLeftover() throws {
        let submission = try stop(at: .recorded)
        try fixture.spool.writeFile("submission.json", Array("{}".utf8), of: submission.id, in: .tmp)
        let (recovery, claims) = try recover()
        #expect(recovery.incidents.count == 1 && claims.removed.isEmpty)
        #expect(fixture.folder.exists("spool/tmp/\(submission.id)/original/a.csv"))
    }

    // MARK: Refusals

    enum RefusalStop: CaseIterable { case prepared, recorded, renamed, putAside }

    @Test(arguments: RefusalStop.allCases) func aRefusedEntryEndsInRejected(at stop: RefusalStop) throws {
        symlink("/etc/passwd", fixture.path("link"))
        let submission = Submission(
            id: .make(), source: "erp", name: "link", receivedAt: .now(), origin: Submission.Origin(try fixture.inbox().status("link")),
            sha256: "")
        let tmp = try Directory(fixture.spool.path(.tmp))
        try tmp.makeDirectory(submission.id.text)
        try tmp.openDirectory(submission.id.text).makeDirectory("original")
        try fixture.spool.writeFile("submission.json", submission.bytes, of: submission.id, in: .tmp)
        if stop != .prepared {
            let rejected = Event(.rejected, submission: submission.id.text, ["reason": "a link", "rules": "FILE-04"])
            let moving = Event(.moving, submission: submission.id.text, ["from": "tmp", "to": "rejected", "digest": ""])
            try fixture.ledger.commit([submission.received, rejected, moving])
        }
        if stop == .renamed || stop == .putAside {
            try tmp.renameNoReplace(submission.id.text, to: Directory(fixture.spool.path(.rejected)), as: submission.id.text)
        }
        if stop == .putAside {
            let original = try fixture.spool.open(submission.id, in: .rejected).openDirectory("original")
            try fixture.inbox().renameNoReplace("link", to: original, as: "link")
        }
        _ = try recover()
        #expect(try fixture.entries() == (stop == .prepared ? ["link"] : []))
        #expect(fixture.folder.exists("spool/rejected/\(submission.id)/original/link") == (stop != .prepared))
        try expectNothingOpen()
    }
}
