import Audit
import Foundation
import Testing
import Validate

/// What a source decides about rules, through the whole house: report, bundle, ledger.
@Suite struct RuleChangeTests {
    private static func rule(_ id: String, _ severity: String) -> String {
        """
        [[rule]]
        id = "\(id)"
        severity = "\(severity)"
        reason = "The works' scale weighs \(id)."
        by = "Jane Roe"

        """
    }

    /// What `validation.json` says, as a program reads it.
    private struct Summary: Decodable {
        var ruleSet: String
        var findings: [Finding]

        struct Finding: Decodable {
            var rule, severity: String
            var changed: Changed?
        }

        struct Changed: Decodable, Equatable { var from, reason, by: String }
    }

    /// MAS-02: a trailer that weighs as much as it may (1800 kg) carries nothing. MAS-01 (a warning): lighter than in running order.
    @Test func waivedAndRaisedRulesAreOnRecord() async throws {
        let settings = House.csv + Self.rule("MAS-02", "waived") + Self.rule("MAS-01", "error")
        try await House.run(["erp": settings, "plain": House.csv]) { house in
            let rows = [Export.row(1), Export.row(2, mass: "1800"), Export.row(3, mass: "1800"), Export.row(4, mass: "600")]
            try house.drop(Export.file(rows), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            #expect(report.records.map(\.status) == ["published", "published", "published", "rejected"], "\(report.rules)")
            #expect(report.counts.warnings == 0 && report.counts.rejected == 1)
            let waived = try #require(report.records[1].findings.first)
            #expect(waived.rule == "MAS-02" && waived.severity == "waived")
            #expect(waived.changed == Report.Change(from: "error", reason: "The works' scale weighs MAS-02.", by: "Jane Roe"))
            #expect(report.records[3].findings.map(\.severity) == ["error"] && report.records[3].findings[0].changed?.from == "warning")

            let text = try String(contentsOfFile: "\(house.spool)/returns/erp/\(try house.csvReport(of: "file.csv"))", encoding: .utf8)
            #expect(text.contains("By decision of Jane Roe, this is waived for this source, not an error: The works' scale weighs MAS-02."))

            let folder = try await house.unpack(Export.bundle(2))
            let summary = try JSONDecoder().decode(Summary.self, from: Data(contentsOf: URL(filePath: "\(folder)/validation.json")))
            #expect(summary.findings.map(\.rule) == ["MAS-02"] && summary.findings[0].changed?.by == "Jane Roe")
            #expect(summary.ruleSet.hasPrefix("2026.") && summary.ruleSet != RuleSet.current.version)

            let events = try house.reader.history(submission: report.submission).compactMap(\.record).filter { $0.kind == "finding-waived" }
            #expect(events.compactMap { $0.text("rule") } == ["MAS-01", "MAS-02"])
            #expect(events.map { $0.number("count") } == [1, 2])
            #expect(
                events.map { [$0.text("from"), $0.text("to"), $0.text("by")] } == [
                    ["warning", "error", "Jane Roe"], ["error", "waived", "Jane Roe"],
                ])
            #expect(try await house.verifyLedger() == 0)

            // Another source's records are judged by the rules as they are.
            try house.drop(Export.file([Export.row(9, mass: "1800")]), as: "plain.csv", in: "plain")
            let plain = try await house.report(of: "plain.csv", in: "plain")
            #expect(plain.outcome == "rejected" && plain.records[0].findings.map(\.severity) == ["error"])
            #expect(try house.reader.history(submission: plain.submission).allSatisfy { $0.record?.kind != "finding-waived" })
        }
    }

    /// `ecocctl check` tells the same before anything is dropped.
    @Test func checkShowsTheDecision() async throws {
        try await House.empty(["erp": House.csv + Self.rule("MAS-02", "warning")]) { house in
            try house.write(Export.file([Export.row(1, mass: "1800")]), to: "\(house.root)/file.csv")
            let done = try await house.ecocctl("check", "\(house.root)/file.csv", "--json")
            #expect(
                done.status == 0 && done.text.contains("\"from\"") && done.text.contains("By decision of Jane Roe"),
                "\(done.everything)")
        }
    }
}

extension House {
    /// The name of the one CSV report of a dropped file.
    fileprivate func csvReport(of name: String) throws -> String {
        try #require(reports(of: name).first).replacing(".report.json", with: ".report.csv")
    }
}
