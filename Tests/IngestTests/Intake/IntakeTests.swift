import Glibc
import Ingest
import Linux
import Spool
import Testing

@Suite struct IntakeTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    @Test func aFileIsReadyWhenItHasSettled() throws {
        try fixture.drop("a.csv")
        let first = fixture.scan()
        #expect(first.ready.isEmpty && first.waiting.map(\.entry.name.description) == ["a.csv"])
        #expect(first.nextLook == UInt64(1002e9))
        #expect(fixture.scan(after: 1.9).ready.isEmpty)
        #expect(fixture.scan(after: 0.1).ready.map(\.name) == ["a.csv"])
        // And stays so until it is taken.
        #expect(fixture.scan(after: 100).ready.map(\.name) == ["a.csv"])
    }

    @Test func aGrowingFileWaits() throws {
        try fixture.drop("a.csv")
        for _ in 0..<5 {
            #expect(fixture.scan(after: 1.5).ready.isEmpty)
            try fixture.append("more", to: "a.csv")
        }
        #expect(fixture.scan().ready.isEmpty)
        #expect(fixture.scan(after: 2).ready.count == 1)
    }

    @Test func anOldTimeStampDoesNotCountAsSettled() throws {
        try fixture.drop("a.csv")
        var times = [timespec(tv_sec: 1_000_000_000, tv_nsec: 0), timespec(tv_sec: 1_000_000_000, tv_nsec: 0)]
        #expect(utimensat(AT_FDCWD, fixture.path("a.csv"), &times, 0) == 0)
        #expect(fixture.scan().ready.isEmpty)
        #expect(fixture.scan(after: 2).ready.count == 1)
        // Content and time stamp exchanged for equally old ones: only the inode's own time tells.
        try fixture.append("x", to: "a.csv")
        #expect(truncate(fixture.path("a.csv"), 7) == 0)
        #expect(utimensat(AT_FDCWD, fixture.path("a.csv"), &times, 0) == 0)
        #expect(fixture.scan().ready.isEmpty)
    }

    @Test func aFileReplacedByAnotherSettlesAnew() throws {
        try fixture.drop("a.csv")
        _ = fixture.scan()
        try fixture.drop("b.tmp")
        try fixture.inbox().rename("b.tmp", to: fixture.inbox(), as: "a.csv")
        #expect(fixture.scan(after: 2).ready.isEmpty)
        #expect(fixture.scan(after: 2).ready.count == 1)
    }

    @Test func aRenameIntoTheFolderSkipsTheWaitOnly() throws {
        try fixture.drop("a.csv")
        let entry = try fixture.entry("a.csv")
        let writer = try fixture.inbox().open("a.csv", .readWrite)
        #expect(fixture.scan(movedIn: [entry]).waiting.map(\.reason) == ["is open for writing"])
        try writer.close()
        #expect(fixture.scan().ready.count == 1)
        // A change afterwards is waited for again.
        try fixture.append("more", to: "a.csv")
        #expect(fixture.scan().ready.isEmpty)
    }

    @Test func aFileOpenForWritingWaits() throws {
        try fixture.drop("a.csv")
        let writer = try fixture.inbox().open("a.csv", .readWrite)
        let result = fixture.scanSettled()
        #expect(result.ready.isEmpty)
        #expect(result.waiting.map(\.reason) == ["is open for writing"])
        #expect(try #require(result.nextLook) > UInt64(fixture.now * 1e9))
        try writer.close()
        #expect(fixture.scan().ready.count == 1)
    }

    @Test func onANetworkMountLeasesAreNotAsked() throws {
        fixture.settings.isNetworkMount = true
        try fixture.drop("a.csv")
        let writer = try fixture.inbox().open("a.csv", .readWrite)
        #expect(fixture.scanSettled().ready.count == 1)
        try writer.close()
        #expect(InboxSettings(source: "x", path: "/x", isNetworkMount: true).settleSeconds == 30)
    }

    @Test(arguments: [".hidden", "a.tmp", "a.csv.part", "a.partial", "a.filepart", "~a.csv"]) func temporaryNamesWait(name: String) throws {
        try fixture.drop(name)
        let result = fixture.scanSettled()
        #expect(result.ready.isEmpty && result.refused.isEmpty)
        #expect(result.waiting.map(\.reason) == ["has the name of a file that is still on its way"])
    }

    @Test func anUnfinishedFileWaitsAndIsReadOnce() throws {
        let looks = Counter()
        fixture.structure = { file, _ in
            looks.count()
            let content = (try? file.readAll(limit: 100)) ?? []
            return content.last == UInt8(ascii: "\n") ? .complete : .incomplete(reason: "doesn't end with a whole row")
        }
        try fixture.drop("a.csv", "1;2")
        #expect(fixture.scanSettled().waiting.map(\.reason) == ["doesn't end with a whole row"])
        #expect(fixture.scan(after: 10).waiting.first?.isOverdue == false)
        #expect(looks.value == 1)
        #expect(fixture.scan(after: 3600).waiting.first?.isOverdue == true)
        try fixture.append("\n", to: "a.csv")
        #expect(fixture.scanSettled().ready.count == 1)
    }

    @Test func anOverdueUnfinishedFileIsRefusedWhereTheSourceSaysSo() throws {
        fixture.structure = { _, _ in .incomplete(reason: "doesn't end with a whole row") }
        fixture.settings.incomplete = .reject
        fixture.settings.maximumWaitSeconds = 60
        try fixture.drop("a.csv")
        let result = fixture.scanSettled()
        #expect(result.refused.isEmpty && result.nextLook == UInt64(1060e9))
        #expect(fixture.scan(after: 58).refused.map(\.finding.rule) == ["FILE-09"])
    }

    @Test(arguments: [InboxSettings.MarkerPolicy.done, .ok]) func aMarkerIsWaitedFor(policy: InboxSettings.MarkerPolicy) throws {
        fixture.settings.marker = policy
        try fixture.drop("a.csv")
        #expect(fixture.scanSettled().waiting.map(\.reason) == ["has no marker 'a.csv.\(policy.rawValue)' yet"])
        try fixture.drop("a.csv.\(policy.rawValue)", "")
        let result = fixture.scanSettled()
        #expect(result.ready.map(\.name) == ["a.csv"])
        #expect(result.waiting.isEmpty)
        _ = try Claim.take(result.ready[0], into: fixture.spool, profile: [])
        #expect(try fixture.entries().isEmpty)
    }

    @Test func aChecksumIsCompared() throws {
        fixture.settings.marker = .sha256
        try fixture.drop("a.csv")
        try fixture.drop("a.csv.sha256", "ED70")
        #expect(fixture.scanSettled().ready.isEmpty)
        // SHA-256 of "content".
        let digest = "ed7002b439e9ac845f22357d822bac1444730fbdb6016d3ec9432297b9ec9f73"
        try fixture.inbox().unlink("a.csv.sha256")
        try fixture.drop("a.csv.sha256", "\(digest.uppercased())  a.csv\n")
        let taken = try Claim.take(try #require(fixture.scanSettled().ready.first), into: fixture.spool, profile: [])
        #expect(taken.submission.sha256 == digest)
        #expect(try fixture.entries().isEmpty)
    }

    @Test func aChecksumThatDiffersKeepsTheFileWaiting() throws {
        fixture.settings.marker = .sha256
        try fixture.drop("a.csv")
        try fixture.drop("a.csv.sha256", String(repeating: "0", count: 64))
        let file = try #require(fixture.scanSettled().ready.first)
        let error = #expect(throws: ClaimError.self) { _ = try Claim.take(file, into: fixture.spool, profile: []) }
        guard case .checksum? = error else {
            Issue.record("\(String(describing: error))")
            return
        }
        #expect(try fixture.entries() == ["a.csv", "a.csv.sha256"])
        #expect(fixture.folder.names("spool/tmp").isEmpty)
        fixture.intake.leaveAlone(file.entry, as: file.status, reason: "doesn't match its marker", now: UInt64(fixture.now * 1e9))
        #expect(fixture.scan(after: 5).waiting.map(\.reason) == ["doesn't match its marker"])
        try fixture.append("x", to: "a.csv")
        #expect(fixture.scanSettled().ready.count == 1)
    }

    @Test func filesComeInTheOrderOfTheirLastChange() throws {
        for name in ["c", "a", "b"] {
            try fixture.drop(name)
            usleep(10_000)
        }
        #expect(fixture.scanSettled().ready.map(\.name) == ["c", "a", "b"])
    }

    @Test func anInboxThatIsGoneIsReportedAndTheOthersAreRead() throws {
        try fixture.drop("a.csv")
        let lost = InboxSettings(source: "lost", path: fixture.folder["nowhere"])
        fixture.intake.configure([lost, fixture.settings])
        let result = fixture.scanSettled()
        #expect(result.failures.map(\.source) == ["lost"])
        #expect(result.ready.count == 1)
    }

    @Test func ourOwnFilesAreNotLookedAt() throws {
        try fixture.drop(".ecocd-probe-1")
        fixture.settings.temporaryPatterns = []
        let result = fixture.scanSettled()
        #expect(result.ready.isEmpty && result.waiting.isEmpty && result.refused.isEmpty)
    }

    @Test(arguments: [
        ("*", "", true), ("*", "abc", true), ("a*c", "abbbc", true), ("a*c", "abbb", false), ("?", "a", true), ("?", "", false),
        ("*.tmp", "a.tmp", true), ("*.tmp", "a.tmp.csv", false), ("**a*b?", "xxaxxbc", true), (".*", ".x", true), (".*", "x.", false),
        ("a", "a", true), ("a", "ab", false), ("", "", true), ("", "a", false), ("*a*a*a*a*b", String(repeating: "a", count: 200), false),
    ]) func patternsMatch(pattern: String, name: String, matches: Bool) {
        #expect(NamePattern(pattern).matches(Array(name.utf8)) == matches)
    }
}
