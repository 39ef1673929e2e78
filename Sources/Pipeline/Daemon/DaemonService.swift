import Configuration
import Control
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
        tell("STATUS=Opening the ledger and the seal")
        let configuration = try Configuration.load(path)
        try requireRoom(for: configuration)
        let daemon = try Daemon(configuration, logger: logger)
        let (ending, bell) = (Monitor<Result<Daemon.Ending, any Error>?>(nil), try Wakeup())
        let isServed = Monitor(false)
        let thread = try Thread(name: "daemon") {
            let result = Result {
                try daemon.run {
                    isServed.withLock { $0 = true }
                    bell.ring()
                }
            }
            ending.withLock { $0 = result }
            bell.ring()
        }
        var shown: StatusReport.Phase?
        var wantsReload = false
        while ending.read({ $0 == nil }) {
            let milliseconds = watchdog.map { max(1, $0 / 3000) }
            _ = try Poll.wait([signals.descriptor.number, bell.descriptor.number], milliseconds: milliseconds)
            bell.clear()
            while let signal = try signals.next() {
                switch signal {
                case .terminate:
                    tell("STOPPING=1", "STATUS=Finishing what is in a stage")
                    daemon.stop()
                case .reload: wantsReload = true
                }
            }
            if isServed.read(\.self) { announce(daemon, &shown) }
            if wantsReload, shown != nil { wantsReload = !reload(daemon) }
            showLife(daemon)
        }
        thread.join()
        switch try ending.read({ $0 })?.get() {
        case .failed(let reason): throw Failure(description: reason)
        case .stopped, nil: logger.notice("ecocd has stopped")
        }
    }

    /// What the daemon needs of the system before anything is opened: too little would end it in the middle of work, without a word.
    private func requireRoom(for configuration: Configuration) throws(ProcessLimits.TooLow) {
        let threads = UInt64(Self.threads + configuration.processorCount)
        let exchanges = UInt64(configuration.inboxes.count + configuration.destinations.count)
        // Connections to the control socket, files of each thread's submission, and what is open for good.
        try ProcessLimits.require(descriptors: UInt64(ControlServer.mostConnections) + 16 * threads + 4 * exchanges + 64)
        let stacks = threads * UInt64(Thread.defaultStackSize)
        try ProcessLimits.require(
            addressSpace: stacks + ProcessLimits.arenas(threads: threads) + Self.programs, data: stacks + Self.heap)
    }

    /// Threads beside those that check, sign and pack.
    private static let threads = 16
    /// Bytes for the program and its libraries, and for what is in work.
    private static let (programs, heap): (UInt64, UInt64) = (256 << 20, 384 << 20)

    /// READY says that the daemon answers questions: recovery may take its time, and an incident may wait for a person for days. How far it
    /// has come is told by STATUS, by the journal, and by `ecocctl status`.
    private func announce(_ daemon: Daemon, _ shown: inout StatusReport.Phase?) {
        let phase = daemon.phase
        guard phase != shown else { return }
        tell(shown == nil ? "READY=1\nSTATUS=\(daemon.summary)" : "STATUS=\(daemon.summary)")
        shown = phase
        switch phase {
        case .recovering: logger.notice("ecocd \(Daemon.version) answers questions, and recovers")
        case .waiting: logger.warning("ecocd \(Daemon.version) takes nothing: an administrator is waited for ('ecocctl doctor')")
        case .working: logger.notice("ecocd \(Daemon.version) is ready for work")
        case .stopping: break
        }
    }

    /// Reads the configuration again; a bad one is refused with its line, and the old one stays.
    /// - Returns: false when recovery must end first.
    private func reload(_ daemon: Daemon) -> Bool {
        guard daemon.phase != .recovering else { return false }
        tell("RELOADING=1", "MONOTONIC_USEC=\(MonotonicClock.now() / 1000)")
        defer { tell("READY=1") }
        return daemon.reload()
    }

    /// Tells the service manager that the threads move, as long as they do.
    private func showLife(_ daemon: Daemon) {
        guard watchdog != nil, daemon.isAlive else { return }
        tell("WATCHDOG=1", "STATUS=\(daemon.summary)")
    }

    private func tell(_ assignments: String...) { manager?.tell(assignments, logger) }
}

extension ServiceNotification {
    /// A service manager that doesn't listen is no reason to stop.
    func tell(_ assignments: [String], _ logger: Logger) {
        do { try send(assignments.joined(separator: "\n")) } catch { logger.warning("The service manager wasn't told: \(error)") }
    }
}

extension Configuration {
    /// Threads that check, sign and pack.
    var processorCount: Int { workers > 0 ? workers : ProcessInfo.processInfo.activeProcessorCount }
}
