import FoundationEssentials
import Glibc
import Linux

/// Why the daemon gave no answer.
public enum ControlFailure: Error, Sendable, CustomStringConvertible {
    /// Nobody listens at the socket.
    case notReachable(socket: String, reason: String)
    case noAnswer(reason: String)
    /// An order may have been carried out; its id tells when it is asked for again.
    case unknownOutcome(id: String, seconds: Int)

    public var description: String {
        switch self {
        case .notReachable(let socket, let reason):
            "The daemon isn't reachable at \(socket) (\(reason)). Is it running? 'systemctl status ecocd' tells."
        case .noAnswer(let reason): "The daemon gave no answer (\(reason)). 'journalctl -u ecocd' may say why."
        case .unknownOutcome(let id, let seconds):
            "The daemon hasn't said within \(seconds) seconds what became of the order \(id), so it may have been carried out."
        }
    }
}

/// Asks the daemon one question.
public enum ControlClient {
    static let answerLimit = 4 << 20
    /// Of a look, and of each time that an order is asked for.
    static let milliseconds = 10_000
    /// How long an order is asked for. It may wait behind others, seal something, or be cut off by a restart of the daemon.
    static let orderSeconds = 120

    private static let pauseMicroseconds: UInt32 = 100_000

    /// Blocks until there is an answer: for at most ten seconds, of an order with an id for at most two minutes. Such an order is asked for
    /// again when the daemon gives no answer in time; the daemon carries it out once.
    public static func ask(_ request: ControlRequest, at socket: String) throws(ControlFailure) -> ControlAnswer {
        try ask(request, at: socket, milliseconds: milliseconds, orderSeconds: orderSeconds)
    }

    static func ask(
        _ request: ControlRequest, at socket: String, milliseconds: Int, orderSeconds: Int
    ) throws(ControlFailure) -> ControlAnswer {
        let isOrder = request.command.isOrder && request.id != nil
        let patience = isOrder ? UInt64(orderSeconds) * 1_000_000_000 : UInt64(milliseconds) * 1_000_000
        let deadline = MonotonicClock.now() + patience
        var mayBeDone = false
        while true {
            do { return try askOnce(request, at: socket, milliseconds: milliseconds) } catch {
                if case .asked = error.stage { mayBeDone = true }
                // Who closes at once had no seat to give; who isn't there any more after an order may be starting anew.
                let isWorthMore = mayBeDone || error.isClosed
                guard isWorthMore, !error.isFinal, isOrder || error.isClosed, MonotonicClock.now() < deadline else {
                    throw failure(error, request, socket, mayBeDone: mayBeDone && isOrder)
                }
            }
            usleep(pauseMicroseconds)
        }
    }

    /// How far a single try came, and what ended it.
    private struct Interruption: Error {
        enum Stage { case connecting, asked }

        let stage: Stage
        let reason: String
        /// The daemon closed the connection without a word.
        var isClosed = false
        /// Asking again brings the same.
        var isFinal = false
    }

    private static func askOnce(
        _ request: ControlRequest, at socket: String, milliseconds: Int
    ) throws(Interruption) -> ControlAnswer {
        let connection: UnixConnection
        do { connection = try UnixConnection(connectingTo: socket, milliseconds: milliseconds) } catch {
            throw Interruption(stage: .connecting, reason: error.description)
        }
        guard let question = try? JSONEncoder().encode(request) else {
            throw Interruption(stage: .connecting, reason: "the question can't be written")
        }
        let line: [UInt8]?
        do {
            try connection.send(line: Array(question), milliseconds: milliseconds)
            line = try connection.receiveLine(limit: answerLimit, milliseconds: milliseconds)
        } catch {
            throw Interruption(stage: .asked, reason: error.description, isClosed: [EPIPE, ECONNRESET].contains(error.code))
        }
        guard let line else { throw Interruption(stage: .asked, reason: "it closed the connection", isClosed: true) }
        do { return try JSONDecoder().decode(ControlAnswer.self, from: Data(line)) } catch {
            let reason = "it isn't one that this ecocctl knows. Use the one that came with the daemon"
            throw Interruption(stage: .asked, reason: reason, isFinal: true)
        }
    }

    private static func failure(
        _ interruption: Interruption, _ request: ControlRequest, _ socket: String, mayBeDone: Bool
    ) -> ControlFailure {
        if mayBeDone, let id = request.id { return .unknownOutcome(id: id, seconds: orderSeconds) }
        return switch interruption.stage {
        case .connecting: .notReachable(socket: socket, reason: interruption.reason)
        case .asked: .noAnswer(reason: interruption.reason)
        }
    }
}
