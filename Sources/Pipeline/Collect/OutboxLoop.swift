import Audit
import Configuration
import Control
import Ingest
import Linux
import Logging
import Spool

/// The thread that watches the outboxes: what was collected, and what was answered. Woken by events, by receipts that settle, by the rescan
/// timer and on request; otherwise asleep.
final class OutboxLoop: Sendable {
    private let engine: Engine
    private let logger: Logger
    private let onFatal: @Sendable (any Error) -> Void
    private let receipts = Intake(inboxes: []) { _, _ in .complete }
    let thread: LookoutThread

    init(engine: Engine, logger: Logger, onFatal: @escaping @Sendable (any Error) -> Void) throws(SystemError) {
        (self.engine, self.logger, self.onFatal) = (engine, logger, onFatal)
        thread = try LookoutThread(name: "outboxes")
    }

    func start() throws(SystemError) { try thread.start { [self] in run() } }

    // MARK: The thread

    /// What the thread remembers from turn to turn. Times in CLOCK_MONOTONIC nanoseconds.
    private struct Turn {
        var nextRescan: UInt64 = 0
        /// Destinations of whose outbox something seems to be gone, and when the next look at them may begin.
        var dirty: Set<String> = []
        var nextCollection: UInt64 = 0
        var hasArrivals = false
        var movedIn: Set<InboxEntry> = []
        var nextReceipts: UInt64?
        var found: [String: CollectionLook.Found] = [:]
        /// Looks that are under way, by destination.
        var passes: [String: CollectionLook.Pass] = [:]
        /// Destinations of which it is known that files can be published there.
        var tried: Set<String> = []
        var backlog = ReceiptBacklog()
        /// When this turn gives way to the next.
        var end: UInt64 = 0
        var problems: [String: StatusReport.Incident] = [:]

        /// Something was left for the next turn.
        var isUnfinished: Bool { !passes.isEmpty || !backlog.isEmpty }
    }

    /// Nanoseconds after which a turn begins nothing more: between two turns the watchdog's question is answered, however much is to do.
    private static let longestTurn: UInt64 = 1_000_000_000

    private func run() {
        var turn = Turn()
        var watch = try? OutboxWatch()
        while let isAsked = thread.beginTurn() {
            do { try look(isAsked, &turn, &watch) } catch { fail(error) }
            wait(&turn, &watch)
        }
    }

    /// What the ledger doesn't take any more ends the daemon; anything else is tried again.
    private func fail(_ error: any Error) {
        if let error = error as? LedgerError, !error.isRefusal { return onFatal(error) }
        if let error = error as? SpoolError, error.needsRecovery { return onFatal(error) }
        logger.error("The outboxes can't be looked after; it is tried again at the next rescan: \(error)")
    }

    private func look(_ isAsked: Bool, _ turn: inout Turn, _ watch: inout OutboxWatch?) throws {
        let now = MonotonicClock.now()
        turn.end = now + Self.longestTurn
        let destinations = engine.configuration.destinations
        let isDue = isAsked || now >= turn.nextRescan
        if isDue {
            turn.nextRescan = now + UInt64(engine.configuration.rescanSeconds) * 1_000_000_000
            receipts.configure(destinations.map(Self.intake))
            let names = Set(destinations.map(\.name))
            turn.problems = turn.problems.filter { names.contains($0.key) }
            turn.passes = turn.passes.filter { names.contains($0.key) }
            try deliverNotices()
        }
        let hinted = now >= turn.nextCollection ? turn.dirty : []
        turn.dirty.subtract(hinted)
        let concerned = destinations.filter { isDue || hinted.contains($0.name) || turn.passes[$0.name] != nil }
        for (index, destination) in concerned.enumerated() {
            // Each gets a part of the turn, so that one that is full doesn't keep the others from being looked at.
            let share = now + Self.longestTurn * UInt64(index + 1) / UInt64(concerned.count)
            try examine(destination, isHinted: hinted.contains(destination.name), until: share, &turn, &watch)
        }
        if !hinted.isEmpty {
            let ended = MonotonicClock.now()
            turn.nextCollection = ended + max(1_000_000_000, 20 * (ended - now))
        }
        if turn.backlog.isEmpty, isDue || turn.hasArrivals || now >= turn.nextReceipts ?? .max { findReceipts(now, &turn) }
        try takeReceipts(now, &turn)
        let problems = turn.problems
        engine.board.state.withLock { $0.outboxProblems = problems }
    }

