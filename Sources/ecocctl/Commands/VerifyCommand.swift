import ArgumentParser
import Audit
import Linux
import Publish

/// `ecocctl verify`: is this bundle what it says? Works offline, without daemon and ledger.
struct VerifyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Verify bundles: container, manifest, both signatures, the chain and the ledger's proof.",
        discussion: "Needs no daemon. Exit code 1 when a bundle isn't valid.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "Bundles (.asice).")
    var bundles: [String]

    @Option(help: ArgumentHelp("PEM file with the authorities to trust. Default: the one of the configuration.", valueName: "file"))
    var trusted: String?

    @Option(help: ArgumentHelp("The only signer to accept: SHA-256 of the certificate, in hexadecimal.", valueName: "sha256"))
    var signer: String?

    @Option(
        help: ArgumentHelp(
            "The ledger's verifier key (origin+id+base64); bundles without its proof are then refused. Default: the configuration's, unless --trusted is given; bundles without proof then pass.",
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
        let verifier = try verifier()
        let answers = try bundles.map { answer($0, verifier.verify(try read($0, limit: Self.maximumBytes))) }
        if common.json { try Console.json(answers) } else { answers.forEach(show) }
        if answers.contains(where: { !$0.valid }) { throw ExitCode(RefusalCode.no.rawValue) }
    }

    private func verifier() throws -> BundleVerifier {
        let configuration = try trusted == nil ? common.configuration() : nil
        let authorities = try read(trusted ?? configuration?.seal.trusted ?? "", limit: 1 << 20)
        let key = try (verifierKey ?? configuration.flatMap { LedgerKey.text(inFile: $0.verifierKey) }).map(LedgerKey.read)
        do {
            return try BundleVerifier(
                trustedPEM: authorities, expectedSignerSHA256: signer, ledgerKey: key, requiresLedgerProof: verifierKey != nil)
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
        Console.line("\(answer.bundle): \(answer.valid ? "VALID" : "NOT VALID")")
        for check in answer.checks { Console.line("  \(check.passed ? "ok  " : "FAIL") \(check.name): \(Console.visible(check.detail))") }
        if let vin = answer.vin, answer.valid { Console.line("  vehicle \(vin), sealed by \(answer.signer ?? "?")") }
    }
}
