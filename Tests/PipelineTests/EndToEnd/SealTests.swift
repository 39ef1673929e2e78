import Foundation
import Glibc
import Testing

@testable import Sign

/// A seal that can't be used: told before the start, by the start and by `ecocctl check` in the same words; and what goes on without one.
@Suite struct SealTests {
    private static let day = 86_400
    private static let now = Int(time(nil))

    /// A root, an authority below it and a seal, made once.
    private struct Certificates: Sendable {
        let root: CertificateIssuer
        let middle: CertificateIssuer
        let seal: CertificateIssuer

        init() throws {
            func authority(_ name: String, issuer: CertificateIssuer? = nil, key: PrivateKey? = nil, until end: Int) throws
                -> CertificateIssuer
            {
                try CertificateIssuer(
                    CertificateTemplate(
                        commonName: name, organisation: "Trust", isAuthority: true, keyUsage: "critical,keyCertSign", bits: 2048,
                        notBefore: now - 30 * day, notAfter: end), issuer: issuer, key: key)
            }
            root = try authority("Root", until: now + 900 * day)
            middle = try authority("Middle", issuer: root, until: now + 20 * day)
            seal = try CertificateIssuer(Self.template(), issuer: middle)
        }

        static func template(until end: Int = now + 90 * day) -> CertificateTemplate {
            CertificateTemplate(commonName: "Seal", organisation: "House Motors", bits: 2048, notBefore: now - 20 * day, notAfter: end)
        }

        /// The same key with a certificate that ends then.
        func seal(until end: Int) throws -> CertificateIssuer {
            try CertificateIssuer(Self.template(until: end), issuer: middle, key: seal.key)
        }
    }

    private static let certificates = Result { try Certificates() }

    private func install(
        _ house: House, key: CertificateIssuer? = nil, seal: [CertificateIssuer]
    ) throws {
        let all = try Self.certificates.get()
        func put(_ bytes: [UInt8], _ name: String) throws { try Data(bytes).write(to: URL(filePath: "\(house.root)/keys/\(name)")) }
        try put((key ?? all.seal).keyPEM(), "seal.key")
        chmod("\(house.root)/keys/seal.key", 0o600)
        try put(seal.flatMap { try $0.certificatePEM() }, "seal.pem")
        try put(all.root.certificatePEM(), "ca.pem")
    }

    @Test func theEarliestEndOnThePathIsShown() async throws {
        let all = try Self.certificates.get()
        try await House.empty { house in
            try install(house, seal: [all.seal, all.middle])
            try await house.start()
            let seal = try house.status().seal
            #expect(seal.daysLeft == 19 || seal.daysLeft == 20)
            #expect(seal.endsFirst?.hasPrefix("CN=Middle") == true && seal.problem == nil && seal.subject.hasPrefix("CN=Seal"))
            #expect(house.logText().contains("The certificate CN=Middle,O=Trust ends in"))
            let check = try await house.ecocctl("check")
            #expect(check.status == 0 && check.text.contains("when CN=Middle,O=Trust ends"), "\(check.everything)")
            try house.drop(Export.file([1]), as: "a.csv")
            #expect(try await house.report(of: "a.csv").outcome == "published")
        }
    }

