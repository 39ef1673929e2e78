import ArgumentParser
import Control

/// `ecocctl ledger accept-restore`: an administrator answers for a ledger that contradicts its remembered head.
struct LedgerAcceptRestore: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accept-restore", abstract: "Record why the ledger was put back to an older state, and let ecocd go on.",
        discussion:
            "Only while 'ecocctl doctor' shows that the ledger contradicts its remembered head. It stands in the ledger with your name.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Why, such as 'disk failed; restored the backup of 2026-11-24 02:00'.")
    var reason: String

    func run() throws { try common.show(common.ask(ControlRequest(.acceptRestore, reason: reason))) }
}
