import Glibc
import Ingest
import Linux
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
        #expect(try watch.drain().dirty == ["erp"])
        try fixture.folder.write("x", to: "file")
        #expect(rename(fixture.folder["file"], fixture.folder["second/b.csv"]) == 0)
        let hints = try watch.drain()
        #expect(hints.dirty == ["second"])
        #expect(hints.movedIn == [InboxEntry(source: "second", name: try #require(FileName("b.csv")))])
    }

    @Test func theProbeTellsWhereEventsComeFrom() throws {
        let lost = InboxSettings(source: "lost", path: fixture.folder["nowhere"])
        var watch = try InboxWatch([fixture.settings, lost])
        let modes = try watch.probe(milliseconds: 5000)
        #expect(modes["erp"] == .events)
        guard case .polling(let reason)? = modes["lost"] else {
            Issue.record("\(modes)")
            return
        }
        #expect(reason.contains("nowhere"))
        #expect(try fixture.entries().isEmpty)
        // The cookie is no hint, and hints that came before it aren't lost.
        _ = try watch.drain()
        try fixture.drop("a.csv")
        _ = try watch.probe()
        #expect(try watch.drain().dirty == ["erp"])
        #expect(try watch.drain() == InboxWatch.Hints())
    }

    @Test func anInboxMadeAnewIsWatchedAgain() throws {
        var watch = try InboxWatch([fixture.settings])
        _ = try watch.drain()
        #expect(rename(fixture.settings.path, fixture.folder["old"]) == 0)
        try Directory(fixture.folder["spool/inbox"]).makeDirectory("erp")
        #expect(try watch.probe(milliseconds: 5000)["erp"] == .events)
        _ = try watch.drain()
        try fixture.drop("a.csv")
        #expect(try watch.drain().dirty == ["erp"])
        try fixture.folder.write("x", to: "old/b.csv")
        #expect(try watch.drain() == InboxWatch.Hints())
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
        #expect(hints.overflowed && hints.dirty == ["erp", "second"])
    }
}