    /// Everything but sealing works, and with a new certificate what waited goes on.
    @Test func withAnEndedSealOnlySealingStops() async throws {
        let all = try Self.certificates.get()
        try await House.run { house in
            try house.drop(Export.file([1]), as: "before.csv")
            #expect(try await house.report(of: "before.csv").outcome == "published")
            try await house.end()
            try install(house, seal: [try all.seal(until: Self.now - Self.day), all.middle])
            let check = try await house.ecocctl("check")
            #expect(check.status == 1 && check.text.contains("ecocd starts, but nothing can be sealed"), "\(check.everything)")

            try house.launch()
            try await house.eventually("the daemon works") { (try? house.status())?.phase == .working }
            try house.drop(Export.file([2, 3]), as: "a.csv")
            try await house.eventually("the file waits in sign") {
                try house.status().stages["sign"] == 1 && !house.status().incidents.isEmpty
            }
            try await house.eventually("it is told why") {
                try house.status().incidents.contains { $0.what.contains("CN=Seal") && $0.submission != "seal" }
            }
            let status = try house.status()
            #expect(!status.ready && status.seal.problem?.contains("ended on") == true && status.seal.daysLeft < 0)
            let problem = try #require(status.incidents.first { $0.submission == "seal" })
            #expect(problem.what.contains("nothing is sealed") && problem.remedy.contains("new certificate"), "\(problem)")
            for incident in status.incidents { #expect(!"\(incident)".contains("sender"), "\(incident)") }
            #expect(house.bundles() == [Export.bundle(1)])
            let withdrawal = try await house.ecocctl("withdraw", Export.vin(1), "--reason", "x")
            #expect(withdrawal.status == 1 && withdrawal.everything.contains("can't be sealed"), "\(withdrawal.everything)")
            #expect(try await house.ecocctl("show", Export.vin(1)).status == 0)
            try await house.end()

            try install(house, seal: [all.seal, all.middle])
            try house.launch()
            #expect(try await house.report(of: "a.csv").outcome == "published")
            #expect(try house.status().ready)
            #expect(try await house.verifyLedger() == 0)
        }
    }

    /// What keeps the daemon from starting, `ecocctl check` tells in the same words.
    @Test(arguments: [
        ("intermediate ended", "CN=Middle,O=Trust ended on"), ("intermediate missing", "issued by CN=Middle,O=Trust"),
        ("another authority", "issued by CN=Root,O=Trust, whose certificate isn't there"), ("another key", "belongs to the seal key"),
        ("PKCS#12", "openssl pkcs12"), ("no key", "seal.key"), ("empty certificate", "is empty"), ("no group", "no group 'ecoc-nobody'"),
        ("key for everybody", "chmod 0640"), ("settings for a group", "chmod g-w"), ("source for everybody", "chmod go-w"),
        ("folder for everybody", "put other files into it"), ("stage for everybody", "put other files into it"),
        ("certificate of a stranger", "belongs to the user"), ("schema", "nowhere.xsd"), ("no state", "folder of the ledger"),
    ])
    func startAndCheckAgree(_ fault: String, _ words: String) async throws {
        try await House.empty { house in
            try spoil(house, fault)
            let check = try await house.ecocctl("check")
            #expect(check.status == 1 && check.text.contains(words), "\(fault): \(check.everything)")
            let json = try await house.ecocctl("check", "--json")
            #expect(
                json.status == 1 && json.text.contains("\"valid\" : false") && json.text.contains("\"preventsStart\" : true"),
                "\(json.everything)")
            try house.launch()
            try await house.eventually("the daemon ends for \(fault)", seconds: 60) { !house.isRunning }
            let told = check.text.split(separator: "\n").map(String.init).first { $0.contains(words) } ?? ""
            #expect(house.logText().contains(told), "\(fault): \(told)\n\(house.logText())")
            #expect(!FileManager.default.fileExists(atPath: house.ledger), "nothing is begun before all is right")
        }
    }

