import Audit
import Foundation
import Testing

/// What becomes of bundles after publication, through the real programs.
@Suite struct CollectionTests {
    private func kinds(_ house: House, _ number: Int) throws -> [String] {
        try house.reader.history(vin: Export.vin(number)).compactMap { $0.record?.kind }
    }

    private func isCollected(_ house: House, _ number: Int) throws -> Bool { try kinds(house, number).contains("collected") }

    private func rescan(_ house: House) async throws {
        #expect(try await house.ecocctl("rescan").status == 0)
        try await house.eventually("the looks are over") { try house.status().idle }
    }

    @Test func collectedIsRecordedOnce() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...4), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            try await house.eventually("four bundles wait") { try house.status().destinations.first?.uncollected == 4 }
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(1))")
            try FileManager.default.moveItem(atPath: "\(house.outbox)/\(Export.bundle(2))", toPath: "\(house.root)/taken")
            // Woken by events; a rescan finds them where the file system sends none.
            try await house.eventually("both are on record as collected") { try isCollected(house, 1) && isCollected(house, 2) }
            try await house.end()
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(3))")
            try await house.start()
            try await house.eventually("what was taken meanwhile is on record") { try isCollected(house, 3) }
            try FileManager.default.copyItem(
                atPath: "\(house.folder(of: report.submission))/bundles/\(Export.bundle(1))", toPath: "\(house.outbox)/\(Export.bundle(1))")
            try await rescan(house)
            try FileManager.default.removeItem(atPath: "\(house.outbox)/\(Export.bundle(1))")
            try await rescan(house)
            for number in 1...3 { #expect(try kinds(house, number).filter { $0 == "collected" }.count == 1) }
            #expect(try !isCollected(house, 4))
            let collected = try #require(try house.reader.history(vin: Export.vin(1)).last?.record)
            #expect(collected.submission == report.submission && collected.text("destination") == "nap")
            #expect(collected.text("bundle") == Export.bundle(1))
            #expect(try house.status().destinations.first?.uncollected == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// The outbox's file system isn't mounted: an empty folder lies in its place.
    @Test func anEmptyFolderInItsPlaceSaysNothing() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try await rescan(house)
            let mounted = "\(house.root)/mounted"
            try FileManager.default.moveItem(atPath: house.outbox, toPath: mounted)
            try FileManager.default.createDirectory(atPath: "\(house.outbox)/receipts", withIntermediateDirectories: true)
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("status shows the problem") { try house.status().destinations.first?.problem != nil }
            try house.drop(Export.file([2]), as: "second.csv")
            try await house.eventually("the second submission waits") {
                try house.status().incidents.contains { $0.submission.contains("T") && $0.what.contains("isn't the folder") }
            }
            let status = try house.status()
            #expect(status.ready && !status.idle)
            #expect(try !isCollected(house, 1))
            #expect(house.bundles().isEmpty && house.leftovers().isEmpty)

            try await house.end()
            try await house.start()
            try await house.eventually("a restart forgets nothing") { try house.status().destinations.first?.problem != nil }
            #expect(try !isCollected(house, 1) && house.bundles().isEmpty)

            try FileManager.default.removeItem(atPath: house.outbox)
            try FileManager.default.moveItem(atPath: mounted, toPath: house.outbox)
            #expect(try await house.ecocctl("rescan").status == 0)
            _ = try await house.report(of: "second.csv")
            try await rescan(house)
            #expect(house.bundles() == [Export.bundle(1), Export.bundle(2)])
            #expect(try house.status().destinations.first?.problem == nil)
            #expect(try !isCollected(house, 1) && !isCollected(house, 2))
            #expect(try await house.verifyLedger() == 0)
        }
    }
}
