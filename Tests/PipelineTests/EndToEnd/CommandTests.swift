import Foundation
import Testing
import Validate

/// `ecocctl` as scripts use it: exit codes, JSON, and sentences where it refuses.
@Suite struct CommandTests {
    @Test func answersWhileTheDaemonRuns() async throws {
        try await House.run { house in
            try house.drop(Export.file([Export.row(1), Export.row(2, mass: "heavy")]), as: "file.csv")
            let report = try await house.report(of: "file.csv")
            let bundle = "\(house.outbox)/\(Export.bundle(1))"
            for arguments in [
                ["status"], ["list"], ["list", "--vin", Export.vin(1)], ["list", "--stage", "archive", "--source", "erp"],
                ["show", report.submission], ["show", Export.vin(1)], ["show", Export.vin(2)], ["ledger", "verify"],
                ["ledger", "checkpoint"], ["verify", bundle], ["check"], ["rules", "list"], ["rules", "explain", "VIN-01"],
                ["rules", "coverage"], ["rescan"],
                ["doctor"], ["doctor", "--acknowledge"],
            ] {
                try await expect(0, arguments, house)
            }
            try await expect(1, ["show", "nobody"], house, refuses: true)
            try await expect(1, ["rules", "explain", "VIN-99"], house, refuses: true)
        }
    }

    /// What is said of a rule comes from the rule set itself: its version, and an example that breaks the rule with what is found in it.
    @Test func explainsRulesByExample() async throws {
        try await House.empty { house in
            let list = try await house.ecocctl("rules", "list", "--json")
            #expect(list.text.contains("\"ruleSet\" : \"\(RuleSet.current.version)\""), "\(list.text.prefix(200))")
            let text = try await house.ecocctl("rules", "explain", "axl-01")
            #expect(text.text.contains("Breaks it:    A petrol car (M1) with NumberOfAxles = 3."), "\(text.everything)")
            #expect(text.text.contains("NumberOfAxles says 3, but the message has 2 axles.") && text.text.contains("Satisfies it: "))
            let fixed = try await house.ecocctl("rules", "explain", "CAT-01")
            #expect(fixed.text.contains("Its severity is fixed, because the message wouldn't be valid"))
        }
    }

    /// One element by any of its names, with what the page docs/elements.md says of it; several as a list.
    @Test func findsElements() async throws {
        try await House.empty { house in
            for arguments in [
                ["elements"], ["elements", "mass", "axle"], ["elements", "13.2"], ["elements", "farbe", "--language", "de"],
            ] {
                try await expect(0, arguments, house)
            }
            try await expect(1, ["elements", "nothing like this"], house, refuses: true)
            try await expect(2, ["elements", "--language", "xx"], house, refuses: true)
            let colour = try await house.ecocctl("elements", "CodeForBodywork")
            #expect(colour.text.contains("CocDataGroup.BodyworkTable[n].CodeForBodywork") && colour.text.contains("AB    hatchback"))
            #expect(colour.text.contains("COC-67") && colour.text.contains("item      38"), "\(colour.everything)")
        }
    }

