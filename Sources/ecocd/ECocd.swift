import ArgumentParser
import Glibc
import Linux
import Logging
import Pipeline

/// The daemon's command line: one option, everything else is in the configuration.
@main
struct ECocd: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ecocd", abstract: "Turns what an ERP drops into a folder into sealed electronic certificates of conformity.",
        discussion: "Runs in the foreground, as systemd wants it. 'ecocctl' asks it questions.", version: Daemon.version)

    @Option(help: "The configuration file; sources.d and destinations.d lie beside it.")
    var config = "/etc/ecocd/ecocd.toml"

    func run() throws {
        CoreDump.refuse()
        // Modes are part of what docs/spool.md promises to groups, so they don't depend on who starts it.
        umask(0o027)
        LoggingSystem.bootstrap { _ in JournalLogHandler() }
        let logger = Logger(label: "ecocd")
        do {
            try DaemonService(configurationPath: config, logger: logger).run()
        } catch {
            logger.critical("\(error)")
            throw ExitCode.failure
        }
    }
}
