import ArgumentParser
import Control

/// `ecocctl reload`: what `systemctl reload ecocd` runs, so that it fails when the settings are refused.
struct ReloadCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reload", abstract: "Let the daemon read its settings again.",
        discussion: "Exit code 1, with all that is wrong, when they are refused; the daemon then goes on with the old ones.")

    @OptionGroup var common: CommonOptions

    func run() throws { try common.show(common.ask(.reload)) }
}
