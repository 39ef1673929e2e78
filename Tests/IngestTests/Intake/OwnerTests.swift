import Glibc
import Ingest
import Linux
import TestSupport
import Testing

/// Whose files an inbox takes.
@Suite struct OwnerTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    /// A user whom the system doesn't know.
    private static let stranger: UInt32 = 3_999_999_999

    private func isTaken(_ owners: FileOwners?) throws -> Bool {
        fixture.settings.owners = owners
        try fixture.drop("a.csv")
        let result = fixture.scanSettled()
        #expect(result.ready.count + result.refused.count == 1)
        #expect(result.refused.allSatisfy { $0.finding.rule == "FILE-11" && $0.finding.value == "\(geteuid())" })
        return result.ready.count == 1
    }

    @Test func anybodysWhereNobodyIsNamed() throws { #expect(try isTaken(nil)) }

    @Test func theUsersOwn() throws { #expect(try isTaken(FileOwners(users: [Self.stranger, geteuid()]))) }

    @Test func nobodyElses() throws { #expect(try !isTaken(FileOwners(users: [Self.stranger]))) }

    @Test func everyMembersOfAGroup() throws {
        for group in try UserDatabase.groups(of: geteuid()) {
            let fixture = try InboxFixture()
            fixture.settings.owners = FileOwners(users: [], groups: [Self.stranger, group])
            try fixture.drop("a.csv")
            #expect(fixture.scanSettled().ready.count == 1, "group \(group)")
        }
    }

    @Test func nobodysOfAnotherGroup() throws { #expect(try !isTaken(FileOwners(users: [], groups: [Self.stranger]))) }

    /// Two users' files in one look, by name in what is said of them.
    @Test(.enabled(if: geteuid() == 0, "giving files away asks for root")) func eachFileByItsOwnOwner() throws {
        fixture.settings.owners = FileOwners(users: [65_534])
        for (name, user) in [("a.csv", UInt32(65_534)), ("b.csv", 0), ("c.csv", 0), ("d.csv", Self.stranger)] {
            try fixture.drop(name)
            #expect(chown(fixture.path(name), user, 0) == 0)
        }
        let result = fixture.scanSettled()
        #expect(result.ready.map(\.name) == ["a.csv"])
        #expect(result.refused.map(\.finding.rule) == ["FILE-11", "FILE-11", "FILE-11"])
        let messages = result.refused.map(\.finding.message)
        #expect(messages.filter { $0 == "The file belongs to user 0 (root), who may not deliver for this source." }.count == 2)
        #expect(messages.contains("The file belongs to user \(Self.stranger), who may not deliver for this source."))
    }

    /// A member of the drop group could have rewritten it within the settle time.
    @Test(arguments: [UInt32(0o660), 0o602, 0o646, 0o777]) func whatOthersMayWriteToIsRefused(mode: UInt32) throws {
        fixture.settings.refusesSharedWriting = true
        try fixture.drop("a.csv")
        try fixture.inbox().open("a.csv").setMode(mode)
        let refused = try #require(fixture.scanSettled().refused.first)
        #expect(refused.finding.rule == "FILE-12" && refused.finding.value == "0" + String(mode, radix: 8))
        #expect(refused.finding.message.contains(mode & 2 == 0 ? "lets its group write" : "lets everybody write"))
        #expect(refused.finding.remedy.contains("umask 0027"))
        // Whoever mends it before it has been put aside is heard.
        try fixture.inbox().open("a.csv").setMode(0o640)
        #expect(fixture.scanSettled().ready.map(\.name) == ["a.csv"])
    }

    @Test func itIsTakenWhereNobodyAsks() throws {
        try fixture.drop("a.csv")
        try fixture.inbox().open("a.csv").setMode(0o666)
        #expect(fixture.scanSettled().ready.map(\.name) == ["a.csv"])
    }

    /// In a sticky inbox of its own the daemon removes other users' files, and one user can't take away another's.
    @Test(.enabled(if: geteuid() == 0, "giving files away asks for root")) func aStickyInboxIsTakenFrom() throws {
        #expect(try fixture.inbox().descriptor.status().mode == 0o3770)
        try fixture.drop("a.csv")
        #expect(chown(fixture.path("a.csv"), 65_534, 0) == 0)
        #expect(try fixture.take("a.csv").leftBehind == nil)
        #expect(try fixture.entries().isEmpty)
    }

    /// Settings that come into force while a file settles judge it.
    @Test func newOwnersCountAtOnce() throws {
        fixture.settings.owners = FileOwners(users: [geteuid()])
        try fixture.drop("a.csv")
        _ = fixture.scan()
        fixture.settings.owners = FileOwners(users: [Self.stranger])
        fixture.intake.configure([fixture.settings])
        #expect(fixture.scan(after: 2).refused.map(\.finding.rule) == ["FILE-11"])
    }
}
