import ArgumentParser
import Audit
import Configuration
import Linux
import Publish
import Sign

/// `ecocctl verify`: is this bundle what it says? Works offline, without daemon and ledger.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify bundles: container, manifest, both signatures, the chain and the ledger's proof.",
        discussion: """
            Needs no daemon. With the house's settings (the default ones where --trusted isn't given) a bundle must be the house's own: sealed by \
            the organisation of its seal certificate, and with the proof that its ledger has it. Without them any organisation passes that the \
            authorities issued a certificate to: name yours with --organisation, or read who sealed. Exit code 1 when a bundle isn't valid.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: "Bundles (.asice).")
    var bundles: [String]

    @Option(help: ArgumentHelp("PEM file with the authorities to trust. Default: the one of the configuration.", valueName: "file"))
    var trusted: String?

    @Option(help: ArgumentHelp("The only signer to accept: SHA-256 of the certificate, in hexadecimal.", valueName: "sha256"))
    var signer: String?

    @Option(
        help: ArgumentHelp(
            "The only organisation to accept, as the certificate names it. Default: the one of the settings' seal certificate.",
            valueName: "name"))
    var organisation: String?

    @Option(
        help: ArgumentHelp(
            "The ledger's verifier key (origin+id+base64); bundles without its proof are then refused. Default: the settings'.",
            valueName: "key"))
    var verifierKey: String?

    static let maximumBytes = 256 << 20

    private struct Answer: Encodable {
        var bundle: String
        var valid: Bool
        var vin: String?
        var signer: String?
        var organisation: String?
        var checks: [Check]

        struct Check: Encodable {
            var name: String
            var passed: Bool
            var detail: String
        }
    }

    func run() throws {
        let settings = try settings()
        let own = try settings.map { try OwnSeal($0, organisation: organisation, verifierKey: verifierKey) }
        let verifier = try verifier(settings, own)
        let answers = try bundles.map { answer($0, verifier.verify(try read($0, limit: Self.maximumBytes))) }
        // What isn't a bundle of anybody's can be told without it.
        if let gap = own?.gap, answers.contains(where: \.valid) { throw gap }
        if common.json { try Console.json(answers) } else { answers.forEach(show) }
        if answers.contains(where: { !$0.valid }) { throw ExitCode(RefusalCode.no.rawValue) }
    }

    /// Whoever names authorities judges as a stranger, unless he names the settings, too.
    private func settings() throws -> Configuration? {
        try trusted == nil || common.isConfigurationNamed ? common.daemonSettings() : nil
    }

    private func verifier(_ settings: Configuration?, _ own: OwnSeal?) throws -> BundleVerifier {
        let authorities = try read(trusted ?? settings?.seal.trusted ?? "", limit: 1 << 20)
        let key = try own?.ledgerKey ?? verifierKey.map(LedgerKey.read)
        do {
            return try BundleVerifier(
                trustedPEM: authorities, expectedSignerSHA256: signer, expectedOrganisation: own?.organisation ?? organisation,
                ledgerKey: key, requiresLedgerProof: key != nil)
        } catch {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    private func read(_ path: String, limit: Int) throws -> [UInt8] {
        do { return try Descriptor.open(path).readAll(limit: limit) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    private func answer(_ bundle: String, _ result: BundleVerification) -> Answer {
        Answer(
            bundle: bundle, valid: result.isValid, vin: result.vin, signer: result.messageSigner?.subject,
            organisation: result.messageSigner?.organisation,
            checks: result.checks.map { .init(name: $0.name, passed: $0.passed, detail: $0.detail) })
    }

    private func show(_ answer: Answer) {
        let sealer = Console.visible("\(answer.organisation ?? "?") (\(answer.signer ?? "?"))")
        Console.line("\(Console.visible(answer.bundle)): \(answer.valid ? "VALID, sealed by \(sealer)" : "NOT VALID")")
        for check in answer.checks { Console.line("  \(check.passed ? "ok  " : "FAIL") \(check.name): \(Console.visible(check.detail))") }
        if let vin = answer.vin, answer.valid { Console.line("  vehicle \(vin)") }
    }
}

/// What makes a bundle the house's own: the organisation that seals, and the key of the ledger that must have it.
private struct OwnSeal {
    let organisation: String?
    let ledgerKey: VerifierKey?
    /// Why one of them isn't known: then nothing can be called valid.
    let gap: CommandRefusal?

    /// - Parameters:
    ///   - organisation: instead of the seal certificate's.
    ///   - verifierKey: instead of the one beside the ledger.
    init(_ settings: Configuration, organisation: String?, verifierKey: String?) throws {
        var gap: CommandRefusal?
        let key = verifierKey ?? LedgerKey.text(inFile: settings.verifierKey)
        if key == nil {
            gap = CommandRefusal(
                .usage,
                "The ledger's verifier key \(settings.verifierKey) can't be read, and without it nobody knows whether the ledger has a bundle. "
                    + "Give it with --verifier-key, or judge as a stranger with --trusted.")
        }
        ledgerKey = try key.map(LedgerKey.read)
        if let organisation {
            self.organisation = organisation
        } else {
            do {
                let pem = try Descriptor.open(settings.seal.certificate).readAll(limit: 1 << 20)
                self.organisation = try SealCertificatePolicy.organisation(inPEM: pem)
            } catch {
                let reason = (error as? VerificationFailure)?.message ?? "\(error)"
                self.organisation = nil
                gap = CommandRefusal(
                    .usage, "\(settings.seal.certificate): \(reason) Give the organisation that seals with --organisation.")
            }
        }
        self.gap = gap
    }
}
