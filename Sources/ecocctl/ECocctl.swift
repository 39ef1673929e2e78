import ArgumentParser
import Glibc
import Linux
import Pipeline

/// What people type. Exit codes: 0 ok, 1 the answer is no, 2 usage, 3 not allowed, 4 daemon not reachable.
struct ECocctl: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ecocctl", abstract: "Looks into ecocd, checks files before they are sent, and verifies what it made.",
        discussion:
            "Every command but demo takes --json. Exit codes: 0 ok, 1 the answer is no, 2 usage, 3 not allowed, 4 daemon not reachable.",
        version: Daemon.version,
        subcommands: [
            StatusCommand.self, ListCommand.self, ShowCommand.self, CheckCommand.self, VerifyCommand.self, PageCommand.self,
            LedgerCommand.self, RulesCommand.self, ElementsCommand.self, ReferenceCommand.self, WatchCommand.self,
            HeldCommand.self, ReleaseCommand.self, RejectCommand.self, RetryCommand.self, WithdrawCommand.self, RescanCommand.self,
            ReloadCommand.self,
            DoctorCommand.self, DemoCommand.self, MeasureCommand.self,
        ])
}

@main
enum Program {
    static func main() {
        // Some commands hold keys or passphrases.
        CoreDump.refuse()
        do {
            var command = try ECocctl.parseAsRoot()
            try command.run()
        } catch let refusal as CommandRefusal {
            Console.error(refusal.message)
            exit(refusal.code.rawValue)
        } catch {
            let code = ECocctl.exitCode(for: error)
            let text = ECocctl.fullMessage(for: error)
            if code == .success { Console.line(text) } else if !text.isEmpty { Console.error(text) }
            exit(code == .validationFailure ? RefusalCode.usage.rawValue : code.rawValue)
        }
    }
}
