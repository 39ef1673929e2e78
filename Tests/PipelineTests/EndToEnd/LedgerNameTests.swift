import Foundation
import Testing

@testable import Pipeline

/// The ledger gets its name at the first start and keeps it; who wants another name is told so.
@Suite struct LedgerNameTests {
    private func set(_ organisation: String?, _ house: House) throws {
        let lines = try String(contentsOfFile: house.config, encoding: .utf8).split(separator: "\n", omittingEmptySubsequences: false)
        let rest = lines.filter { !$0.hasPrefix("organisation") }
        let line = organisation.map { ["organisation = \"\($0)\""] } ?? []
        try house.write((line + rest.map(String.init)).joined(separator: "\n"), to: house.config)
    }

    private func refusedStart(_ house: House) async throws -> String {
        let start = try await Programs.run(Programs.daemon, ["--config", house.config])
        #expect(start.status == 1)
        let check = try await house.ecocctl("check")
        #expect(check.status == 1)
        let told = start.errors.components(separatedBy: "ecocd.toml:").last ?? ""
        #expect(check.text.contains(told.trimmingCharacters(in: .whitespacesAndNewlines)), "\(check.text) \(start.errors)")
        return start.errors
    }

    @Test(arguments: ["example.org", "EXAMPLE.com", "ecoc.example.net"])
    func exampleIsRefusedBeforeTheFirstEntry(organisation: String) async throws {
        try await House.empty { house in
            try set(organisation, house)
            let told = try await refusedStart(house)
            #expect(told.contains("ecocd.toml:1:16: 'organisation = \"\(organisation)\"' is an example"), "\(told)")
            #expect(!FileManager.default.fileExists(atPath: house.ledger))
        }
    }

    @Test func withoutItTheSealNamesTheLedger() async throws {
        try await House.empty { house in
            try set(nil, house)
            try await house.start()
            #expect(try house.status().ledger.origin == "house-motors/ecoc/1")
            try await house.end()
            try set("house-motors", house)
            #expect(try await house.ecocctl("check").status == 0)
            try await house.start()
            #expect(try await house.ecocctl("ledger", "verify").status == 0)
        }
    }

    @Test func changeExplainsItself() async throws {
        try await House.run { house in
            try set("other.test", house)
            house.reload()
            try await house.eventually("the reload is refused") {
                house.logText().contains("'organisation = \"other.test\"' isn't the name")
            }
            try await house.end()
            let told = try await refusedStart(house)
            #expect(told.contains("which is \"house.example\". A ledger keeps its name for life"), "\(told)")
            #expect(!told.contains("evidence") && !told.contains("disagree"), "\(told)")
            // Taken out, the ledger's own name counts.
            try set(nil, house)
            try await house.start()
            #expect(try house.status().ledger.origin == "house.example/ecoc/1")
        }
    }

    @Test(arguments: [
        ("Aurora Mobility GmbH", "aurora-mobility-gmbh"), ("  Škoda Auto a.s. ", "skoda-auto-a-s"),
        ("B\u{F6}hm & S\u{F6}hne", "bohm-sohne"),
        ("\u{672C}\u{7530}", nil),
    ])
    func namesAreMadePlain(organisation: String, name: String?) { #expect(LedgerName.plain(organisation) == name) }
}
