import ArgumentParser
import Control

/// `ecocctl ledger roll`: the next volume.
struct LedgerRoll: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roll", abstract: "Let the daemon close the ledger's open volume and open the next one.",
        discussion:
            "Happens by itself in a new year. Exit codes: 0 done, 1 not now, 3 not allowed, 4 daemon not reachable.")

    @OptionGroup var common: CommonOptions

    func run() throws { try common.show(common.ask(.roll)) }
}
