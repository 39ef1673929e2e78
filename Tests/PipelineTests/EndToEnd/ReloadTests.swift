import Foundation
import Testing

/// SIGHUP: a good configuration comes into force, a bad one doesn't.
@Suite struct ReloadTests {
    @Test func newSourceWorksAtOnce() async throws {
        try await House.run { house in
            try house.configure("second", House.csv)
            house.reload()
            try await house.eventually("the new source is shown") { try house.status().sources.contains { $0.name == "second" } }
            try house.drop(Export.file([1]), as: "a.csv", in: "second")
            #expect(try await house.report(of: "a.csv", in: "second", seconds: 120).outcome == "published")
            try house.drop(Export.file([2]), as: "b.csv")
            #expect(try await house.report(of: "b.csv", seconds: 120).outcome == "published")
        }
    }

    @Test(arguments: ["format = \"xls\"\ndestinations = [\"nap\"]\n", "format = ", House.csv.replacing("nap", with: "nowhere")])
    func badConfigurationIsRefused(settings: String) async throws {
        try await House.run { house in
            try house.configure("second", settings)
            house.reload()
            try await house.eventually("the refusal is in the log") {
                house.logText().contains("The configuration is refused, the old one stays in force: \(house.root)/etc/")
            }
            #expect(try house.status().sources.map(\.name) == ["erp", "reference"])
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
        }
    }

    /// The folders are in use until the daemon ends.
    @Test func movedSpoolNeedsARestart() async throws {
        try await House.run { house in
            let settings = try String(contentsOfFile: house.config, encoding: .utf8)
            try house.write(settings.replacing("spool = \"\(house.spool)\"", with: "spool = \"\(house.root)/elsewhere\""), to: house.config)
            house.reload()
            try await house.eventually("the refusal is in the log") { house.logText().contains("a reload can't change spool") }
        }
    }
}
