import Glibc
import Ingest
import Linux
import TestSupport
import Testing

@Suite struct InboxWatchTests {
    let fixture: InboxFixture

    init() throws { fixture = try InboxFixture() }

    @Test func whatComesMakesItsInboxDirty() throws {
        try Directory(fixture.folder.path).makeDirectory("second")
        let second = InboxSettings(source: "second", path: fixture.folder["second"])
        var watch = try InboxWatch([fixture.settings, second])
        #expect(try watch.drain().dirty == ["erp", "second"])
        #expect(try watch.drain() == InboxWatch.Hints())
        try fixture.drop("a.csv")
        #expect(try watch.drain().entries == [fixture.entry("a.csv")])
        try fixture.folder.write("x", to: "file")
        #expect(rename(fixture.folder["file"], fixture.folder["second/b.csv"]) == 0)
        let hints = try watch.drain()
        #expect(hints.dirty.isEmpty && !hints.foldersChanged)
        #expect(hints.movedIn == [InboxEntry(source: "second", name: try #require(FileName("b.csv")))])
        #expect(hints.entries == hints.movedIn)
    }

    @Test func theProbeTellsWhereEventsComeFrom() throws {
        let lost = InboxSettings(source: "lost", path: fixture.folder["nowhere"])
        var watch = try InboxWatch([fixture.settings, lost])
        let modes = try watch.probe(milliseconds: 5000)
        #expect(modes["erp"] == .events)
        guard case .unreachable(let error)? = modes["lost"] else {
            Issue.record("\(modes)")
            return
        }
        #expect("\(error)".contains("nowhere"))
        #expect(try fixture.entries().isEmpty)
        // The cookie is no hint, and hints that came before it aren't lost.
        _ = try watch.drain()
        try fixture.drop("a.csv")
        _ = try watch.probe()
        #expect(try watch.drain().entries == [fixture.entry("a.csv")])
        #expect(try watch.drain() == InboxWatch.Hints())
    }

    /// However an inbox goes and comes, a note tells of it, and what is in its place is watched.
    @Test(arguments: ["removed", "moved away", "with its parent", "replaced at once"]) func anInboxMadeAnewIsWatchedAgain(how: String)
        throws
    {
        let parent = fixture.folder["share/inbox"]
        try Directory(fixture.folder.path).makeDirectory("share")
        try Directory(fixture.folder["share"]).makeDirectory("inbox")
        try Directory(parent).makeDirectory("erp")
        fixture.settings = InboxSettings(source: "erp", path: "\(parent)/erp")
        var watch = try InboxWatch([fixture.settings])
        _ = try watch.drain()
        switch how {
        case "removed": try Directory(parent).removeTree("erp")
        case "with its parent": try Directory(fixture.folder["share"]).removeTree("inbox")
        default: #expect(rename(fixture.settings.path, fixture.folder["old"]) == 0)
        }
        if how != "replaced at once" {
            #expect(try watch.drain().foldersChanged)
            watch.check()
            #expect(watch.found["erp"]?.isUnreachable == true)
            _ = try watch.drain()
        }
        if how == "with its parent" {
            try Directory(fixture.folder["share"]).makeDirectory("inbox")
            #expect(try watch.drain().foldersChanged)
            watch.check()
            #expect(watch.found["erp"]?.isUnreachable == true)
        }
        try Directory(parent).makeDirectory("erp")
        try fixture.drop("before.csv")
        #expect(try watch.drain().foldersChanged)
        watch.check()
        #expect(watch.found["erp"] == .events)
        #expect(try watch.drain().dirty == ["erp"])
        try fixture.drop("a.csv")
        #expect(try watch.drain().entries == [fixture.entry("a.csv")])
        // What happens elsewhere now is nobody's business.
        if how == "moved away" { try fixture.folder.write("x", to: "old/b.csv") }
        try Directory(parent).makeDirectory("other")
        #expect(try watch.drain() == InboxWatch.Hints())
    }

    /// No note tells of a mount over a folder; the table of mounts does, and a look.
    @Test(.enabled(if: getuid() == 0, "mounting asks for root")) func aMountOverAnInboxIsSeen() throws {
        var watch = try InboxWatch([fixture.settings])
        _ = try watch.drain()
        watch.check()
        #expect(try watch.drain() == InboxWatch.Hints())
        let mounts = try MountTable()
        try SmallFileSystem.run(over: fixture.settings.path, options: "size=1m") {
            #expect(try Poll.news(of: [Poll.Subject(mounts.descriptor.number, for: nil)], milliseconds: 0).count == 1)
            watch.check()
            #expect(try watch.drain().dirty == ["erp"])
            try fixture.drop("a.csv")
            #expect(try watch.drain().entries == [fixture.entry("a.csv")])
        }
        #expect(try Poll.news(of: [Poll.Subject(mounts.descriptor.number, for: nil)], milliseconds: 0).count == 1)
        watch.check()
        #expect(try watch.drain().dirty == ["erp"])
    }

    @Test func anOverflowMakesEverythingDirty() throws {
        let limit = try String(decoding: Descriptor.open("/proc/sys/fs/inotify/max_queued_events").readAll(limit: 100), as: UTF8.self)
        let count = try #require(Int(limit.filter(\.isNumber)))
        try Directory(fixture.folder.path).makeDirectory("second")
        var watch = try InboxWatch([fixture.settings, InboxSettings(source: "second", path: fixture.folder["second"])])
        _ = try watch.drain()
        let inbox = try fixture.inbox()
        for round in 0...count / 2 {
            let name = round.isMultiple(of: 2) ? "a" : "b"
            _ = try inbox.create(name)
            try inbox.unlink(name)
        }
        let hints = try watch.drain()
        #expect(hints.overflowed && hints.foldersChanged && hints.dirty == ["erp", "second"])
    }
}
