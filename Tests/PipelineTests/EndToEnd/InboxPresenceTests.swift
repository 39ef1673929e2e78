import Foundation
import Glibc
import Testing

/// Inboxes that go and come while the daemon runs. No rescan falls into these tests: what is noticed is noticed by events.
@Suite struct InboxPresenceTests {
    private static let never = 86_400

    private func mode(_ source: String, in house: House) throws -> String? { try house.status().sources.first { $0.name == source }?.mode }

    @Test func anInboxThatIsGoneIsShownAndTheNextOneInItsPlaceIsWatched() async throws {
        let sources = ["erp": House.csv, "second": House.csv, "third": House.csv]
        try await House.run(sources, rescanSeconds: Self.never) { house in
            try FileManager.default.removeItem(atPath: house.inbox())
            try await house.eventually("the loss is shown") { try mode("erp", in: house) == "unreachable" }
            let status = try house.status()
            #expect(!status.idle && status.ready)
            #expect(status.sources.first { $0.name == "erp" }?.problem?.contains(house.inbox()) == true)
            #expect(status.incidents.map(\.submission) == ["inbox erp"])
            #expect(status.sources.filter { $0.name != "erp" }.allSatisfy { $0.mode == "events" && $0.problem == nil })
            let shown = try await house.ecocctl("status")
            #expect(shown.status == 1 && shown.everything.contains("INCIDENT inbox erp"))
            // The others go on.
            try house.drop(Export.file([1]), as: "a.csv", in: "second")
            #expect(try await house.report(of: "a.csv", in: "second").outcome == "published")
            try FileManager.default.createDirectory(atPath: house.inbox(), withIntermediateDirectories: false)
            try house.drop(Export.file([2]), as: "b.csv")
            #expect(try await house.report(of: "b.csv").outcome == "published")
            try await house.eventually("nothing is left to be said") { try house.status().idle }
            #expect(try mode("erp", in: house) == "events")
            #expect(try await house.ecocctl("status").status == 0)
        }
    }

    @Test func anInboxThatWasNotThereAtTheStartIsTakenUpWhenItComes() async throws {
        let place = "/tmp/ecocd-share-\(UUID().uuidString.prefix(13))"
        defer { try? FileManager.default.removeItem(atPath: place) }
        let sources = ["erp": House.csv, "share": "inbox = \"\(place)/a/inbox\"\n\(House.csv)"]
        try await House.run(sources, rescanSeconds: Self.never) { house in
            #expect(try mode("share", in: house) == "unreachable")
            try FileManager.default.createDirectory(atPath: "\(place)/aside/inbox", withIntermediateDirectories: true)
            try house.write(Export.file([1]), to: "\(place)/aside/inbox/a.csv")
            #expect(rename("\(place)/aside", "\(place)/a") == 0)
            #expect(try await house.report(of: "a.csv", in: "share").outcome == "published")
            try house.write(Export.file([2]), to: "\(place)/a/inbox/b.csv")
            #expect(try await house.report(of: "b.csv", in: "share").outcome == "published")
            #expect(try mode("share", in: house) == "events")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aFileSystemMountedLaterIsTakenUp() async throws {
        let place = "/tmp/ecocd-share-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: "\(place)/mount", withIntermediateDirectories: true)
        defer {
            umount2("\(place)/mount", Int32(MNT_DETACH))
            try? FileManager.default.removeItem(atPath: place)
        }
        try await House.run(["share": "inbox = \"\(place)/mount\"\n\(House.csv)"], rescanSeconds: Self.never) { house in
            #expect(try mode("share", in: house) == "events")
            try #require(mount("tmpfs", "\(place)/mount", "tmpfs", 0, "size=1m") == 0)
            try house.write(Export.file([1]), to: "\(place)/mount/a.csv")
            #expect(try await house.report(of: "a.csv", in: "share").outcome == "published")
            #expect(umount2("\(place)/mount", Int32(MNT_DETACH)) == 0)
            try house.write(Export.file([2]), to: "\(place)/mount/b.csv")
            #expect(try await house.report(of: "b.csv", in: "share").outcome == "published")
        }
    }

    @Test(.enabled(if: geteuid() == 0, "mounting asks for root")) func aFileThatCannotBeRemovedIsShownAndTriedAgain() async throws {
        let place = "/tmp/ecocd-share-\(UUID().uuidString.prefix(13))"
        try FileManager.default.createDirectory(atPath: place, withIntermediateDirectories: true)
        try #require(mount("tmpfs", place, "tmpfs", 0, "size=1m") == 0)
        defer {
            umount2(place, Int32(MNT_DETACH))
            try? FileManager.default.removeItem(atPath: place)
        }
        let settings = "inbox = \"\(place)\"\n" + House.csv.replacing("settle-seconds = 0", with: "settle-seconds = 3")
        try await House.run(["share": settings], rescanSeconds: Self.never) { house in
            try house.write(Export.file([1]), to: "\(place)/a.csv")
            try #require(mount("tmpfs", place, "tmpfs", UInt(MS_REMOUNT | MS_RDONLY), "size=1m") == 0)
            #expect(try await house.report(of: "a.csv", in: "share").outcome == "published")
            for _ in 0..<2 {
                try await house.eventually("it is shown") {
                    try house.status().waiting.contains {
                        $0.name == "a.csv" && $0.reason.contains("is taken, but can't be removed")
                            || $0.reason.contains("belongs to submission")
                    }
                }
                #expect(try await house.ecocctl("rescan").status == 0)
            }
            try #require(mount("tmpfs", place, "tmpfs", UInt(MS_REMOUNT), "size=1m") == 0)
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("it is gone") { !FileManager.default.fileExists(atPath: "\(place)/a.csv") }
            try await house.eventually("nothing is left to be done") { try house.status().idle }
            #expect(house.reports(of: "a.csv", in: "share").count == 1)
            #expect(try await house.verifyLedger() == 0)
        }
    }
}
