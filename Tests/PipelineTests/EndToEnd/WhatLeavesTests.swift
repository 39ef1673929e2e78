import Foundation
import Testing

/// What lies in an outbox is readable by everybody, and `ecocctl verify` tells the house's own from that of others.
@Suite struct WhatLeavesTests {
    @Test(.enabled(if: Programs.stock("java") != nil && Programs.stock("bsdtar") != nil, "needs default-jdk-headless and libarchive-tools"))
    func streamingReadersFindEverything() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...3), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let withdrawn = try await house.ecocctl("withdraw", Export.vin(2), "--reason", "Scrapped.")
            #expect(withdrawn.status == 0, "\(withdrawn.everything)")
            let names = try FileManager.default.contentsOfDirectory(atPath: house.outbox).filter { $0.hasSuffix(".asice") }
            #expect(names.count == 4 && names.contains { $0.hasSuffix(".withdrawn.asice") })
            let script = "\(Programs.packageRoot)/Tests/scripts/read-as-stream"
            let read = try await Programs.run(script, names.map { "\(house.outbox)/\($0)" })
            #expect(read.status == 0, "\(read.everything)")
            for reader in ["headers", "bsdtar", "java"] {
                #expect(read.text.contains("\(reader): ") && read.text.contains("in 4 containers"))
            }
        }
    }

    /// Another customer of the same authority certifies our vehicle with other values.
    @Test(.enabled(if: Programs.stock("openssl") != nil, "needs openssl"))
    func anotherCompanysCertificateIsNotOurs() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...1), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let ours = "\(house.outbox)/\(Export.bundle(1))"
            let own = try await house.ecocctl("verify", ours)
            #expect(own.status == 0, "\(own.everything)")
            #expect(own.text.hasPrefix("\(ours): VALID, sealed by House Motors (CN=House Motors demo seal,O=House Motors)\n"))

            try await House.empty { stranger in
                try await Self.seal(stranger, as: "Other Motors")
                try await stranger.start()
                try stranger.drop(Export.file(1...1, mass: "671"), as: "a.csv")
                _ = try await stranger.report(of: "a.csv")
                let theirs = "\(stranger.outbox)/\(Export.bundle(1))"
                #expect(try await stranger.ecocctl("verify", theirs).status == 0)

                let asOurs = try await house.ecocctl("verify", theirs)
                #expect(asOurs.status == 1 && asOurs.text.contains("FAIL signers: Other Motors sealed"), "\(asOurs.everything)")
                // Our authorities named, our settings still hold.
                #expect(try await house.ecocctl("verify", theirs, "--trusted", house.trusted).status == 1)
                // Their organisation accepted: our ledger still doesn't have it.
                let accepted = try await house.ecocctl("verify", theirs, "--organisation", "Other Motors")
                #expect(accepted.status == 1 && accepted.text.contains("FAIL ledger"), "\(accepted.everything)")

                func asStranger(_ options: String...) async throws -> Programs.Output {
                    try await Programs.run(Programs.ecocctl, ["verify", theirs, "--trusted", house.trusted] + options)
                }
                let told = try await asStranger()
                #expect(told.status == 0, "\(told.everything)")
                #expect(told.text.hasPrefix("\(theirs): VALID, sealed by Other Motors (CN=Other Motors seal,O=Other Motors)\n"))
                #expect(try await asStranger("--organisation", "Other Motors").status == 0)
                let named = try await asStranger("--organisation", "House Motors")
                #expect(named.status == 1 && named.text.hasPrefix("\(theirs): NOT VALID"), "\(named.everything)")
            }
        }
    }

    /// With settings nothing is valid of which it isn't known whether the ledger has it.
    @Test func theSettingsKeyIsNeeded() async throws {
        try await House.run { house in
            try house.drop(Export.file(1...1), as: "a.csv")
            _ = try await house.report(of: "a.csv")
            let bundle = "\(house.outbox)/\(Export.bundle(1))"
            try FileManager.default.moveItem(atPath: "\(house.state)/ledger.vkey", toPath: "\(house.root)/noted.vkey")
            let without = try await house.ecocctl("verify", bundle)
            #expect(without.status == 2 && without.errors.contains("--verifier-key"), "\(without.everything)")
            let key = try String(contentsOfFile: "\(house.root)/noted.vkey", encoding: .utf8).split(separator: "\n")[0]
            #expect(try await house.ecocctl("verify", bundle, "--verifier-key", String(key)).status == 0)
        }
    }

    /// Gives a house a seal of the same authority for another organisation.
    private static func seal(_ house: House, as organisation: String) async throws {
        let keys = "\(house.root)/keys"
        try house.write("basicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\n", to: "\(keys)/ext")
        for words in [
            "req -new -newkey rsa:2048 -nodes -keyout seal.key -out seal.csr -subj",
            "x509 -req -in seal.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 30 -extfile ext -out seal.pem",
        ] {
            let arguments = words.split(separator: " ").map(String.init)
            let subject = arguments.last == "-subj" ? ["/O=\(organisation)/CN=\(organisation) seal"] : []
            let made = try await Programs.run("/usr/bin/openssl", arguments + subject, in: keys)
            try #require(made.status == 0, "\(made.everything)")
        }
    }
}
