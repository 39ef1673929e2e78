import FoundationEssentials
import Glibc
import Linux

/// Why the daemon gave no answer.
public enum ControlFailure: Error, Sendable, CustomStringConvertible {
    /// Nobody listens at the socket.
    case notReachable(socket: String, reason: String)
    case noAnswer(reason: String)

    public var description: String {
        switch self {
        case .notReachable(let socket, let reason):
            "The daemon isn't reachable at \(socket) (\(reason)). Is it running? 'systemctl status ecocd' tells."
        case .noAnswer(let reason): "The daemon gave no answer (\(reason)). 'journalctl -u ecocd' may say why."
        }
    }
}

/// Asks the daemon one question.
public enum ControlClient {
    static let answerLimit = 4 << 20

    /// Blocks for at most ten seconds.
    public static func ask(_ request: ControlRequest, at socket: String) throws(ControlFailure) -> ControlAnswer {
        let connection: UnixConnection
        do { connection = try UnixConnection(connectingTo: socket) } catch {
            throw .notReachable(socket: socket, reason: error.description)
        }
        do {
            try connection.send(line: Array(JSONEncoder().encode(request)), milliseconds: 5000)
            guard let line = try connection.receiveLine(limit: answerLimit, milliseconds: 10_000) else {
                throw ControlFailure.noAnswer(reason: "it closed the connection")
            }
            return try JSONDecoder().decode(ControlAnswer.self, from: Data(line))
        } catch let failure as ControlFailure {
            throw failure
        } catch {
            throw .noAnswer(reason: "\(error)")
        }
    }
}

/// The user that this process runs as.
func ownUser() -> UInt32 { geteuid() }
