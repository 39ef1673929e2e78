import Audit
import Certificate
import Configuration
import Control
import Ingest
import Linux
import Logging
import Spool

/// The thread that watches the inboxes: woken by events, by files that settle, by the rescan timer and on request; otherwise asleep.
final class IntakeLoop: Sendable {
    private struct State: Sendable {
        var wantsNewWatch = true
        var settings: [InboxSettings] = []
        /// Sources whose open claims couldn't be completed at the start. Their inboxes may hold files that the spool has already: only the
        /// next start, which completes the claims first, may look into them.
        var unreachable: Set<String> = []

        var reachable: [InboxSettings] { settings.filter { !unreachable.contains($0.source) } }
    }

    private let engine: Engine
    private let workers: Workers
    private let queue: WorkQueue
    private let foundation: FoundationCheck
    private let logger: Logger
    private let intake: Intake
    let thread: LookoutThread
    private let state = Monitor(State())

    init(engine: Engine, workers: Workers, queue: WorkQueue, foundation: FoundationCheck, logger: Logger) throws(SystemError) {
        self.engine = engine
        self.foundation = foundation
        self.workers = workers
        self.queue = queue
        self.logger = logger
        thread = try LookoutThread(name: "intake")
        intake = Intake(inboxes: engine.configuration.inboxes) { file, entry in
            guard let profile = engine.configuration.profile(of: entry) else { return .complete }
            return switch Structure.check(file, profile: profile) {
            case .complete: .complete
            case .incomplete(let reason): .incomplete(reason: reason)
            }
        }
    }

    // MARK: Asked by other threads

    /// Receives again what the ledger knows but no stage holds, when its file is still in the inbox. Before the spool recovers.
    func restore() throws {
        let configuration = engine.configuration
        let restored = try Claim.restore(engine.spool, inboxes: configuration.inboxes) { configuration.settings(of: $0) }
        for id in restored { logger.warning("\(id) was received again from its inbox") }
    }

    /// Completes or undoes claims that a stop cut off. After the spool recovered, before anything else runs.
    /// - Returns: what needs a person.
    func recover() throws -> [Recovery.Incident] {
        let recovered = try Claim.recover(engine.spool, inboxes: engine.configuration.inboxes)
        for left in recovered.leftBehind { intake.leaveAlone(left.entry, as: left.status, reason: left.reason) }
        for source in recovered.unreachable.sorted() {
            logger.error("The inbox of '\(source)' can't be reached. Nothing is taken from it before ecocd is started again and reaches it")
        }
        state.withLock { $0.unreachable = recovered.unreachable }
        for id in try engine.ledger.unansweredRejections().compactMap({ SubmissionID($0) })
        where try engine.spool.stage(of: id) == .rejected {
            try reportRefusal(id)
        }
        return recovered.incidents
    }

    func start() throws(SystemError) {
        configure()
        try thread.start { [self] in run() }
    }

    func reload() {
        configure()
        state.withLock { $0.wantsNewWatch = true }
        thread.rescan()
    }

    private func configure() {
        let settings = engine.configuration.inboxes
        let reachable = state.withLock { state in
            state.settings = settings
            return state.reachable
        }
        intake.configure(reachable)
    }

    // MARK: The thread

    /// Rescans between two probes whether events still come.
    private static let rescansPerProbe = 10

    /// What the thread remembers from turn to turn.
    private struct Turn {
        var movedIn: Set<InboxEntry> = []
        var isDirty = true
        /// When a file may have settled, in CLOCK_MONOTONIC nanoseconds.
        var nextLook: UInt64?
        var nextRescan: UInt64 = 0
        var rescans = 0
        /// The watch's descriptor, to wait for; none while there is no watch.
        var watched: [Int32] = []
    }

    private func run() {
        var turn = Turn()
        var watch: InboxWatch?
        while let isAsked = thread.beginTurn() {
            let renews = state.withLock { state in
                defer { state.wantsNewWatch = false }
                return state.wantsNewWatch
            }
            let now = MonotonicClock.now()
            let isDue = now >= turn.nextRescan
            if renews || turn.watched.isEmpty && isDue { renew(&watch, &turn) }
            if isDue {
                showSourcesNowAndThen(&watch, &turn)
                turn.nextRescan = now + UInt64(engine.configuration.rescanSeconds) * 1_000_000_000
            }
            if isAsked || isDue { rescan() }
            if isAsked || isDue || turn.isDirty || now >= turn.nextLook ?? .max {
                turn.nextLook = look(now, movedIn: turn.movedIn)
                (turn.movedIn, turn.isDirty) = ([], false)
            }
            wait(&watch, &turn)
        }
    }

