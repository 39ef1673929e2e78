import Configuration
import Foundation
import Linux
public import Logging
import ServiceLifecycle
import UnixSignals

/// Runs the daemon under a service manager: READY, STATUS, WATCHDOG, RELOADING and STOPPING as sd_notify(3) and systemd.service(5) ask.
public struct DaemonServices: Sendable {
    private let path: String
    private let logger: Logger
    private let manager: ServiceNotification?

    public init(configurationPath: String, logger: Logger) {
        path = configurationPath
        self.logger = logger
        manager = ServiceNotification(environment: ProcessInfo.processInfo.environment)
    }

    /// Runs until SIGTERM or SIGINT, or until the daemon can't go on, which is thrown.
    public func run() async throws {
        let configuration = try Configuration.load(path)
        let daemon = try Daemon(configuration, logger: logger)
        if !daemon.isReady { notify("STATUS=Recovering", "EXTEND_TIMEOUT_USEC=60000000") }
        let group = ServiceGroup(
            configuration: .init(
                services: [
                    .init(
                        service: DaemonService(daemon: daemon, manager: manager, logger: logger),
                        successTerminationBehavior: .gracefullyShutdownGroup, failureTerminationBehavior: .gracefullyShutdownGroup),
                    .init(service: ReloadService(daemon: daemon, path: path, manager: manager, logger: logger)),
                    .init(service: WatchdogService(daemon: daemon, manager: manager, logger: logger)),
                ], gracefulShutdownSignals: [.sigterm, .sigint], logger: Logger(label: "lifecycle") { _ in SwiftLogNoOpLogHandler() }))
        try await group.run()
    }

    private func notify(_ assignments: String...) { manager?.tell(assignments, logger) }
}

extension ServiceNotification {
    /// A service manager that doesn't listen is no reason to stop.
    func tell(_ assignments: [String], _ logger: Logger) {
        do { try send(assignments.joined(separator: "\n")) } catch { logger.warning("The service manager wasn't told: \(error)") }
    }
}

/// The daemon's own threads, as a service.
private struct DaemonService: Service {
    let daemon: Daemon
    let manager: ServiceNotification?
    let logger: Logger

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    func run() async throws {
        let ending = try await withGracefulShutdownHandler {
            try await onOwnThread { try daemon.run { announce() } }
        } onGracefulShutdown: {
            manager?.tell(["STOPPING=1", "STATUS=Finishing what is in a stage"], logger)
            daemon.stop()
        }
        switch ending {
        case .stopped: logger.notice("ecocd has stopped")
        case .failed(let reason): throw Failure(description: reason)
        }
    }

    private func announce() {
        logger.notice("ecocd \(Daemon.version) is ready")
        manager?.tell(["READY=1", "STATUS=\(daemon.summary)"], logger)
    }

    /// The daemon blocks for as long as it lives, which no thread of the cooperative pool may.
    private func onOwnThread(_ body: @escaping @Sendable () throws -> Daemon.Ending) async throws -> Daemon.Ending {
        try await withCheckedThrowingContinuation { continuation in
            do {
                _ = try Thread(name: "daemon") { continuation.resume(with: Result { try body() }) }
            } catch {
                continuation.resume(throwing: error)
            }
        }
    }
}

/// SIGHUP reads the configuration again; a bad one is refused with its line, and the old one stays.
private struct ReloadService: Service {
    let daemon: Daemon
    let path: String
    let manager: ServiceNotification?
    let logger: Logger

    func run() async throws {
        for await _ in await UnixSignalsSequence(trapping: .sighup).cancelOnGracefulShutdown() {
            // READY ends a reload, but it would also end a start that an incident still holds up.
            let isReady = daemon.isReady
            if isReady { manager?.tell(["RELOADING=1", "MONOTONIC_USEC=\(MonotonicClock.now() / 1000)"], logger) }
            reload()
            if isReady { manager?.tell(["READY=1"], logger) }
        }
    }

    private func reload() {
        do {
            try daemon.reload(try Configuration.load(path))
            logger.notice("The configuration was read again and is in force")
        } catch {
            logger.error("The configuration is refused, the old one stays in force: \(error)")
        }
    }
}

/// Tells the service manager that the threads move, as long as they do.
private struct WatchdogService: Service {
    let daemon: Daemon
    let manager: ServiceNotification?
    let logger: Logger

    func run() async throws {
        let environment = ProcessInfo.processInfo.environment
        guard let manager, let period = environment["WATCHDOG_USEC"].flatMap({ Int($0) }), period > 0 else {
            return try await gracefulShutdown()
        }
        // A task that is told to shut down ends its sleep by cancellation.
        await cancelWhenGracefulShutdown {
            while true {
                if daemon.isAlive { manager.tell(["WATCHDOG=1", "STATUS=\(daemon.summary)"], logger) }
                if !daemon.isReady { manager.tell(["EXTEND_TIMEOUT_USEC=\(period * 2)"], logger) }
                try? await Task.sleep(for: .microseconds(period / 3))
                if Task.isCancelled { return }
            }
        }
    }
}
