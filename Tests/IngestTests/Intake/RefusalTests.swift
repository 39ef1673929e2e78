import TestSupport
import Audit
import Glibc
import Ingest
import Linux
import Spool
import Testing

@Suite struct RefusalTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    enum Case: String, CaseIterable {
        case nameEncoding = "FILE-01"
        case nameCharacters = "FILE-02"
        case nameLength = "FILE-03"
        case symbolicLink = "FILE-04"
        case directory = "FILE-05"
        case pipe = "FILE-06"
        case hardLink = "FILE-07"
        case size = "FILE-08"
        case owner = "FILE-11"
        case sharedWriting = "FILE-12"
    }

    /// Puts the entry into the inbox and returns its name.
    private func make(_ refusal: Case) throws -> FileName {
        var bytes = Array("entry".utf8)
        switch refusal {
        case .nameEncoding: bytes = [0x61, 0xFF]
        case .nameCharacters: bytes = Array("a\nb".utf8)
        case .nameLength: bytes = [UInt8](repeating: 0x61, count: 201)
        default: break
        }
        let name = try #require(FileName(bytes: bytes))
        switch refusal {
        case .symbolicLink: symlink("/etc/passwd", fixture.path("entry"))
        case .directory:
            try fixture.inbox().makeDirectory("entry")
            try fixture.inbox().openDirectory("entry").writeFile("inside", [1])
        case .pipe: mkfifo(fixture.path("entry"), 0o600)
        default: try fixture.inbox().writeFile(name, Array("content".utf8))
        }
        if refusal == .sharedWriting { try fixture.inbox().open(name).setMode(0o660) }
        switch refusal {
        case .hardLink: link(fixture.path("entry"), fixture.folder["elsewhere"])
        case .size: fixture.settings.maximumBytes = 6
        case .owner: fixture.settings.owners = FileOwners(users: [geteuid() + 1])
        case .sharedWriting: fixture.settings.refusesSharedWriting = true
        default: break
        }
        return name
    }

    @Test(arguments: Case.allCases) func theEntryItselfIsPutAside(refusal: Case) throws {
        let name = try make(refusal)
        let before = try fixture.inbox().status(name)
        let refused = try #require(fixture.scanSettled().refused.first)
        #expect(refused.finding.rule == refusal.rawValue)
        #expect(!refused.finding.message.isEmpty && !refused.finding.remedy.isEmpty)
        guard case .kept(let submission) = try Claim.refuse(refused, into: fixture.spool) else {
            Issue.record("it was blocked")
            return
        }
        #expect(try fixture.entries().isEmpty)
        let original = try fixture.spool.open(submission.id, in: .rejected).openDirectory(Submission.originalFolder)
        #expect(try original.status(submission.name).inode == before.inode)
        #expect(try fixture.spool.load(submission.id, in: .rejected) == submission)
        #expect(try Refusal.load(submission.id, from: fixture.spool)?.finding.rule == refusal.rawValue)
        #expect(try fixture.ledger.openReceipts().isEmpty && fixture.ledger.openMoves().isEmpty)
        #expect(IntakeRule(rawValue: refusal.rawValue)?.remedy == refused.finding.remedy)
    }

    @Test func aRefusalWaitsUntilTheEntryHasSettled() throws {
        try fixture.drop("a.part")
        // Some transfers give the file its final name as a second one, and take the first away.
        link(fixture.path("a.part"), fixture.path("a.csv"))
        _ = fixture.scan()
        #expect(fixture.scan(after: 1).refused.isEmpty)
        try fixture.inbox().unlink("a.part")
        #expect(fixture.scan(after: 1).refused.isEmpty)
        #expect(fixture.scan(after: 2).ready.map(\.name) == ["a.csv"])
    }

    @Test func anEntryThatChangedIsNotRefused() throws {
        fixture.settings.maximumBytes = 3
        try fixture.drop("a.csv")
        let refused = try #require(fixture.scanSettled().refused.first)
        #expect(truncate(fixture.path("a.csv"), 3) == 0)
        #expect(throws: ClaimError.self) { _ = try Claim.refuse(refused, into: fixture.spool) }
        #expect(try fixture.entries() == ["a.csv"])
        #expect(fixture.folder.names("spool/rejected").isEmpty && fixture.folder.names("spool/tmp").isEmpty)
    }

    @Test func aSparseGiantIsRefusedUnread() throws {
        try fixture.drop("a.csv")
        #expect(truncate(fixture.path("a.csv"), 1 << 42) == 0)
        guard case .kept(let submission) = try fixture.refuse(try #require(FileName("a.csv"))) else { return }
        #expect(submission.sha256.isEmpty && submission.origin.size == 1 << 42)
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func fromAnotherFileSystemSmallFilesAreCopied() throws {
        try SmallFileSystem.run(options: "size=1m") { path in
            let fixture = try InboxFixture(inbox: path)
            try fixture.drop("bad\nname")
            guard case .kept(let submission) = try fixture.refuse(try #require(FileName("bad\nname"))) else {
                Issue.record("it was blocked")
                return
            }
            #expect(submission.name == "bad\\x0aname")
            #expect(fixture.original(submission, in: .rejected) == "content")
            #expect(try fixture.entries().isEmpty)
            mkfifo("\(path)/pipe", 0o600)
            guard case .blocked = try fixture.refuse(try #require(FileName("pipe"))) else {
                Issue.record("a pipe can't be copied")
                return
            }
            #expect(try fixture.entries() == ["pipe"])
            #expect(fixture.folder.names("spool/tmp").isEmpty && fixture.folder.names("spool/rejected").count == 1)
        }
    }
}
