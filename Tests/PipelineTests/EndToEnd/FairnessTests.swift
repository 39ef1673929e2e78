import Foundation
import Testing

/// Nobody waits behind another's mass.
@Suite struct FairnessTests {
    private static let sources = ["mass": House.csv, "some": House.csv, "quiet": House.csv]

    /// One file of a quiet source goes before nearly all of the others', and so do the few of a third one.
    @Test func sourcesTakeTurns() async throws {
        try await House.run(Self.sources, rescanSeconds: 86_400) { house in
            let (mass, few) = (240, 8)
            for number in 1...mass { try house.drop(Export.file([number]), as: "\(number).csv", in: "mass") }
            for number in 1...few { try house.drop(Export.file([1000 + number]), as: "\(number).csv", in: "some") }
            try await house.eventually("the first are answered") { house.reports(of: "", in: "mass").count >= 4 }
            try house.drop(Export.file([2000]), as: "one.csv", in: "quiet")
            _ = try await house.report(of: "one.csv", in: "quiet")
            let ahead = house.reports(of: "", in: "mass").count
            #expect(ahead < mass / 2, "\(ahead) of \(mass) went before it")
            try await house.eventually("the few are answered") { house.reports(of: "", in: "some").count == few }
            #expect(house.reports(of: "", in: "mass").count < mass / 2 + few)
            try await house.eventually("all are answered") { house.reports(of: "", in: "mass").count == mass }
            #expect(house.bundles().count == mass + few + 1)
            try await house.eventually("nothing is left to be done") { try house.status().idle }
        }
    }

    /// As many long submissions as there are workers: a file of another source gets a worker of its own.
    @Test func nobodyWaitsForAnothersLongWork() async throws {
        try await House.run(Self.sources, rescanSeconds: 86_400) { house in
            let size = 600
            for number in 0..<6 {
                try house.drop(Export.file((number * size + 1)...((number + 1) * size)), as: "\(number).csv", in: "mass")
            }
            try await house.eventually("every worker has one") { try house.status().working.count { $0.source == "mass" } >= 4 }
            try house.drop(Export.file([9_001]), as: "one.csv", in: "quiet")
            try house.drop(Export.file([9_002]), as: "one.csv", in: "some")
            _ = try await house.report(of: "one.csv", in: "quiet")
            _ = try await house.report(of: "one.csv", in: "some")
            #expect(house.reports(of: "", in: "mass").count <= 2)
            try await house.eventually("all are answered") { house.reports(of: "", in: "mass").count == 6 }
            #expect(house.bundles().count == 6 * size + 2)
        }
    }

    /// The next file of a name waits for the first one's claim only, not for its publication.
    @Test func theNextFileOfANameIsTakenWhileTheFirstIsInWork() async throws {
        try await House.run(rescanSeconds: 86_400) { house in
            try house.drop(Export.file(1...1500), as: "a.csv")
            try await house.eventually("it is in work") { try house.status().working.contains { $0.name == "a.csv" } }
            try house.drop(Export.file([2000]), as: "a.csv")
            try await house.eventually("the second is published") { house.bundles().contains(Export.bundle(2000)) }
            try await house.eventually("the second is answered") { !house.reports(of: "a.csv").isEmpty }
            #expect(house.reports(of: "a.csv").count == 1)
            try await house.eventually("both are answered") { house.reports(of: "a.csv").count == 2 }
            #expect(house.bundles().count == 1501)
        }
    }
}