    /// Notices of withdrawal that an outbox couldn't get before. Nobody withdraws meanwhile.
    private func deliverNotices() throws {
        let delivery = NoticeDelivery(engine: engine)
        guard try !delivery.pending().isEmpty else { return }
        try engine.identities.withLock(.notices) { try delivery.finishInterrupted() }
    }

    static func intake(_ destination: Configuration.Destination) -> InboxSettings {
        InboxSettings(
            source: destination.name, path: "\(destination.outbox)/\(OutboxFolders.receipts)", maximumBytes: ReceiptTaking.maximumBytes)
    }

    // MARK: Collected

    /// An outbox that isn't itself now is a problem to be shown, and nothing is concluded from it.
    private func examine(
        _ destination: Configuration.Destination, isHinted: Bool, until end: UInt64, _ turn: inout Turn, _ watch: inout OutboxWatch?
    ) throws {
        let name = destination.name
        do {
            let directory = try engine.outboxes.open(destination)
            // Without events the rescans find everything.
            try? watch?.watch(destination)
            if !turn.tried.contains(name) {
                try OutboxTrial.run(in: destination.outbox)
                turn.tried.insert(name)
            }
            let look = CollectionLook(ledger: engine.ledger)
            if try isHinted || turn.passes[name] != nil || !look.isUnnecessary(directory, name, since: turn.found[name]),
                let found = try look.run(directory, name, &turn.passes[name], until: end)
            {
                turn.found[name] = found
                if found.collected > 0 { logger.info("\(found.collected) bundles were collected from '\(name)'; \(found.remaining) wait") }
            }
            if turn.problems.removeValue(forKey: name) != nil { logger.notice("The outbox of '\(name)' is in use again") }
        } catch let problem as OutboxFolders.Unknown {
            note(.init(submission: "outbox \(name)", what: problem.what, remedy: problem.remedy), name, &turn)
        } catch let failure as OutboxTrial.Failure {
            note(.init(submission: "outbox \(name)", what: failure.what, remedy: failure.remedy), name, &turn)
        } catch let error as SystemError {
            note(
                .init(
                    submission: "outbox \(name)", what: "the outbox of '\(name)' can't be read: \(error)",
                    remedy: "It is tried again at the next rescan."), name, &turn)
        }
    }

    private func note(_ incident: StatusReport.Incident, _ destination: String, _ turn: inout Turn) {
        if turn.problems[destination] != incident { logger.error("\(incident.what). \(incident.remedy)") }
        turn.problems[destination] = incident
        turn.found[destination] = nil
        turn.passes[destination] = nil
        turn.tried.remove(destination)
    }

    // MARK: Receipts

    private func findReceipts(_ now: UInt64, _ turn: inout Turn) {
        let result = receipts.scan(now: now, movedIn: turn.movedIn)
        (turn.hasArrivals, turn.movedIn, turn.nextReceipts) = (false, [], result.nextLook)
        for failure in result.failures where turn.problems[failure.source] == nil {
            logger.error("The receipts of '\(failure.source)' can't be read: \(failure.error)")
        }
        let problems = turn.problems
        turn.backlog.fill(result) { problems[$0] == nil }
        let waiting = result.waiting.map { Self.waiting($0.entry, $0.reason, (now - min(now, $0.since)) / 1_000_000_000) }
        engine.board.state.withLock { $0.receiptsWaiting = waiting }
    }

