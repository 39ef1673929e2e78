import ArgumentParser
import Configuration
import Control

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

    /// Where things lie, for what only looks: a fault in another setting is no reason not to.
    func places() throws -> Configuration.Places {
        do { return try Configuration.Places.load(config) } catch { throw CommandRefusal(.usage, "\(error)") }
    }

    /// Asks the daemon, and turns its refusals into exit codes.
    func ask(_ command: ControlRequest.Command) throws -> ControlAnswer { try ask(ControlRequest(command)) }

    func ask(_ request: ControlRequest) throws -> ControlAnswer {
        let socket = Configuration.Places.socket(config)
        if let warning = socket.warning { Console.error(warning) }
        let answer: ControlAnswer
        do { answer = try ControlClient.ask(request, at: socket.path) } catch { throw CommandRefusal(.notReachable, "\(error)") }
        switch answer.outcome {
        case .done: return answer
        case .notAllowed: throw CommandRefusal(.notAllowed, answer.message ?? "Not allowed.")
        case .refused: throw CommandRefusal(.no, answer.message ?? "Refused.")
        }
    }

    func status() throws -> StatusReport {
        guard let status = try ask(.status).status else { throw CommandRefusal(.notReachable, "The daemon gave no status.") }
        return status
    }

    /// Shows an answer that is a word at most.
    func show(_ answer: ControlAnswer) throws {
        if json { return try Console.json(["outcome": answer.outcome.rawValue, "message": answer.message ?? ""]) }
        if let message = answer.message { Console.line(message) }
    }
}
