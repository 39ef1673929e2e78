import Foundation
import Glibc
import Testing

/// Whose files a source takes, through the real programs.
@Suite struct OwnerTests {
    private static func settings(_ owners: String) -> String { House.csv + owners + "\n" }

    @Test func onlyTheSourcesUsersDeliver() async throws {
        let own = Self.settings("owners = [\"\(geteuid())\"]")
        try await House.run(["erp": own]) { house in
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
            try house.configure("erp", Self.settings("owners = [\"nobody\"]"))
            try await reload(house)
            let other = Export.file([2])
            try house.drop(other, as: "b.csv")
            let report = try await house.report(of: "b.csv")
            #expect(report.outcome == "rejected" && report.rules == ["FILE-11"])
            #expect(report.findings.first?.message.contains("user \(geteuid())") == true)
            #expect(house.original(of: report.submission) == Array(other.utf8) && house.end(of: report.submission) == "rejected")
            #expect(try house.rejections(of: report.submission) == ["FILE-11"])
            #expect(!FileManager.default.fileExists(atPath: "\(house.inbox())/b.csv"))
            // As root the test can deliver as that user.
            if geteuid() == 0 {
                try house.write(Export.file([3]), to: "\(house.root)/c.csv")
                #expect(chown("\(house.root)/c.csv", 65_534, 0) == 0)
                try FileManager.default.moveItem(atPath: "\(house.root)/c.csv", toPath: "\(house.inbox())/c.csv")
                #expect(try await house.report(of: "c.csv").outcome == "published")
            }
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// Under four-eyes a file that a releaser could have written to isn't somebody else's.
    @Test func whatTheGroupMayWriteToIsNobodys() async throws {
        try await House.run(["erp": House.csv + "release = \"four-eyes\"\n"]) { house in
            func drop(_ name: String, _ mode: mode_t) throws {
                try house.write(Export.file([1]), to: "\(house.root)/file")
                #expect(chmod("\(house.root)/file", mode) == 0 && rename("\(house.root)/file", "\(house.inbox())/\(name)") == 0)
            }
            try drop("shared.csv", 0o660)
            let report = try await house.report(of: "shared.csv")
            #expect(report.outcome == "rejected" && report.rules == ["FILE-12"])
            try drop("own.csv", 0o640)
            try await house.eventually("it is held") { try house.status().stages["hold"] == 1 }
        }
    }

    @Test func membersOfAGroupDeliver() async throws {
        try await House.run(["erp": Self.settings("owner-groups = [\"\(getegid())\"]"), "second": House.csv]) { house in
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
            try house.configure("erp", Self.settings("owner-groups = [\"3999999999\"]"))
            try await reload(house)
            try house.drop(Export.file([2]), as: "b.csv")
            #expect(try await house.report(of: "b.csv").rules == ["FILE-11"])
            try house.drop(Export.file([3]), as: "c.csv", in: "second")
            #expect(try await house.report(of: "c.csv", in: "second").outcome == "published")
        }
    }

    /// Refused at a reload, and the old settings stay; refused at the start.
    @Test func whoIsNotThereCannotBeNamed() async throws {
        try await House.run { house in
            try house.configure("erp", Self.settings("owners = [\"no-such-user\"]"))
            house.reload()
            try await house.eventually("the refusal is in the log") {
                house.logText().contains("The configuration is refused, the old one stays in force: \(house.root)/etc/sources.d/erp.toml:4")
            }
            #expect(house.logText().contains("there is no user 'no-such-user'"))
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
            let check = try await house.ecocctl("check")
            #expect(check.status == 1 && check.text.contains("no-such-user"), "\(check.everything)")
            try await house.end()
            try house.launch()
            try await house.eventually("the daemon ends") { !house.isRunning }
            #expect(house.logText().contains("<2>") && house.logText().contains("there is no user 'no-such-user'"))
        }
    }

    /// Waits until the daemon has recorded that another configuration is in force.
    private func reload(_ house: House) async throws {
        func recorded() throws -> Int { try house.reader.entries(0..<100_000).filter { $0.record?.kind == "configured" }.count }
        let before = try recorded()
        house.reload()
        // The record comes a moment before the new settings; the answer to a request comes behind both.
        try await house.eventually("the new settings are on record") { try recorded() > before }
        try await house.eventually("they are in force") { try house.status().idle }
    }
}