    @Test func answersOffline() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try await house.end()
            let bundle = "\(house.outbox)/\(Export.bundle(1))"
            for arguments in [
                ["list"], ["show", Export.vin(1)], ["ledger", "verify"], ["ledger", "checkpoint"], ["verify", bundle], ["check"],
            ] {
                try await expect(0, arguments, house)
            }
            for arguments in [["status"], ["rescan"], ["doctor"], ["doctor", "--acknowledge"]] {
                try await expect(4, arguments, house, refuses: true)
            }
        }
    }

    /// A typing mistake in one file doesn't blind who asks or looks.
    @Test func aFaultySourceBlindsNobody() async throws {
        try await House.run { house in
            try house.drop(Export.file([1]), as: "file.csv")
            _ = try await house.report(of: "file.csv")
            try house.configure("erp", "format = \n")
            for arguments in [
                ["status"], ["rescan"], ["doctor"], ["list"], ["show", Export.vin(1)], ["ledger", "verify"], ["reference", "list"],
                ["doctor", "--archive"], ["verify", "\(house.outbox)/\(Export.bundle(1))"],
            ] {
                try await expect(0, arguments, house)
            }
            try await expect(1, ["retry", "nobody"], house, refuses: true)
            try await expect(1, ["check"], house)
        }
    }

    @Test func checksFiles() async throws {
        try await House.empty(["erp": House.csv, "ready": House.ready]) { house in
            let file = "\(house.root)/file.csv"
            try house.write(Export.file([1, 2]), to: file)
            try await expect(0, ["check", file, "--source", "erp"], house)
            try await expect(2, ["check", file], house, refuses: true)
            try await expect(2, ["check", file, "--source", "nobody"], house, refuses: true)
            try await expect(2, ["check", "\(file).gone", "--source", "erp"], house, refuses: true)
            try house.write(Export.file([Export.row(1), Export.row(2, mass: "heavy"), Export.row(1)]), to: file)
            try await expect(1, ["check", file, "--source", "erp"], house)
            try house.write("Chassis\n1\n", to: file)
            try await expect(1, ["check", file, "--source", "erp"], house)
            try await expect(1, ["check", file, "--source", "ready"], house)
        }
    }

    @Test func refusesWhatIsWrong() async throws {
        try await House.empty { house in
            let bundle = "\(house.root)/some.asice"
            try house.write("no bundle", to: bundle)
            try await expect(1, ["verify", bundle], house)
            try await expect(2, ["verify", "\(bundle).gone"], house, refuses: true)
            try await expect(2, ["verify", bundle, "--trusted", "/nowhere"], house, refuses: true)
            try await expect(2, ["verify", bundle, "--trusted", house.config], house, refuses: true)
            for arguments in [["list"], ["show", "x"], ["ledger", "verify"], ["ledger", "checkpoint"]] {
                try await expect(2, arguments, house, refuses: true)
            }
            try house.write("no ledger", to: house.ledger)
            for arguments in [["list"], ["show", "x"], ["ledger", "verify"], ["ledger", "checkpoint"]] {
                try await expect(2, arguments, house, refuses: true)
            }
            try house.write("spool = 1\n", to: house.config)
            for arguments in [["list"], ["ledger", "verify"]] { try await expect(2, arguments, house, refuses: true) }
            // Questions need the socket only, and here that is the usual one, where nobody listens.
            for arguments in [["status"], ["rescan"]] { try await expect(4, arguments, house, refuses: true) }
            try await expect(1, ["check"], house)
        }
    }

    @Test(arguments: [["nonsense"], ["status", "--nonsense"], ["verify"], ["list", "--limit", "many"]])
    func wrongUsage(arguments: [String]) async throws {
        let done = try await Programs.run(Programs.ecocctl, arguments)
        #expect(done.status == 2 && done.text.isEmpty && done.errors.hasPrefix("ecocctl: "), "\(done)")
    }

    @Test(arguments: [["--help"], ["--version"], ["status", "--help"], ["ledger", "verify", "--help"]])
    func help(arguments: [String]) async throws {
        let done = try await Programs.run(Programs.ecocctl, arguments)
        #expect(done.status == 0 && !done.text.isEmpty && done.errors.isEmpty, "\(done)")
    }

    @Test func demoAnswersWithoutAFolderInTheWay() async throws {
        let folder = "\(NSTemporaryDirectory())/ecocd-demo-\(UUID().uuidString.prefix(8))"
        try FileManager.default.createDirectory(atPath: "\(folder)/something", withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let samples = "\(Programs.packageRoot)/Samples"
        let taken = try await Programs.run(Programs.ecocctl, ["demo", "--prepare", folder, "--samples", samples])
        #expect(taken.status == 2 && taken.errors.contains("holds something that isn't a demo"))
        let made = try await Programs.run(Programs.ecocctl, ["demo", "--prepare", "\(folder)/something", "--samples", samples])
        #expect(made.status == 0, "\(made.everything)")
        let checked = try await Programs.run(Programs.ecocctl, ["check", "--config", "\(folder)/something/etc/ecocd.toml"])
        #expect(checked.status == 0, "\(checked.everything)")
    }

    /// Runs it as text and with `--json`: the same exit code; an answer is JSON on standard output, a refusal a sentence on standard error.
    private func expect(_ status: Int32, _ arguments: [String], _ house: House, refuses: Bool = false) async throws {
        for form in [[], ["--json"]] {
            let done = try await Programs.run(Programs.ecocctl, arguments + form + ["--config", house.config])
            #expect(done.status == status, "\(arguments + form): \(done.everything)")
            expectSentences(done, arguments)
            if refuses {
                #expect(done.text.isEmpty && done.errors.hasPrefix("ecocctl: "), "\(arguments + form): \(done.everything)")
            } else {
                #expect(done.errors.isEmpty, "\(arguments + form): \(done.errors)")
                if !form.isEmpty {
                    #expect(throws: Never.self, "\(arguments): \(done.text)") {
                        try JSONSerialization.jsonObject(with: Data(done.text.utf8))
                    }
                }
            }
        }
    }

    /// An operator never meets a Swift type's name.
    private func expectSentences(_ done: Programs.Output, _ arguments: [String]) {
        for trace in ["Error(", "Optional(", "__", "Swift.", "error 1."] {
            #expect(!done.everything.contains(trace), "\(arguments): \(done.everything)")
        }
    }
}
