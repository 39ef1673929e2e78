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
        var problems: [String: StatusReport.Incident] = [:]
    }

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
        let destinations = engine.configuration.destinations
        let isDue = isAsked || now >= turn.nextRescan
        if isDue {
            turn.nextRescan = now + UInt64(engine.configuration.rescanSeconds) * 1_000_000_000
            receipts.configure(destinations.map(Self.intake))
        }
        let hinted = now >= turn.nextCollection ? turn.dirty : []
        turn.dirty.subtract(hinted)
        for destination in destinations where isDue || hinted.contains(destination.name) {
            try examine(destination, isHinted: hinted.contains(destination.name), &turn, &watch)
        }
        if !hinted.isEmpty {
            let ended = MonotonicClock.now()
            turn.nextCollection = ended + max(1_000_000_000, 20 * (ended - now))
        }
        if isDue {
            turn.problems = turn.problems.filter { problem in destinations.contains { $0.name == problem.key } }
        }
        if isDue || turn.hasArrivals || now >= turn.nextReceipts ?? .max { try takeReceipts(now, &turn) }
        let problems = turn.problems
        engine.board.state.withLock { $0.outboxProblems = problems }
    }

    static func intake(_ destination: Configuration.Destination) -> InboxSettings {
        InboxSettings(
            source: destination.name, path: "\(destination.outbox)/\(OutboxFolders.receipts)", maximumBytes: ReceiptTaking.maximumBytes)
    }

    // MARK: Collected

    /// An outbox that isn't itself now is a problem to be shown, and nothing is concluded from it.
    private func examine(
        _ destination: Configuration.Destination, isHinted: Bool, _ turn: inout Turn, _ watch: inout OutboxWatch?
    ) throws {
        let name = destination.name
        do {
            let directory = try engine.outboxes.open(destination)
            // Without events the rescans find everything.
            try? watch?.watch(destination)
            let look = CollectionLook(ledger: engine.ledger)
            if try isHinted || !look.isUnnecessary(directory, name, since: turn.found[name]) {
                let found = try look.run(directory, name)
                turn.found[name] = found
                if found.collected > 0 { logger.info("\(found.collected) bundles were collected from '\(name)'; \(found.remaining) wait") }
            }
            if turn.problems.removeValue(forKey: name) != nil { logger.notice("The outbox of '\(name)' is in use again") }
        } catch let problem as OutboxFolders.Unknown {
            note(.init(submission: "outbox \(name)", what: problem.what, remedy: problem.remedy), name, &turn)
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
    }

    // MARK: Receipts

    private func takeReceipts(_ now: UInt64, _ turn: inout Turn) throws {
        let result = receipts.scan(now: now, movedIn: turn.movedIn)
        (turn.hasArrivals, turn.movedIn, turn.nextReceipts) = (false, [], result.nextLook)
        for failure in result.failures where turn.problems[failure.source] == nil {
            logger.error("The receipts of '\(failure.source)' can't be read: \(failure.error)")
        }
        let usable = result.ready.filter { turn.problems[$0.entry.source] == nil }
        for refused in result.refused where turn.problems[refused.entry.source] == nil { try refuse(refused) }
        var waiting = result.waiting.map { Self.waiting($0.entry, $0.reason, (now - min(now, $0.since)) / 1_000_000_000) }
        var rest = usable[...]
        while !rest.isEmpty, !engine.board.state.read(\.isStopping) {
            let batch = Array(rest.prefix(ReceiptTaking.batch))
            rest = rest.dropFirst(batch.count)
            for (file, fate) in zip(batch, try ReceiptTaking(engine: engine).take(batch)) {
                if let reason = try settle(file, fate) { waiting.append(Self.waiting(file.entry, reason, 0)) }
                // What came too early, and what a rename brought, needn't settle again.
                if fate == .early || fate == .changed {
                    turn.nextReceipts = min(turn.nextReceipts ?? .max, now + 1_000_000_000)
                }
            }
        }
        let shown = waiting
        engine.board.state.withLock { $0.receiptsWaiting = shown }
    }

    private static func waiting(_ entry: InboxEntry, _ reason: String, _ seconds: UInt64) -> StatusReport.Waiting {
        .init(source: "\(entry.source)/\(OutboxFolders.receipts)", name: "\(entry.name)", reason: reason, seconds: Int(seconds))
    }

    /// - Returns: why it waits, or nil.
    private func settle(_ file: ReadyFile, _ fate: ReceiptTaking.Fate) throws -> String? {
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
        case .refused(let refused):
            try refuse(refused)
            return nil
        }
    }

    private func refuse(_ refused: RefusedEntry) throws {
        if let reason = try ReceiptRefusal(spool: engine.spool).putAside(refused) {
            receipts.leaveAlone(refused.entry, as: refused.status, reason: reason)
            logger.error("The receipt '\(refused.entry.name)' of '\(refused.entry.source)' \(reason)")
        } else {
            logger.warning(
                "Refused the receipt '\(refused.entry.name)' of '\(refused.entry.source)': \(refused.finding.rule): \(refused.finding.message)"
            )
        }
    }

    // MARK: Waiting

    /// While a look at an outbox is due anyway, further hints of it are left in the queue: a collector that takes thousands wakes nobody
    /// thousands of times.
    private func wait(_ turn: inout Turn, _ watch: inout OutboxWatch?) {
        var wakes = min(turn.nextRescan, turn.nextReceipts ?? .max)
        if !turn.dirty.isEmpty { wakes = min(wakes, turn.nextCollection) }
        do {
            var descriptors: [Int32] = []
            if let arrivals = watch?.arrivalsDescriptor { descriptors.append(arrivals) }
            if turn.dirty.isEmpty, let departures = watch?.departuresDescriptor { descriptors.append(departures) }
            try thread.sleep(until: wakes, orNewsOf: descriptors)
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