    /// Without a watch the inboxes are looked into at each rescan only.
    private func renew(_ watch: inout InboxWatch?, _ turn: inout Turn) {
        turn.watched = []
        do {
            let made = try InboxWatch(state.read(\.reachable))
            turn.watched = [made.descriptor]
            watch = consume made
        } catch {
            watch = nil
            logger.error("The inboxes can't be watched, only looked into every \(engine.configuration.rescanSeconds) seconds: \(error)")
        }
        showSources(probe(&watch))
    }

    private func wait(_ watch: inout InboxWatch?, _ turn: inout Turn) {
        let wakes = min(turn.nextLook ?? .max, turn.nextRescan)
        do {
            try thread.sleep(until: wakes, orNewsOf: turn.watched)
            guard let hints = try watch?.drain() else { return }
            turn.movedIn.formUnion(hints.movedIn)
            turn.isDirty = turn.isDirty || !hints.dirty.isEmpty
        } catch {
            logger.error("Watching the inboxes failed; they are watched anew at the next rescan: \(error)")
            watch = nil
            turn.watched = []
        }
    }

    /// Whether events still come is asked with some of the rescans only: it costs a file in each inbox.
    private func showSourcesNowAndThen(_ watch: inout InboxWatch?, _ turn: inout Turn) {
        turn.rescans += 1
        if turn.rescans % Self.rescansPerProbe == 0 { showSources(probe(&watch)) }
    }

    /// Submissions that stopped on a fault go on from where they lie; files that couldn't be taken are found again by the look that follows.
    private func retryStalled() {
        let stalled = engine.board.state.read(\.stalled)
        guard !stalled.isEmpty else { return }
        do { try workers.resume() } catch { logger.error("Stalled submissions can't be listed: \(error)") }
        for key in stalled.keys where SubmissionID(key) == nil { engine.board.resumed(key) }
    }

    /// What every rescan does before it looks into the inboxes. Where the daemon has lost its ground, it ends.
    private func rescan() {
        guard (try? workers.carryOut { try foundation.run() }) != nil else { return }
        do {
            for submission in try MissingWatch(engine: engine, logger: logger).look() where submission.stage != .hold {
                workers.process(submission.id, from: submission.stage)
            }
        } catch { logger.error("It can't be told whether submissions are missing: \(error)") }
        retryStalled()
    }

    private func probe(_ watch: inout InboxWatch?) -> [String: InboxWatch.Mode] {
        do {
            return try watch?.probe() ?? [:]
        } catch {
            logger.error("It can't be told whether the inboxes send events: \(error)")
            return [:]
        }
    }

    private func showSources(_ modes: [String: InboxWatch.Mode]) {
        let (settings, unreachable) = state.read { ($0.settings, $0.unreachable) }
        let sources = settings.map { settings in
            let mode = modes[settings.source] == .events ? "events" : unreachable.contains(settings.source) ? "unreachable" : "polling"
            return StatusReport.Source(name: settings.source, inbox: settings.path, mode: mode)
        }
        engine.board.state.withLock { $0.sources = sources }
    }

    /// One look into every inbox.
    /// - Returns: when the next is due even without an event.
    private func look(_ now: UInt64, movedIn: Set<InboxEntry>) -> UInt64? {
        let result = intake.scan(now: now, movedIn: movedIn)
        for failure in result.failures { logger.error("The inbox of '\(failure.source)' can't be read: \(failure.error)") }
        for file in result.ready { take(file) }
        for entry in result.refused { refuse(entry) }
        let waiting = result.waiting.map { file in
            StatusReport.Waiting(
                source: file.entry.source, name: "\(file.entry.name)", reason: file.reason,
                seconds: Int((now - min(now, file.since)) / 1_000_000_000))
        }
        engine.board.state.withLock { $0.waiting = waiting + strangers() }
        for file in result.waiting where file.isOverdue {
            logger.warning("'\(file.entry.name)' of source '\(file.entry.source)' still waits: it \(file.reason)")
        }
        return result.nextLook
    }

