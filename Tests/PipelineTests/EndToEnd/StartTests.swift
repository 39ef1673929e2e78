import Foundation
import Glibc
import Testing

/// What keeps the daemon from starting is said in a sentence, and ends it with an error.
@Suite struct StartTests {
    @Test(arguments: [
        "no configuration", "no key", "no certificate", "no authority", "another key", "no ledger", "no folder", "no socket",
        "no stamping authority", "one source wrong",
    ])
    func faultIsExplained(_ fault: String) async throws {
        try await House.empty { house in
            try spoil(house, fault)
            try house.launch()
            try await house.eventually("the daemon ends for \(fault)", seconds: 30) { !house.isRunning }
            #expect(try await house.end(with: SIGCONT).status == 1)
            let log = house.logText()
            #expect(log.hasPrefix("<2>"), "\(fault): \(log)")
            for trace in ["Error(", "Optional(", "__", "Swift.", "Failure("] { #expect(!log.contains(trace), "\(fault): \(log)") }
            #expect(log.contains(house.root), "\(fault): \(log)")
        }
    }

    private func spoil(_ house: House, _ fault: String) throws {
        let files = FileManager.default
        switch fault {
        case "no configuration": try files.removeItem(atPath: house.config)
        case "no key": try files.removeItem(atPath: "\(house.root)/keys/seal.key")
        case "no certificate": try house.write("nothing", to: "\(house.root)/keys/seal.pem")
        case "no authority": try house.write("nothing", to: house.trusted)
        case "another key":
            try files.removeItem(atPath: "\(house.root)/keys/seal.key")
            try files.copyItem(atPath: "\(house.root)/keys/ca.key", toPath: "\(house.root)/keys/seal.key")
        case "no stamping authority":
            let settings = try String(contentsOfFile: house.config, encoding: .utf8)
            let anchor = "\n[anchor]\ntimestamp-url = \"http://127.0.0.1/\"\ntimestamp-trusted = \"\(house.root)/nobody.pem\"\n"
            try house.write(settings + anchor, to: house.config)
        case "no ledger": try house.write("no ledger", to: house.ledger)
        case "no folder":
            try files.removeItem(atPath: house.spool)
            try house.write("a file", to: house.spool)
        case "no socket": try files.createDirectory(atPath: "\(house.socket)/x", withIntermediateDirectories: true)
        default: try house.configure("erp", House.csv + "colour = 1\n")
        }
    }

    @Test func secondDaemonOfOneHouseEnds() async throws {
        try await House.run { house in
            let second = try await Programs.run(Programs.daemon, ["--config", house.config])
            #expect(second.status == 1 && second.errors.contains(house.root), "\(second.errors)")
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
            #expect(try await house.ecocctl("status").status == 0)
        }
    }

    /// Too little of what the system gives is said before work begins, with the setting of the unit that gives more.
    @Test(
        .enabled(if: Programs.stock("prlimit") != nil, "prlimit isn't installed"),
        arguments: [("--nofile=100:100", "LimitNOFILE="), ("--as=600000000", "LimitAS="), ("--data=200000000", "LimitDATA=")])
    func limitsThatAreTooLowAreNamed(_ limit: String, _ setting: String) async throws {
        try await House.empty { house in
            try house.launch(under: [try #require(Programs.stock("prlimit")), limit])
            try await house.eventually("the daemon ends under \(limit)", seconds: 60) { !house.isRunning }
            #expect(try await house.end(with: SIGCONT).status == 1)
            #expect(house.logText().contains("\(setting) of the service") && house.logText().contains("ecocd needs"), "\(house.logText())")
        }
    }

    /// The soft limit of open files is raised by the daemon itself.
    @Test(.enabled(if: Programs.stock("prlimit") != nil, "prlimit isn't installed")) func aSoftLimitIsRaised() async throws {
        try await House.empty { house in
            try house.launch(under: [try #require(Programs.stock("prlimit")), "--nofile=64:4096"])
            try await house.eventually("the daemon is ready") { (try? house.status())?.ready == true }
            let limits = try String(contentsOfFile: "/proc/\(house.identifier)/limits", encoding: .utf8)
            let files = try #require(limits.split(separator: "\n").first { $0.hasPrefix("Max open files") })
            #expect(files.split(separator: " ")[3] != "64", "\(files)")
        }
    }
}
