import ArgumentParser
import Control

/// `ecocctl held`: what waits for a person's release.
struct HeldCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "held", abstract: "Show what a held submission brings: counts, findings, differences, samples.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The submission's id; 'ecocctl list --stage hold' shows those that wait.")
    var submission: String

    @Option(help: "Show at most so many corrections and samples.")
    var limit = 10

    func run() throws {
        guard let held = try common.ask(ControlRequest(.held, submission: submission)).held else {
            throw CommandRefusal(.notReachable, "The daemon told nothing of it.")
        }
        if common.json { try Console.json(held) } else { show(held) }
    }

    private func show(_ held: HeldReport) {
        Console.line(
            "\(held.submission): '\(Console.visible(held.name))' of '\(held.source)', received \(held.receivedAt), dropped by \(held.submitter)"
        )
        Console.line(
            "\(held.certificates) certificates to release, \(held.corrections) of them corrections; \(held.warnings) warnings; \(held.rejected) rejected and \(held.duplicates) repeated records"
        )
        Console.line("release policy: \(held.policy)")
        if !held.findings.isEmpty {
            Console.line()
            Console.table(["RULE", "TIMES"], held.findings.sorted { $0.key < $1.key }.map { [$0.key, String($0.value)] })
        }
        for difference in held.differences.prefix(limit) { show(difference) }
        if held.corrections > min(limit, held.differences.count) {
            Console.line(
                "\n… and \(held.corrections - min(limit, held.differences.count)) more corrections (differences.jsonl in the submission's folder)"
            )
        }
        Console.line("\ncertificates: \(held.samples.prefix(limit).joined(separator: ", "))\(held.certificates > limit ? ", …" : "")")
        Console.line("Next: ecocctl release \(held.submission), or ecocctl reject \(held.submission) --reason \"…\"")
    }

    private func show(_ difference: HeldReport.Difference) {
        Console.line(
            "\nrow \(difference.row): \(difference.vin), stage \(difference.stage): version \(difference.version) corrects \(difference.replaces) (\(difference.earlier))"
        )
        if let note = difference.note { Console.line("  \(note)") }
        Console.table(
            ["  ELEMENT", "ITEM", "PUBLISHED", "NOW"],
            (difference.changes ?? []).map { change in
                [
                    "  \(change.element)", change.item ?? "", Console.visible(change.before ?? "(none)"),
                    Console.visible(change.after ?? "(none)"),
                ]
            })
    }
}

/// `ecocctl release`: let a held submission go on.
struct ReleaseCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "release", abstract: "Let a held submission go on to the seal. Recorded with your name.",
        discussion: "Exit code 1 when it isn't held, 3 when you may not release it.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var orders: OrderOptions

    @Argument(help: "The submission's id.")
    var submission: String

    @Option(help: "Why; it stays in the ledger.")
    var reason: String?

    func run() throws { try common.show(common.ask(ControlRequest(.release, submission: submission, reason: reason), order: orders.order)) }
}

/// `ecocctl reject`: end a held submission.
struct RejectCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject", abstract: "End a held submission: nothing of it is published. Recorded with your name.",
        discussion: "Exit code 1 when it isn't held, 3 when you may not decide.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var orders: OrderOptions

    @Argument(help: "The submission's id.")
    var submission: String

    @Option(help: "Why; the source reads it in its report, and it stays in the ledger.")
    var reason: String

    func run() throws { try common.show(common.ask(ControlRequest(.reject, submission: submission, reason: reason), order: orders.order)) }
}

/// `ecocctl retry`: a stalled submission, now.
struct RetryCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "retry", abstract: "Try a submission that stalled again now, instead of at the next rescan.")

    @OptionGroup var common: CommonOptions

    @Argument(help: "The submission's id.")
    var submission: String

    func run() throws { try common.show(common.ask(ControlRequest(.retry, submission: submission))) }
}

/// `ecocctl withdraw`: a published certificate doesn't hold any more.
struct WithdrawCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "withdraw", abstract: "Withdraw a published certificate: a sealed notice goes to every outbox that got it.",
        discussion: "Recorded with your name. Exit code 1 when there is no such published certificate, 3 when you may not decide.")

    @OptionGroup var common: CommonOptions
    @OptionGroup var orders: OrderOptions

    @Argument(help: "The vehicle's VIN.")
    var vin: String

    @Option(help: "The stage of manufacture; default: the last one published.")
    var stage: Int?

    @Option(help: "The certificate's version; default: the newest published.")
    var certificateVersion: Int?

    @Option(help: "Why; it stands in the notice and stays in the ledger.")
    var reason: String

    func run() throws {
        let certificate = ControlRequest.Certificate(vin: vin, stage: stage, version: certificateVersion)
        try common.show(common.ask(ControlRequest(.withdraw, certificate: certificate, reason: reason), order: orders.order))
    }
}
