import Configuration
import Foundation
import Linux
public import Logging

/// Runs the daemon under a service manager: READY, STATUS, WATCHDOG, RELOADING and STOPPING as sd_notify(3) and systemd.service(5) ask.
///
/// One thread waits for signals, the watchdog's time and the daemon's end. It uses no Swift tasks: their pool (libdispatch) has a monitor that
/// wakes an idle process every second.
public struct DaemonService {
    private let path: String
    private let logger: Logger
    private let manager: ServiceNotification?
    /// Microseconds between two signs of life that the service manager expects; nil when it expects none.
    private let watchdog: Int?

    /// The daemon can't go on; systemd is to start it anew.
    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    public init(configurationPath: String, logger: Logger) {
        path = configurationPath
        self.logger = logger
        let environment = ProcessInfo.processInfo.environment
        manager = ServiceNotification(environment: environment)
        watchdog = manager == nil ? nil : environment["WATCHDOG_USEC"].flatMap { Int($0) }.flatMap { $0 > 0 ? $0 : nil }
    }

    /// Runs until SIGTERM or SIGINT, or until the daemon can't go on, which is thrown. Call it on the main thread, before others are made.
    public func run() throws {
        let signals = try Signals()
        let daemon = try Daemon(try Configuration.load(path), logger: logger)
        if !daemon.isReady { tell("STATUS=Recovering", "EXTEND_TIMEOUT_USEC=60000000") }
        let (ending, bell) = (Monitor<Result<Daemon.Ending, any Error>?>(nil), try Wakeup())
        let (manager, logger) = (manager, logger)
        let thread = try Thread(name: "daemon") {
            let result = Result { try daemon.run { Self.announce(daemon, manager, logger) } }
            ending.withLock { $0 = result }
            bell.ring()
        }
        while ending.read({ $0 == nil }) {
            let milliseconds = watchdog.map { max(1, $0 / 3000) }
            _ = try Poll.wait([signals.descriptor.number, bell.descriptor.number], milliseconds: milliseconds)
            while let signal = try signals.next() { obey(signal, daemon) }
            showLife(daemon)
        }
        thread.join()
        switch try ending.read({ $0 })?.get() {
        case .failed(let reason): throw Failure(description: reason)
        case .stopped, nil: logger.notice("ecocd has stopped")
        }
    }

    private static func announce(_ daemon: Daemon, _ manager: ServiceNotification?, _ logger: Logger) {
        logger.notice("ecocd \(Daemon.version) is ready")
        manager?.tell(["READY=1", "STATUS=\(daemon.summary)"], logger)
    }

    private func obey(_ signal: Signals.Signal, _ daemon: Daemon) {
        switch signal {
        case .terminate:
            tell("STOPPING=1", "STATUS=Finishing what is in a stage")
            daemon.stop()
        case .reload:
            // READY ends a reload, but it would also end a start that an incident still holds up.
            let isReady = daemon.isReady
            if isReady { tell("RELOADING=1", "MONOTONIC_USEC=\(MonotonicClock.now() / 1000)") }
            reload(daemon)
            if isReady { tell("READY=1") }
        }
    }

    /// Reads the configuration again; a bad one is refused with its line, and the old one stays.
    private func reload(_ daemon: Daemon) {
        do {
            try daemon.reload(try Configuration.load(path))
            logger.notice("The configuration was read again and is in force")
        } catch {
            logger.error("The configuration is refused, the old one stays in force: \(error)")
        }
    }

    /// Tells the service manager that the threads move, as long as they do.
    private func showLife(_ daemon: Daemon) {
        guard let watchdog else { return }
        if daemon.isAlive { tell("WATCHDOG=1", "STATUS=\(daemon.summary)") }
        if !daemon.isReady { tell("EXTEND_TIMEOUT_USEC=\(watchdog * 2)") }
    }

    private func tell(_ assignments: String...) { manager?.tell(assignments, logger) }
}

extension ServiceNotification {
    /// A service manager that doesn't listen is no reason to stop.
    func tell(_ assignments: [String], _ logger: Logger) {
        do { try send(assignments.joined(separator: "\n")) } catch { logger.warning("The service manager wasn't told: \(error)") }
    }
}
