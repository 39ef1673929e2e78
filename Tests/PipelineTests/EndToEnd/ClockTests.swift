import Foundation
import Glibc
import Testing

/// The real program under a date that isn't right, as faketime(1) makes it (docs/operations.md, "The clock").
@Suite struct ClockTests {
    private static let isHere = Programs.stock("faketime") != nil

    /// Runs `body` while the daemon has another date. Its waits and the machine's uptime stay true.
    private func run(_ house: House, offset: String, _ body: () async throws -> Void) async throws {
        let faketime = try #require(Programs.stock("faketime"))
        // Times of files stay true as well: half of the calls that tell them would be missed.
        try house.launch(["NO_FAKE_STAT": "1"], under: [faketime, "--exclude-monotonic", "-m", "-f", offset])
        let wrapper = house.identifier
        func daemon() -> Int32? {
            let children = try? String(contentsOfFile: "/proc/\(wrapper)/task/\(wrapper)/children", encoding: .utf8)
            return children?.split(separator: " ").first.flatMap { Int32($0) }
        }
        // The wrapper passes no signals on, and ends with the daemon.
        defer { if let daemon = daemon() { kill(daemon, SIGKILL) } }
        try await house.eventually("the daemon works") { (try? house.status())?.phase == .working }
        try await body()
        kill(try #require(daemon()), SIGTERM)
        try await house.eventually("the daemon has ended") { !house.isRunning }
    }

    private func clockIncident(_ house: House) throws -> String? {
        try house.status().incidents.first { $0.submission == "clock" }.map { "\($0.what). \($0.remedy)" }
    }

    @Test(.enabled(if: isHere, "needs faketime"))
    func fiveHoursBackNothingIsDatedOrSealed() async throws {
        try await House.run(["erp": House.csv + "corrections = \"auto\"\n"]) { house in
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
            try await house.end()
            try await run(house, offset: "-5h") {
                let problem = try #require(try clockIncident(house))
                #expect(
                    problem.contains("5 hours later: nothing is given a date or sealed") && problem.contains("--acknowledge"), "\(problem)")
                #expect(try !house.status().ready && house.status().seal.problem != nil)
                try house.drop(Export.file([1], mass: "680"), as: "correction.csv")
                try await house.eventually("the correction waits") { try house.status().stages["validate"] == 1 }
                let withdrawal = try await house.ecocctl("withdraw", Export.vin(1), "--reason", "x")
                #expect(withdrawal.status == 1 && withdrawal.everything.contains("the machine's clock"), "\(withdrawal.everything)")
            }
            // What the daemon recorded meanwhile doesn't count.
            try await run(house, offset: "-5h") {
                _ = try #require(try clockIncident(house))
                #expect(house.bundles() == [Export.bundle(1)])
            }
            try house.launch()
            #expect(try await house.report(of: "correction.csv").outcome == "published")
            #expect(house.bundles().count == 2)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// Where something was sealed by a clock that was ahead, an administrator says that it is right now.
    @Test(.enabled(if: isHere, "needs faketime"))
    func anAdministratorAnswersForAClockThatWasAhead() async throws {
        try await House.run { house in
            try await house.end()
            try await run(house, offset: "+10h") {
                try house.drop(Export.file([1]), as: "a.csv")
                #expect(try await house.report(of: "a.csv").outcome == "published")
            }
            try house.launch()
            try await house.eventually("the daemon works") { (try? house.status())?.phase == .working }
            let shown = try #require(try clockIncident(house))
            #expect(shown.contains("10 hours later"), "\(shown)")
            try house.drop(Export.file([2]), as: "b.csv")
            try await house.eventually("the file waits") { try house.status().stages["validate"] == 1 }
            #expect(try await house.ecocctl("doctor", "--acknowledge").status == 0)
            #expect(try await house.ecocctl("rescan").status == 0)
            #expect(try await house.report(of: "b.csv").outcome == "published")
            try await house.end()
            try await house.start()
            let incident = try clockIncident(house)
            #expect(incident == nil)
        }
    }
}
