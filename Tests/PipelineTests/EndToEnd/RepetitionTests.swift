import Foundation
import Testing

/// The same vehicles again: in the same file, in another, changed, at once.
@Suite struct RepetitionTests {
    @Test func sameBytesAreAnsweredByTheFirstSubmission() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "first.csv")
            let first = try await house.report(of: "first.csv")
            #expect(first.outcome == "published" && first.counts.published == 2)
            try house.drop(Export.file([1, 2]), as: "second.csv")
            let second = try await house.report(of: "second.csv")
            #expect(second.outcome == "duplicate" && second.first == first.submission && second.rules == ["FILE-90"])
            #expect(house.end(of: second.submission) == "rejected")
            #expect(house.bundles() == [Export.bundle(1), Export.bundle(2)])
        }
    }

    @Test func sameVehiclesInAnotherFileAreDuplicates() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2]), as: "first.csv")
            let first = try await house.report(of: "first.csv")
            try house.drop(Export.file([2, 3]), as: "second.csv")
            let second = try await house.report(of: "second.csv")
            #expect(second.outcome == "partly-published")
            #expect(second.records.map(\.status) == ["duplicate", "published"])
            #expect(second.records[0].rules == ["ID-02"] && second.records[0].findings[0].message.contains(first.submission))
            #expect(house.bundles() == [1, 2, 3].map(Export.bundle))
        }
    }

    @Test func changedVehicleIsNotPublishedWhereCorrectionsAreRefused() async throws {
        try await House.run(["erp": House.csv + "corrections = \"reject\"\n"]) { house in
            try house.drop(Export.file([1]), as: "first.csv")
            _ = try await house.report(of: "first.csv")
            try house.drop(Export.file([1], mass: "671"), as: "second.csv")
            let second = try await house.report(of: "second.csv")
            #expect(second.outcome == "rejected" && second.records.map(\.rules) == [["ID-07"]])
            #expect(try house.rejections(of: second.submission).contains("ID-07"))
            #expect(house.bundles() == [Export.bundle(1)])
        }
    }

    @Test func oneVehicleTwiceInAFileIsRejectedTwice() async throws {
        try await House.run { house in
            try house.drop(Export.file([1, 2, 1]), as: "twice.csv")
            let report = try await house.report(of: "twice.csv")
            #expect(report.records.map(\.status) == ["rejected", "published", "rejected"])
            #expect(report.records[0].rules == ["ID-01"] && report.records[2].rules == ["ID-01"])
            #expect(house.bundles() == [Export.bundle(2)])
        }
    }

    @Test func policyAllPublishesAllOrNothing() async throws {
        try await House.run(["erp": House.csv + "policy = \"all\"\n"]) { house in
            try house.drop(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), as: "mixed.csv")
            let mixed = try await house.report(of: "mixed.csv")
            #expect(mixed.outcome == "rejected" && mixed.records.map(\.status) == ["not-published", "rejected"])
            #expect(mixed.records[0].rules == ["ID-05"])
            #expect(house.bundles().isEmpty)
            try house.drop(Export.file([1, 2]), as: "mended.csv")
            #expect(try await house.report(of: "mended.csv").outcome == "published")
            #expect(house.bundles() == [1, 2].map(Export.bundle))
        }
    }

    /// A file that was rejected as a whole may come again, with the same bytes, once its cause is gone.
    @Test func rejectedFileMayComeAgain() async throws {
        try await House.empty { house in
            try FileManager.default.removeItem(atPath: "\(house.spool)/reference/haul-trailer.xml")
            try await house.start()
            try house.drop(Export.file([1]), as: "early.csv")
            let early = try await house.report(of: "early.csv")
            #expect(early.outcome == "rejected" && early.rules.contains("REF-01"))
            _ = try await house.dropReference(house.reference("haul-trailer.xml"), as: "haul-trailer.xml")
            try house.drop(Export.file([1]), as: "early.csv")
            #expect(try await house.report(of: "early.csv", number: 2).outcome == "published")
        }
    }

    @Test(arguments: [("same content", "670", "duplicate"), ("other content", "671", "rejected")])
    func oneVehicleInTwoFilesAtOnceIsPublishedOnce(_ what: String, mass: String, loser: String) async throws {
        try await House.run(["erp": House.csv, "other": House.csv]) { house in
            try house.drop(Export.file([7]), as: "a.csv")
            try house.drop(Export.file([7], mass: mass), as: "b.csv", in: "other")
            let reports = [try await house.report(of: "a.csv"), try await house.report(of: "b.csv", in: "other")]
            #expect(reports.flatMap(\.records).map(\.status).sorted() == [loser, "published"].sorted())
            #expect(house.bundles() == [Export.bundle(7)])
        }
    }
}
