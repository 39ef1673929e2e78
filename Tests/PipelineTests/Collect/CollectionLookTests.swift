import Audit
import Foundation
import Linux
import Testing

@testable import Pipeline

/// What one look into an outbox concludes.
@Suite struct CollectionLookTests {
    private func look(_ workshop: Workshop) throws -> CollectionLook.Found {
        var pass: CollectionLook.Pass?
        return try #require(try CollectionLook(ledger: workshop.engine.ledger).run(Directory(workshop.outbox), "nap", &pass))
    }

    @Test func whatIsGoneWasCollected() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1, 2, 3])
            #expect(try look(workshop).collected == 0)
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))")
            try FileManager.default.moveItem(
                atPath: "\(workshop.outbox)/\(Export.bundle(3))", toPath: "\(workshop.outbox)/taken-\(Export.bundle(3))")
            let found = try look(workshop)
            #expect(found.collected == 2 && found.remaining == 1)
            #expect(try workshop.kinds(of: 1).last == "collected" && workshop.kinds(of: 3).last == "collected")
            #expect(try workshop.kinds(of: 2).last == "published")
            // What comes back isn't published again, and so isn't collected again.
            try workshop.house.write("bundle", to: "\(workshop.outbox)/\(Export.bundle(1))")
            #expect(try look(workshop).collected == 0)
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))")
            #expect(try look(workshop).collected == 0)
        }
    }

    /// Renamed into the outbox and collected, and only then on record.
    @Test func whatIsNotOnRecordYetWaitsForTheNextLook() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1], upTo: .publishing)
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))")
            #expect(try look(workshop).collected == 0)
            #expect(try workshop.kinds(of: 1).last == "publishing")
        }
    }

    @Test func moreThanOnePageAndOneCommit() async throws {
        try await Workshop.run { workshop in
            let numbers = Array(1...600)
            _ = try workshop.deliver(numbers)
            for number in numbers where number % 2 == 0 {
                try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(number))")
            }
            let found = try look(workshop)
            #expect(found.collected == 300 && found.remaining == 300)
            #expect(try workshop.engine.ledger.uncollectedCount(destination: "nap") == 300)
        }
    }

    /// A turn that has no time left looks at one page, and the next goes on from there.
    @Test func aLongLookTakesTurns() async throws {
        try await Workshop.run { workshop in
            let numbers = Array(1...1_200)
            _ = try workshop.deliver(numbers)
            for number in numbers where number % 3 == 0 {
                try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(number))")
            }
            let (looking, directory) = (CollectionLook(ledger: workshop.engine.ledger), workshop.outbox)
            var (pass, found, turns): (CollectionLook.Pass?, CollectionLook.Found?, Int) = (nil, nil, 0)
            while found == nil {
                found = try looking.run(Directory(directory), "nap", &pass, until: 0)
                turns += 1
            }
            #expect(turns > 2 && pass == nil)
            #expect(found?.collected == 400 && found?.remaining == 800)
        }
    }

    /// A rescan of a folder in which nothing happened reads neither the folder nor the list.
    @Test func anUnchangedFolderNeedsNoLook() async throws {
        try await Workshop.run { workshop in
            _ = try workshop.deliver([1, 2])
            let looking = CollectionLook(ledger: workshop.engine.ledger)
            let directory = try Directory(workshop.outbox)
            // Changed moments ago: another change may not show.
            let fresh = try look(workshop)
            #expect(fresh.folder == nil)
            #expect(try !looking.isUnnecessary(directory, "nap", since: fresh) && !looking.isUnnecessary(directory, "nap", since: nil))
            let settled = CollectionLook.Found(folder: try directory.descriptor.status(), remaining: 2, collected: 0)
            #expect(try looking.isUnnecessary(directory, "nap", since: settled))
            // On record only since then.
            #expect(
                try !looking.isUnnecessary(
                    directory, "nap", since: .init(folder: try directory.descriptor.status(), remaining: 1, collected: 0)))
            try FileManager.default.removeItem(atPath: "\(workshop.outbox)/\(Export.bundle(1))")
            #expect(try !looking.isUnnecessary(directory, "nap", since: settled))
        }
    }
}
