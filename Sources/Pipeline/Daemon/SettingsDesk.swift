import Configuration
import Control
import Linux
import Logging
import Synchronization

/// Reads the settings again when somebody asks, and knows how those on disk compare with those in force. Any thread.
final class SettingsDesk: Sendable {
    private let engine: Engine
    /// Puts a configuration into force, or throws why it can't be.
    private let takeOver: @Sendable (Configuration) throws -> Void
    private let logger: Logger
    /// Held by recovery and by a reload: both rest on one set of settings from their beginning to their end.
    private let turn = Mutex(())
    private let state: Mutex<State>

    private struct State {
        /// When the settings in force were read.
        var since: String
        var refusal: StatusReport.Settings.Refusal?
    }

    enum Outcome {
        case inForce
        /// All that is wrong, a fault a line.
        case refused(String)
        /// The daemon recovers, or somebody else's reload is under way: nothing was done.
        case busy
    }

    init(engine: Engine, logger: Logger, takeOver: @escaping @Sendable (Configuration) throws -> Void) {
        self.engine = engine
        self.logger = logger
        self.takeOver = takeOver
        state = Mutex(State(since: Timestamp.now().textToTheSecond))
    }

    /// Runs `body` while no reload can change the settings.
    func whileUnchanged(_ body: () throws -> Void) throws { try turn.withLock { (_) throws in try body() } }

    /// Reads all files again. Settings that can't be used are refused as a whole, and the old ones stay.
    func reload() -> Outcome {
        let outcome: Outcome? = turn.withLockIfAvailable { _ in
            do {
                let configuration = try Configuration.load(engine.configuration.path)
                try takeOver(configuration)
            } catch {
                logger.error("The configuration is refused, the old one stays in force: \(error)")
                let refusal = StatusReport.Settings.Refusal(at: Timestamp.now().textToTheSecond, message: "\(error)")
                state.withLock { $0.refusal = refusal }
                return .refused("\(error)")
            }
            logger.notice("The configuration was read again and is in force")
            state.withLock { $0 = State(since: Timestamp.now().textToTheSecond) }
            return .inForce
        }
        return outcome ?? .busy
    }

    /// The answer to somebody who asked for a reload.
    func answer() -> ControlAnswer {
        switch reload() {
        case .inForce: ControlAnswer(.done, message: "The settings were read again and are in force.")
        case .refused(let faults): ControlAnswer(.refused, message: "The settings are refused, the old ones stay in force:\n\(faults)")
        case .busy: ControlAnswer(.refused, message: "The settings are in use by recovery or by another reload. Ask again in a moment.")
        }
    }

    /// Settings on disk against settings in force. A refusal is told until they agree.
    func report() -> StatusReport.Settings {
        let current = engine.configuration
        let onDisk = Configuration.filesOnDisk(current.path).map(Configuration.digest)
        let state = state.withLock { $0 }
        let agree = onDisk == current.digest
        return StatusReport.Settings(
            path: current.path, inForce: current.digest, since: state.since, onDisk: onDisk, agree: agree,
            refusal: agree ? nil : state.refusal)
    }
}