    private func key(_ entry: InboxEntry) -> String { "\(entry.source)/\(entry.name)" }

    private func take(_ file: ReadyFile) {
        workers.take(key(file.entry), counts: file.entry.source != Configuration.Reference.name) { [self] in
            // A job of this file may have ended between the scan and now; the claim finds out.
            guard let settings = engine.configuration.settings(of: file.entry.source) else { return nil }
            do {
                let taken = try Claim.take(file, into: engine.spool, profile: settings)
                if let error = taken.leftBehind {
                    intake.leaveAlone(file.entry, as: file.status, reason: "is taken, but can't be removed: \(error)")
                }
                logger.info("Received '\(file.name)' of '\(file.entry.source)' as \(taken.submission.id)")
                return taken.submission.id
            } catch ClaimError.changed {
                thread.rescan()
                return nil
            } catch ClaimError.checksum(let entry, _, let actual) {
                intake.leaveAlone(entry, as: file.status, reason: "has the SHA-256 \(actual), which isn't what its marker names")
                return nil
            } catch ClaimError.spool(let error) {
                throw error
            }
        }
    }

    private func refuse(_ refused: RefusedEntry) {
        workers.take(key(refused.entry)) { [self] in
            do {
                switch try Claim.refuse(refused, into: engine.spool) {
                case .kept(let submission):
                    logger.warning("Refused '\(submission.name)' of '\(submission.source)': \(refused.finding.message)")
                    engine.board.count { $0.rejected += 1 }
                    try reportRefusal(submission.id)
                case .blocked(let reason):
                    logger.error("'\(refused.entry.name)' of source '\(refused.entry.source)' \(reason)")
                    intake.leaveAlone(refused.entry, as: refused.status, reason: reason)
                }
            } catch ClaimError.changed {
                thread.rescan()
            } catch ClaimError.spool(let error) {
                throw error
            }
            return nil
        }
    }

    /// Answers the ERP for an entry that was refused in the inbox, if that isn't done yet.
    private func reportRefusal(_ id: SubmissionID) throws {
        let directory = try engine.spool.open(id, in: .rejected)
        guard try directory.statusIfPresent(Reporting.ownCopy) == nil, let refusal = try Refusal.load(id, from: engine.spool) else {
            return
        }
        let folder = SubmissionFolder(path: engine.spool.path(.rejected, id), submission: try engine.spool.load(id, in: .rejected))
        let reported = try Reporting(engine: engine).write(folder, .rejected, RecordTally(), findings: [refusal.finding])
        engine.ledger.enqueue([reported])
    }

    /// Files in folders that no source is configured for: nobody takes them, but somebody should know.
    private func strangers() -> [StatusReport.Waiting] {
        let root = "\(engine.spool.root)/inbox"
        let known = Set(state.read(\.settings).map(\.path))
        let folders = (try? Directory(root).entries().compactMap(\.text)) ?? []
        return folders.filter { !known.contains("\(root)/\($0)") }.flatMap { folder -> [StatusReport.Waiting] in
            let names = (try? Directory("\(root)/\(folder)").entries()) ?? []
            return names.map {
                .init(source: folder, name: "\($0)", reason: "lies in a folder that no source is configured for", seconds: 0)
            }
        }
    }
}

extension Configuration {
    /// What is kept of the settings of an inbox beside each file taken from it; nil where there is no such inbox.
    fileprivate func settings(of inbox: String) -> [UInt8]? {
        inbox == Reference.name ? Array("activation = \"\(reference.activation.rawValue)\"\n".utf8) : source(inbox)?.file
    }

    /// How a file's end is judged; nil where any end will do. A sheet's delimiter isn't known yet: only its quotes and its last line end count.
    fileprivate func profile(of entry: InboxEntry) -> Profile? {
        guard entry.source == Reference.name else { return source(entry.source)?.profile }
        guard let kind = ReferenceFile.Kind(name: "\(entry.name)") else { return nil }
        return Profile(
            format: kind == .message ? .ivi(existingSignature: .reject) : .csv(CSVDialect()),
            limits: Profile.Limits(fileBytes: Reference.maximumBytes))
    }
}
