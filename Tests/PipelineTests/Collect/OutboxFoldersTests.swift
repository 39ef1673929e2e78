import Audit
import Configuration
import Foundation
import Testing

@testable import Pipeline

/// Whether a folder is the outbox that it was, in every state that mounts and people can leave.
@Suite struct OutboxFoldersTests {
    /// What a restart forgets is what an `OutboxFolders` of its own forgets.
    private func isItself(_ workshop: Workshop, _ folders: OutboxFolders? = nil, path: String? = nil) -> Bool {
        let folders = folders ?? OutboxFolders(state: workshop.house.state, ledger: workshop.engine.ledger)
        do {
            _ = try folders.open(.init(name: "nap", outbox: path ?? workshop.outbox))
            return true
        } catch {
            return false
        }
    }

    private func mark(_ workshop: Workshop) -> String { "\(workshop.receipts)/\(OutboxFolders.mark)" }

    /// As if the outbox's file system weren't mounted: its folder is there, and empty.
    private func unmount(_ workshop: Workshop) throws {
        try FileManager.default.moveItem(atPath: workshop.outbox, toPath: "\(workshop.outbox).mounted")
        try FileManager.default.createDirectory(atPath: workshop.receipts, withIntermediateDirectories: true)
    }

    private func mount(_ workshop: Workshop) throws {
        try FileManager.default.removeItem(atPath: workshop.outbox)
        try FileManager.default.moveItem(atPath: "\(workshop.outbox).mounted", toPath: workshop.outbox)
    }

    @Test func marksWhatItSeesFirst() async throws {
        try await Workshop.run { workshop in
            #expect(isItself(workshop) && FileManager.default.fileExists(atPath: mark(workshop)))
            #expect(isItself(workshop))
        }
    }

    @Test(arguments: [true, false]) func anEmptyFolderInItsPlace(somethingWaits: Bool) async throws {
        try await Workshop.run { workshop in
            if somethingWaits { _ = try workshop.deliver([1]) }
            let running = workshop.engine.outboxes
            #expect(isItself(workshop, running))
            try unmount(workshop)
            #expect(!isItself(workshop, running), "while the daemon runs")
            #expect(!isItself(workshop), "after a restart")
            #expect(!FileManager.default.fileExists(atPath: mark(workshop)))
            try mount(workshop)
            #expect(isItself(workshop, running) && isItself(workshop))
        }
    }

    @Test func anAdministratorsWord() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1])
            #expect(isItself(workshop))
            try unmount(workshop)
            try Data().write(to: URL(filePath: mark(workshop)))
            #expect(isItself(workshop) && isItself(workshop))
            try mount(workshop)
            #expect(isItself(workshop), "the old folder has the same mark")
        }
    }

    @Test func aLostMarkIsMadeAgainWhereNothingElseChanged() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1, 2])
            #expect(isItself(workshop, workshop.engine.outboxes))
            try FileManager.default.removeItem(atPath: workshop.receipts)
            #expect(isItself(workshop, workshop.engine.outboxes), "the same folder, while the daemon runs")
            try FileManager.default.removeItem(atPath: workshop.receipts)
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))")
            #expect(isItself(workshop), "after a restart, one of its bundles lies there")
            try FileManager.default.removeItem(atPath: workshop.receipts)
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(2))")
            #expect(!isItself(workshop), "nothing speaks for it")
        }
    }

    @Test func anotherPath() async throws {
        try await Workshop.run { workshop in
            #expect(isItself(workshop))
            let other = "\(workshop.house.root)/elsewhere"
            try FileManager.default.createDirectory(atPath: other, withIntermediateDirectories: true)
            #expect(isItself(workshop, path: other), "nothing is left behind")
            #expect(isItself(workshop), "nor on the way back")
            _ = try workshop.deliver([1])
            let third = "\(workshop.house.root)/third"
            try FileManager.default.createDirectory(atPath: third, withIntermediateDirectories: true)
            #expect(!isItself(workshop, path: third), "a bundle would be taken for collected")
            try FileManager.default.copyItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))", toPath: "\(third)/\(Export.bundle(1))")
            #expect(isItself(workshop, path: third))
        }
    }

    @Test func noFolderAtAll() async throws {
        try await Workshop.run { workshop in
            #expect(isItself(workshop))
            try FileManager.default.removeItem(atPath: workshop.outbox)
            #expect(!isItself(workshop))
            try workshop.house.write("a file", to: workshop.outbox)
            #expect(!isItself(workshop))
        }
    }

}
