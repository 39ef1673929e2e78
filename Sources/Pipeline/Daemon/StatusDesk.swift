import Audit
import Control
import Glibc
import Linux
import Spool

/// Puts the answer to `status` together. It stays small, and quick to make, however much waits or stalls. Any thread.
final class StatusDesk: Sendable {
    private let engine: Engine
    private let queue: WorkQueue
    private let intake: IntakeLoop
    private let outboxes: OutboxLoop
    private let scrub: ArchiveScrub
    private let settings: SettingsDesk

    private struct Counted: Sendable {
        var stages: [String: Int] = [:]
        /// CLOCK_MONOTONIC nanoseconds.
        var usableUntil: UInt64 = 0
    }

    private let counted = Monitor(Counted())
    /// What anybody on the machine may know, as of a moment ago.
    private let known = Monitor<(report: StatusReport, at: UInt64)?>(nil)

    private static let knownNanoseconds: UInt64 = 500_000_000

    init(
        engine: Engine, queue: WorkQueue, intake: IntakeLoop, outboxes: OutboxLoop, scrub: ArchiveScrub, settings: SettingsDesk
    ) {
        (self.engine, self.queue, self.intake, self.outboxes) = (engine, queue, intake, outboxes)
        (self.scrub, self.settings) = (scrub, settings)
    }

    /// - Parameter page: the part of one list that is wanted; nil: the beginning of each.
    func report(_ page: StatusReport.Page?, for peer: Peer) -> StatusReport {
        guard !peer.maySeeNames else { return report(page) }
        // In a loop a stranger's question costs no work.
        let now = MonotonicClock.now()
        if let known = known.read({ $0 }), now - known.at < Self.knownNanoseconds { return known.report }
        let reduced = report(nil).reduced
        known.withLock { $0 = (reduced, now) }
        return reduced
    }

    private func report(_ page: StatusReport.Page?) -> StatusReport {
        let state = engine.board.state.read { $0 }
        let configuration = engine.configuration
        let references = engine.references.counts
        // Asked for once: the rows and their number are of one moment.
        let (files, fileCount) = intake.waiting(Self.wanted(page))
        let standing = standing(state)
        let counts = StatusReport.Counts(
            sources: state.sources.count, destinations: configuration.destinations.count, working: state.working.count,
            waiting: fileCount + state.receiptsWaiting.count,
            incidents: standing.count + state.stalled.count)
        func rows(_ list: StatusReport.List) -> Range<Int> { StatusReport.rows(of: list, page, count: counts[list]) }
        let isIdle =
            queue.isEmpty && counts.waiting == 0 && state.stalled.isEmpty && state.missing.isEmpty && state.inboxProblems.isEmpty
            && state.outboxProblems.isEmpty && intake.thread.isSettled && outboxes.thread.isSettled
        var report = StatusReport(
            ready: state.isReady && engine.sealingProblems.isEmpty, phase: state.phase, idle: isIdle, version: Daemon.version,
            sources: Array(state.sources[rows(.sources)]),
            destinations: configuration.destinations[rows(.destinations)].map { destination in
                StatusReport.Destination(
                    name: destination.name, outbox: destination.outbox,
                    uncollected: try? engine.ledger.uncollectedCount(destination: destination.name),
                    problem: state.outboxProblems[destination.name].map { StatusReport.shortened($0.what) })
            },
            stages: stages(),
            working: Array(state.working.values.sorted { $0.submission < $1.submission }[rows(.working)]),
            waiting: Self.waiting(files + state.receiptsWaiting, rows(.waiting)),
            incidents: Self.incidents(standing, state, rows(.incidents)),
            reference: .init(inForce: references.inForce, received: references.received), seal: engine.sealReport,
            ledger: ledgerState(),
            totals: state.totals, counts: counts)
        report.archive = scrub.status
        // It reads the files on disk: not for each page of a list.
        if page == nil { report.settings = settings.report() }
        return report
    }

    // MARK: Lists

