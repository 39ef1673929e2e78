import Control
import Foundation
import Glibc
import Testing

/// What `status` and `doctor` show when much waits, and to whom.
@Suite struct StatusTests {
    private static let many = 3000

    /// Lists end after some rows, with the number of the rest; all of them come in pages.
    @Test func listsAreCut() async throws {
        try await House.run { house in
            for number in 0..<Self.many {
                // Without its end it waits; a temporary name would only be counted.
                try house.drop(Export.header, as: "\(String(repeating: "n", count: 180))-\(number).csv")
            }
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("all of them are seen") { try house.status().counts?.waiting == Self.many }
            let status = try house.status()
            #expect(status.waiting.count == StatusReport.shownRows && !status.idle)
            let shown = try await house.ecocctl("status")
            #expect(shown.text.contains("… and \(Self.many - StatusReport.shownRows) more (ecocctl status --all)"), "\(shown.everything)")
            let all = try await house.ecocctl("status", "--all", "--json")
            let report = try JSONDecoder().decode(StatusReport.self, from: Data(all.text.utf8))
            #expect(Set(report.waiting.map(\.name)).count == Self.many && report.sources == status.sources)
        }
    }

    /// Two submissions stall for each row that is shown: every one of them is an incident.
    @Test func incidentsAreCounted() async throws {
        try await House.empty { house in
            try await house.start()
            try await house.end()
            let count = 2 * StatusReport.shownRows + 1
            for number in 0..<count {
                let stray = "\(house.spool)/validate/20261123T140512.\(100 + number)Z-k7q2mzr4"
                try FileManager.default.createDirectory(atPath: stray, withIntermediateDirectories: true)
            }
            try house.launch()
            try await house.eventually("they are incidents") { (try? house.status())?.counts?.incidents == count }
            let doctor = try await house.ecocctl("doctor")
            #expect(doctor.status == 1 && doctor.text.contains("… and \(count - StatusReport.shownRows) more (ecocctl doctor --all)"))
            let all = try await house.ecocctl("doctor", "--all", "--json")
            let incidents = try JSONDecoder().decode([StatusReport.Incident].self, from: Data(all.text.utf8))
            #expect(all.status == 1 && Set(incidents.map(\.submission)).count == count)
        }
    }

    /// A stranger learns how it goes, and no name of anything.
    @Test(.enabled(if: ControlTests.canBeAnotherUser, "only root can ask as another user"))
    func strangersSeeNumbersOnly() async throws {
        try await House.run { house in
            try house.drop("\(Export.header)\n\(Export.row(1))", as: "secret-customer.csv")
            close(open("\(house.inbox())/\(Export.vin(7)).part", O_CREAT | O_WRONLY, 0o644))
            #expect(try await house.ecocctl("rescan").status == 0)
            try await house.eventually("something waits") { try !house.status().waiting.isEmpty }
            let seen = try await ControlTests.ask("status", house)
            let report = try JSONDecoder().decode(ControlAnswer.self, from: Data(seen.utf8)).status
            #expect(report?.ready == true && report?.isReduced == true && report?.counts?.waiting ?? 0 > 0)
            #expect(report?.seal.daysLeft == (try house.status().seal.daysLeft))
            for secret in ["secret", Export.vin(7), "erp", "nap", house.root] { #expect(!seen.contains(secret), "\(secret): \(seen)") }
        }
    }
}