    private func spoil(_ house: House, _ fault: String) throws {
        let all = try Self.certificates.get()
        let keys = "\(house.root)/keys"
        switch fault {
        case "intermediate ended":
            var template = all.middle.template
            template.notAfter = Self.now - Self.day
            try install(house, seal: [all.seal, try CertificateIssuer(template, issuer: all.root, key: all.middle.key)])
        case "intermediate missing": try install(house, seal: [all.seal])
        case "another authority":
            let stranger = try Data(contentsOf: URL(filePath: house.trusted))
            try install(house, seal: [all.seal, all.middle])
            try stranger.write(to: URL(filePath: house.trusted))
        case "another key": try install(house, key: all.root, seal: [all.seal, all.middle])
        case "PKCS#12":
            let made = Process()
            made.executableURL = URL(filePath: "/usr/bin/openssl")
            made.arguments = [
                "pkcs12", "-export", "-inkey", "\(keys)/seal.key", "-in", "\(keys)/seal.pem", "-out", "\(keys)/x.p12", "-passout", "pass:x",
            ]
            try made.run()
            made.waitUntilExit()
            try FileManager.default.removeItem(atPath: "\(keys)/seal.key")
            try FileManager.default.moveItem(atPath: "\(keys)/x.p12", toPath: "\(keys)/seal.key")
            chmod("\(keys)/seal.key", 0o600)
        case "no key": try FileManager.default.removeItem(atPath: "\(keys)/seal.key")
        case "empty certificate": try house.write("", to: "\(keys)/seal.pem")
        case "no group": try change(house) { $0.replacing("[control]\n", with: "[control]\nadmin-group = \"ecoc-nobody\"\n") }
        case "key for everybody": chmod("\(keys)/seal.key", 0o644)
        case "settings for a group":
            chown(house.config, uid_t.max, 65534)
            chmod(house.config, 0o664)
        case "source for everybody": chmod("\(house.root)/etc/sources.d/erp.toml", 0o666)
        case "folder for everybody": chmod("\(house.root)/etc/sources.d", 0o777)
        case "stage for everybody":
            try FileManager.default.createDirectory(atPath: "\(house.spool)/sign", withIntermediateDirectories: true)
            chmod("\(house.spool)/sign", 0o777)
        case "certificate of a stranger": chown("\(keys)/seal.pem", 65534, gid_t.max)
        case "schema":
            try change(house) { text in
                text.split(separator: "\n", omittingEmptySubsequences: false).filter { !$0.hasPrefix("schema") }.joined(separator: "\n")
                    .replacing("[seal]", with: "schema = \"/nowhere.xsd\"\n\n[seal]")
            }
        default: try FileManager.default.removeItem(atPath: house.state)
        }
    }

    private func change(_ house: House, _ body: (String) -> String) throws {
        try house.write(body(try String(contentsOfFile: house.config, encoding: .utf8)), to: house.config)
    }

    @Test func checkGathersAllFaults() async throws {
        try await House.empty { house in
            chmod("\(house.root)/keys/seal.key", 0o604)
            try house.write("", to: house.trusted)
            try change(house) { $0.replacing("[control]\n", with: "[control]\nrelease-group = \"ecoc-nobody\"\n") }
            try house.write("outbox = \"\(house.root)/nowhere\"\n", to: "\(house.root)/etc/destinations.d/nap.toml")
            let check = try await house.ecocctl("check")
            for words in [
                "everybody may read it", "ca.pem): The trusted", "no group 'ecoc-nobody'",
                "ecocd starts, but the outbox of 'nap' isn't there",
            ] {
                #expect(check.text.contains(words), "\(check.everything)")
            }
        }
    }

    /// Only systemd hands out the passphrase: what can be said without it is said.
    @Test(.enabled(if: Programs.haveStockTools)) func aPassphraseThatOnlySystemdHasIsNotChecked() async throws {
        try await House.empty { house in
            try change(house) { $0.replacing("[control]\n", with: "passphrase-credential = \"seal\"\n\n[control]\n") }
            let check = try await house.ecocctl("check")
            #expect(
                check.status == 0 && check.text.contains("not checked: the key") && check.text.contains("seal: CN="), "\(check.everything)")
            try house.write("", to: "\(house.root)/keys/seal.pem")
            #expect(try await house.ecocctl("check").status == 1)
        }
    }

    /// A reload doesn't take settings that others may write.
    @Test func aReloadLooksAtPermissions() async throws {
        try await House.run { house in
            chmod("\(house.root)/etc/sources.d/erp.toml", 0o666)
            house.reload()
            try await house.eventually("the refusal is in the log") {
                house.logText().contains("the old one stays in force") && house.logText().contains("chmod go-w")
            }
        }
    }
}
