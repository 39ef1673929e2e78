import Audit
import Configuration
import Ingest
import Linux
import Logging
import Spool
import Synchronization

/// The thread that watches the producers' files that were taken where no lease tells who still writes to them (`Lingering`). It sleeps while
/// there are none.
final class Lingerers: Sendable {
    private struct Entry: Sendable {
        var lingering: Lingering
        /// CLOCK_MONOTONIC nanoseconds.
        var nextLook: UInt64
    }

    private let engine: Engine
    private let logger: Logger
    private let onFatal: @Sendable (any Error) -> Void
    private let report: @Sendable (SubmissionID) throws -> Void
    let thread: LookoutThread
    private let entries = Mutex<[SubmissionID: Entry]>([:])

    /// - Parameter report: answers the ERP for a refused submission.
    init(
        engine: Engine, logger: Logger, onFatal: @escaping @Sendable (any Error) -> Void,
        report: @escaping @Sendable (SubmissionID) throws -> Void
    ) throws(SystemError) {
        (self.engine, self.logger, self.onFatal, self.report) = (engine, logger, onFatal, report)
        thread = try LookoutThread(name: "lingering")
    }

    /// Any thread. Nothing is done about them before `start`.
    func watch(_ lingering: Lingering) {
        entries.withLock { $0[lingering.submission.id] = Entry(lingering: lingering, nextLook: 0) }
        thread.rescan()
    }

    /// How many files are watched.
    var count: Int { entries.withLock { $0.count } }

    func start() throws(SystemError) {
        try thread.start { [self] in
            while thread.beginTurn() != nil {
                lookAtOneThatIsDue()
                let next = entries.withLock { $0.values.map(\.nextLook).min() } ?? .max
                do { try thread.sleep(until: next, orNewsOf: []) } catch { return onFatal(error) }
            }
        }
    }

    /// One a turn: whoever stops the thread waits for one file at most.
    private func lookAtOneThatIsDue() {
        let now = MonotonicClock.now()
        guard let (id, entry) = entries.withLock({ $0.min { $0.value.nextLook < $1.value.nextLook } }), entry.nextLook <= now else {
            return
        }
        guard let settings = engine.configuration.inboxes.first(where: { $0.source == entry.lingering.submission.source }) else {
            // Without its source nothing says how long; the next start finds it again.
            return forget(id)
        }
        var lingering = entry.lingering
        do {
            let look = try lingering.look(now: now, settings, into: engine.spool)
            try act(on: look, id)
            if case .over = look { return forget(id) }
            if case .kept = look { return forget(id) }
        } catch {
            if let error = error as? SpoolError, error.needsRecovery { return onFatal(error) }
            // It changed in this moment, or its inbox can't be reached now.
            logger.warning("The file of \(id) in the inbox of '\(settings.source)' can't be compared now: \(error)")
        }
        let again = now + Self.interval(settings)
        entries.withLock { if $0[id] != nil { $0[id] = Entry(lingering: lingering, nextLook: again) } }
    }

    private func act(on look: Lingering.Look, _ id: SubmissionID) throws {
        switch look {
        case .waits, .over: break
        case .late(let incident):
            logger.critical("Incident: \(incident)")
            engine.board.incident(incident.submission, what: incident.what, remedy: incident.remedy)
        case .kept(let submission, let next):
            logger.warning(
                "What was written to '\(submission.name)' of '\(submission.source)' after it was taken is kept as \(submission.id)")
            engine.board.count { $0.rejected += 1 }
            if let next { watch(next) }
            try report(submission.id)
        case .blocked(let reason): logger.error("The file of \(id) that was written to after it was taken \(reason)")
        }
    }

    private func forget(_ id: SubmissionID) { entries.withLock { _ = $0.removeValue(forKey: id) } }

    /// Some looks within the time, so that what comes late is told soon: nanoseconds between one and ten seconds.
    private static func interval(_ settings: InboxSettings) -> UInt64 {
        UInt64(min(max(1, settings.lingerSeconds / 6), 10)) * 1_000_000_000
    }
}
