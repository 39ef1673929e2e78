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

    /// `systemctl reload` runs this: it fails with the faults, and `status` shows them until disk and force agree.
    @Test func refusedReloadIsToldToWhoAsked() async throws {
        try await House.run { house in
            let first = try #require(try house.status().settings)
            #expect(first.agree && first.onDisk == first.inForce && first.refusal == nil)
            try house.configure("second", House.csv + "colour = 1\npolicy = 2\n")
            #expect(try house.status().settings?.agree == false)
            let refused = try await house.ecocctl("reload")
            #expect(refused.status == 1 && refused.text.isEmpty)
            let file = "\(house.root)/etc/sources.d/second.toml"
            let lines = refused.errors.split(separator: "\n").filter { $0.hasPrefix("\(file):") }
            #expect(lines.count == 2, "\(refused.errors)")
            let shown = try #require(try house.status().settings)
            #expect(!shown.agree && shown.inForce == first.inForce && shown.refusal?.message.contains("'colour' is no setting") == true)
            #expect(try await house.ecocctl("status").text.contains("settings on disk differ"))
            try house.configure("second", House.csv)
            let taken = try await house.ecocctl("reload")
            #expect(taken.status == 0, "\(taken.everything)")
            let last = try #require(try house.status().settings)
            #expect(last.agree && last.refusal == nil && last.inForce != first.inForce)
            try await house.eventually("the source is shown") { try house.status().sources.contains { $0.name == "second" } }
        }
    }
}