    /// How many of the inboxes' files the page needs: the rows before it, too.
    private static func wanted(_ page: StatusReport.Page?) -> Int {
        guard let page else { return StatusReport.shownRows }
        return page.list == .waiting ? min(max(0, page.from), 1 << 20) + StatusReport.pageRows : 0
    }

    /// - Parameter known: those that have names; more may only be counted.
    private static func waiting(_ known: [StatusReport.Waiting], _ rows: Range<Int>) -> [StatusReport.Waiting] {
        known.dropFirst(rows.lowerBound).prefix(rows.count).map { row in
            var waiting = row
            waiting.reason = StatusReport.shortened(waiting.reason)
            return waiting
        }
    }

    /// What isn't a submission that stalled: first what holds everything up, then what is missing, the archive, inboxes and outboxes.
    private func standing(_ state: StatusBoard.State) -> [StatusReport.Incident] {
        let told = Set(state.incidents.map(\.submission))
        let missing = state.missing.sorted { $0.key < $1.key }.map(\.value).filter { !told.contains($0.submission) }
        let inboxes = state.inboxProblems.sorted { $0.key < $1.key }.map { source, problem in
            StatusReport.Incident(submission: "inbox \(source)", what: problem.what, remedy: problem.remedy)
        }
        return state.incidents + missing + scrub.incidents + engine.sealingProblems + inboxes
            + state.outboxProblems.sorted { $0.key < $1.key }.map(\.value)
    }

    /// Those that stand come first, then each submission that stalled.
    private static func incidents(
        _ standing: [StatusReport.Incident], _ state: StatusBoard.State, _ rows: Range<Int>
    ) -> [StatusReport.Incident] {
        guard !rows.isEmpty else { return [] }
        var incidents = standing
        if rows.upperBound > incidents.count {
            let wanted = max(0, rows.lowerBound - incidents.count)..<(rows.upperBound - incidents.count)
            incidents = Array(incidents.dropFirst(rows.lowerBound))
            for key in state.stalled.keys.sorted()[wanted] {
                incidents.append(
                    .init(submission: key, what: state.stalled[key] ?? "", remedy: "It is tried again at the next rescan."))
            }
        } else {
            incidents = Array(incidents[rows])
        }
        return incidents.map { incident in
            let what = incident.what.hasSuffix(".") ? String(incident.what.dropLast()) : incident.what
            return .init(
                submission: incident.submission, what: StatusReport.shortened(what), remedy: StatusReport.shortened(incident.remedy))
        }
    }

    // MARK: What isn't on the board

    private func ledgerState() -> StatusReport.LedgerState {
        let pace = engine.ledger.pace
        return StatusReport.LedgerState(
            path: engine.configuration.ledger, origin: engine.ledger.origin, failure: engine.ledger.failure?.description,
            commits: .init(
                count: pace.commits, medianMilliseconds: pace.medianMilliseconds, longestMilliseconds: pace.longestMilliseconds),
            problem: pace.problem, anchored: anchored())
    }

    private func anchored() -> StatusReport.LedgerState.Anchored? {
        guard let anchor = try? engine.ledger.largestAnchor() else { return nil }
        return .init(size: anchor.size, time: anchor.time, authority: anchor.authority)
    }

    /// Folders that hold many thousands take their time to count: such a count is used for ten times as long as it took.
    private func stages() -> [String: Int] {
        let began = MonotonicClock.now()
        let last = counted.read { $0 }
        if began < last.usableUntil { return last.stages }
        var counts: [String: Int] = [:]
        for stage in [Stage.ingest, .validate, .generate, .hold, .sign, .publish] {
            counts[stage.rawValue] = (try? engine.spool.submissions(in: stage).count) ?? 0
        }
        let took = MonotonicClock.now() - began
        let isQuick = took < 10_000_000
        let now = Counted(stages: counts, usableUntil: isQuick ? 0 : began + 10 * took)
        counted.withLock { $0 = now }
        return counts
    }
}
