import ArgumentParser
import Configuration
import Control
import FoundationEssentials

/// Options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("The daemon's configuration file.", valueName: "file"))
    var config = Self.defaultConfiguration

    @Flag(help: "Print JSON instead of text.")
    var json = false

    static let defaultConfiguration = "/etc/ecocd/ecocd.toml"

    /// Whether settings other than the default ones are asked for.
    var isConfigurationNamed: Bool { config != Self.defaultConfiguration }

    /// All settings, for what is done with them.
    func configuration() throws -> Configuration {
        do { return try Configuration.load(config) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    /// Those of `ecocd.toml`, for what has nothing to do with sources: a fault in one of them is no reason not to do it.
    func daemonSettings() throws -> Configuration {
        do { return try Configuration.loadWithoutSources(config) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    /// Where things lie, for what only looks: a fault in another setting is no reason not to.
    func places() throws -> Configuration.Places {
        do { return try Configuration.Places.load(config) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    /// Asks the daemon, and turns its refusals into exit codes.
    func ask(_ command: ControlRequest.Command) throws -> ControlAnswer { try ask(ControlRequest(command)) }

    /// - Parameter order: the id of an order that was given before; nil gives an order one of its own.
    func ask(_ request: ControlRequest, order: String? = nil) throws -> ControlAnswer {
        var request = request
        if request.command.isOrder { request.id = order ?? UUID().uuidString }
        let socket = Configuration.Places.socket(config)
        if let warning = socket.warning { Console.error(warning) }
        let answer: ControlAnswer
        do { answer = try ControlClient.ask(request, at: socket.path) } catch {
            throw CommandRefusal(.notReachable, "\(error)\(Self.advice(request, error))")
        }
        switch answer.outcome {
        case .done: return answer
        case .notAllowed: throw CommandRefusal(.notAllowed, answer.message ?? "Not allowed.")
        case .refused: throw CommandRefusal(.no, answer.message ?? "Refused.")
        }
    }

    private static func advice(_ request: ControlRequest, _ failure: ControlFailure) -> String {
        guard case .unknownOutcome(let id, _) = failure else { return "" }
        switch request.command {
        case .release, .reject, .withdraw, .retireReference:
            return " Give the same command again with '--order \(id)': it tells what became of it, and does nothing twice."
        default: return " Look before you give it again: 'ecocctl status', 'ecocctl watch'."
        }
    }

    /// - Parameter whole: all rows of this list, however many; of the others the first ones.
    func status(whole lists: [StatusReport.List] = []) throws -> StatusReport {
        var status = try status(ControlRequest(.status))
        guard let counts = status.counts, status.isReduced != true else { return status }
        for list in lists where counts[list] > StatusReport.shownRows {
            var pages: [StatusReport] = []
            var from = 0
            // The list may change meanwhile: it ends where a page is empty.
            while case let page = try self.status(ControlRequest(.status, page: .init(list, from: from))),
                case let rows = page.rows(of: list), rows > 0
            {
                pages.append(page)
                from += rows
            }
            status.replace(list, with: pages)
        }
        return status
    }

    private func status(_ request: ControlRequest) throws -> StatusReport {
        guard let status = try ask(request).status else { throw CommandRefusal(.notReachable, "The daemon gave no status.") }
        return status
    }

    /// Shows an answer that is a word at most.
    func show(_ answer: ControlAnswer) throws {
        if json { return try Console.json(["outcome": answer.outcome.rawValue, "message": answer.message ?? ""]) }
        if let message = answer.message { Console.line(message) }
    }
}
