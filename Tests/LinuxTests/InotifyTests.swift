import TestSupport
import Glibc
import Linux
import Testing

@Suite struct InotifyTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    @Test func notesTellWhatHappened() throws {
        let inotify = try Inotify()
        #expect(try inotify.read().isEmpty)
        let watch = try inotify.watch(folder.path, for: .arrivals)
        let directory = try folder.directory()
        try directory.writeFile("a", [1])
        try directory.rename("a", to: directory, as: "longer name")
        let notes = try inotify.read()
        #expect(notes.allSatisfy { $0.watch == watch })
        #expect(notes.contains { $0.changes.contains(.created) && $0.name == FileName("a") })
        #expect(notes.contains { $0.changes.contains(.closedAfterWriting) && $0.name == FileName("a") })
        #expect(notes.contains { $0.changes.contains(.movedIn) && $0.name == FileName("longer name") })
    }

    @Test func aRemovedFolderIsGone() throws {
        let inotify = try Inotify()
        try folder.directory().makeDirectory("inner")
        let watch = try inotify.watch(folder["inner"], for: .arrivals)
        try folder.directory().removeDirectory("inner")
        #expect(try inotify.read().contains { !$0.changes.isDisjoint(with: .gone) && $0.watch == watch })
        try inotify.remove(watch)
    }

    @Test func onlyFoldersThemselvesAreWatched() throws {
        try folder.write("", to: "file")
        symlink(folder.path, folder["link"])
        let inotify = try Inotify()
        for name in ["file", "link", "none"] {
            #expect(throws: SystemError.self) { _ = try inotify.watch(folder[name], for: .arrivals) }
        }
    }

    @Test func tooManyNotesAreAnOverflow() throws {
        let limit = try String(decoding: Descriptor.open("/proc/sys/fs/inotify/max_queued_events").readAll(limit: 100), as: UTF8.self)
        let count = try #require(Int(limit.filter(\.isNumber)))
        let inotify = try Inotify()
        _ = try inotify.watch(folder.path, for: .arrivals)
        let directory = try folder.directory()
        // Notes that repeat the last one are merged, so two names take turns; each makes and removal is one note.
        for round in 0...count / 2 {
            let name = round.isMultiple(of: 2) ? "a" : "b"
            _ = try directory.create(name)
            try directory.unlink(name)
        }
        var overflowed = false
        while !overflowed, case let notes = try inotify.read(), !notes.isEmpty { overflowed = notes.contains(where: \.isOverflow) }
        #expect(overflowed)
    }
}