    /// A batch at least, and as many as the turn has time for.
    private func takeReceipts(_ now: UInt64, _ turn: inout Turn) throws {
        repeat {
            let (ready, refused) = turn.backlog.next(ReceiptTaking.batch)
            var refusals = refused
            var waiting: [StatusReport.Waiting] = []
            for (file, fate) in zip(ready, try ReceiptTaking(engine: engine).take(ready)) {
                if case .refused(let entry) = fate { refusals.append(entry) }
                if let reason = settle(file, fate) { waiting.append(Self.waiting(file.entry, reason, 0)) }
                // What came too early, and what a rename brought, needn't settle again.
                if fate == .early || fate == .changed {
                    turn.nextReceipts = min(turn.nextReceipts ?? .max, now + 1_000_000_000)
                }
            }
            try putAside(refusals)
            engine.board.state.withLock { $0.receiptsWaiting += waiting }
        } while !turn.backlog.isEmpty && MonotonicClock.now() < turn.end && !engine.board.state.read(\.isStopping)
    }

    private static func waiting(_ entry: InboxEntry, _ reason: String, _ seconds: UInt64) -> StatusReport.Waiting {
        .init(source: "\(entry.source)/\(OutboxFolders.receipts)", name: "\(entry.name)", reason: reason, seconds: Int(seconds))
    }

    /// - Returns: why it waits, or nil.
    private func settle(_ file: ReadyFile, _ fate: ReceiptTaking.Fate) -> String? {
        switch fate {
        case .taken(let outcome, let submission):
            logger.info("'\(file.name)' of '\(file.entry.source)' answers \(submission): \(outcome)")
            return nil
        case .repeated:
            logger.info("'\(file.name)' of '\(file.entry.source)' was on record already")
            return nil
        case .changed: return "has changed moments ago"
        case .early: return "answers a bundle of which the ledger doesn't say yet that it is published"
        case .left(let reason):
            receipts.leaveAlone(file.entry, as: file.status, reason: reason)
            logger.error("The receipt '\(file.name)' of '\(file.entry.source)' \(reason)")
            return reason
        case .refused: return nil
        }
    }

    private func putAside(_ refused: [RefusedEntry]) throws {
        for (entry, reason) in zip(refused, try ReceiptRefusal(spool: engine.spool).putAside(refused)) {
            let name = "The receipt '\(entry.entry.name)' of '\(entry.entry.source)'"
            if let reason {
                receipts.leaveAlone(entry.entry, as: entry.status, reason: reason)
                logger.error("\(name) \(reason)")
            } else {
                logger.warning("\(name) is refused: \(entry.finding.rule): \(entry.finding.message)")
            }
        }
    }

    // MARK: Waiting

    /// While a look at an outbox is due anyway, further hints of it are left in the queue: a collector that takes thousands wakes nobody
    /// thousands of times.
    private func wait(_ turn: inout Turn, _ watch: inout OutboxWatch?) {
        var wakes = min(turn.nextRescan, turn.nextReceipts ?? .max)
        if !turn.dirty.isEmpty { wakes = min(wakes, turn.nextCollection) }
        if turn.isUnfinished { wakes = 0 }
        do {
            var descriptors: [Int32] = []
            if let arrivals = watch?.arrivalsDescriptor { descriptors.append(arrivals) }
            if turn.dirty.isEmpty, let departures = watch?.departuresDescriptor { descriptors.append(departures) }
            try thread.sleep(until: wakes, orNewsOf: descriptors, isSettled: !turn.isUnfinished)
            if let departed = try watch?.drainDepartures() { turn.dirty.formUnion(departed) }
            if let arrived = try watch?.drainArrivals(), arrived.any {
                turn.hasArrivals = true
                turn.movedIn.formUnion(arrived.movedIn)
            }
        } catch {
            logger.error("Watching the outboxes failed; they are looked into at each rescan: \(error)")
            watch = nil
        }
    }
}
