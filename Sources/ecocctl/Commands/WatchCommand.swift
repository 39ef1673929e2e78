import ArgumentParser
import Audit
import FoundationEssentials
import Glibc

/// `ecocctl watch`: submissions as they move, until interrupted. Reads the ledger only: it needs no daemon, and costs it nothing.
struct WatchCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "watch", abstract: "Follow submissions as they move, until interrupted.",
        discussion: "One line for each step; with --json an object a line. Certificates are counted, not listed.")

    @OptionGroup var common: CommonOptions

    @Option(help: "Only those of this source.")
    var source: String?

    @Option(help: ArgumentHelp("Seconds between two looks, 0.1 to 60.", valueName: "seconds"))
    var interval = 1.0

    func validate() throws {
        guard (0.1...60).contains(interval) else { throw ValidationError("The interval is 0.1 to 60 seconds.") }
    }

    func run() throws {
        Self.allowInterruption()
        do {
            let reader = try LedgerReader(path: common.places().ledger)
            let size = try reader.size()
            var feed = WatchFeed(reader: reader, source: source, position: size)
            let view = WatchView(isJSON: common.json, isTerminal: Console.isTerminal && !common.json)
            view.begin(try feed.unfinished(), size)
            while true {
                view.show(try feed.next())
                usleep(UInt32(interval * 1_000_000))
            }
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
    }

    /// Whoever started it may have had signals blocked, and that is inherited.
    private static func allowInterruption() {
        var ending = sigset_t()
        sigemptyset(&ending)
        for signal in [SIGINT, SIGTERM, SIGHUP, SIGPIPE] { sigaddset(&ending, signal) }
        pthread_sigmask(SIG_UNBLOCK, &ending, nil)
    }
}
