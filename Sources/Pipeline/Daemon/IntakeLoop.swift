import Audit
import Certificate
import Configuration
import Control
import Ingest
import Linux
import Logging
import Spool

/// The thread that watches the inboxes: woken by events, by files that settle, by claims that end, by the rescan timer and on request;
/// otherwise asleep. An event costs a look at the entry that it names; whole inboxes are read at a rescan, and where events were lost.
final class IntakeLoop: Sendable {
    private struct State: Sendable {
        var wantsNewWatch = true
        var settings: [InboxSettings] = []
        /// Sources whose open claims couldn't be completed at the start. Their inboxes may hold files that the spool has already: they are
        /// looked into when the claims are completed.
        var withheld: Set<String> = []
        /// Entries whose claims have ended.
        var returned: Set<InboxEntry> = []
        /// Entries whose claims have failed, for the next rescan: the fault is mostly still there a moment later.
        var postponed: Set<InboxEntry> = []
        /// What lies in the folders that no source is configured for, as of the last rescan.
        var strangers: [StatusReport.Waiting] = []
        /// What waited when somebody asked last.
        var waiting = WaitingFiles()

        var reachable: [InboxSettings] { settings.filter { !withheld.contains($0.source) } }
    }

    private let engine: Engine
    private let workers: Workers
    private let queue: WorkQueue
    private let foundation: FoundationCheck
    private let logger: Logger
    private let intake: Intake
    private let left = LeftBehind()
    let thread: LookoutThread
    let lingerers: Lingerers
    private let state = Monitor(State())

    init(
        engine: Engine, workers: Workers, queue: WorkQueue, foundation: FoundationCheck, logger: Logger,
        onFatal: @escaping @Sendable (any Error) -> Void
    ) throws(SystemError) {
        self.engine = engine
        self.foundation = foundation
        self.workers = workers
        self.queue = queue
        self.logger = logger
        thread = try LookoutThread(name: "intake")
        lingerers = try Lingerers(engine: engine, logger: logger, onFatal: onFatal) { try Reporting(engine: engine).reportRefusal($0) }
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
        leaveAlone(recovered)
        state.withLock { $0.withheld = recovered.unreachable }
        for id in try engine.ledger.unansweredRejections().compactMap({ SubmissionID($0) })
        where try engine.spool.stage(of: id) == .rejected {
            try Reporting(engine: engine).reportRefusal(id)
        }
        return recovered.incidents
    }

    private func leaveAlone(_ recovered: Claim.Recovered) {
        for lingering in recovered.lingering { lingerers.watch(lingering) }
        for left in recovered.leftBehind { leaveAlone(left.entry, as: left.status, reason: left.reason, of: left.submission) }
    }

    private func leaveAlone(_ entry: InboxEntry, as status: FileStatus, reason: String, of submission: SubmissionID?) {
        intake.leaveAlone(entry, as: status, reason: reason)
        if left.note(entry, of: submission, reason: reason) { logger.error("'\(entry.name)' of source '\(entry.source)' \(reason)") }
    }

    func start() throws(SystemError) {
        configure()
        try lingerers.start()
        try thread.start { [self] in run() }
    }

    func stop() {
        thread.stop()
        lingerers.thread.stop()
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

    /// What isn't in the spool yet, the longest unchanged first: at most `limit` of it, and how much there is. While a look is under way, as it
    /// was before.
    func waiting(_ limit: Int) -> (files: [StatusReport.Waiting], count: Int) {
        let now = MonotonicClock.now()
        let fresh = intake.waiting(now: now)
        let (waiting, strangers) = state.withLock { state in
            if let fresh { state.waiting = fresh }
            return (state.waiting, state.strangers)
        }
        let files = waiting.files.sorted(by: WaitingFile.isOlder).prefix(limit).map { file in
            StatusReport.Waiting(
                source: file.entry.source, name: "\(file.entry.name)", reason: file.reason,
                seconds: Int((now - min(now, file.since)) / 1_000_000_000))
        }
        let count = waiting.files.count + waiting.more.values.reduce(0, +) + strangers.count
        return (Array((files + strangers).prefix(limit)), count)
    }

    // MARK: The thread

    private static let admissionInterval: UInt64 = 100_000_000
    /// Rescans between two probes whether events still come.
    private static let rescansPerProbe = 10
    /// Files of one source that wait for a worker; the others wait in the intake.
    private static let queued = 32

    /// What the thread remembers from turn to turn.
    private struct Turn: ~Copyable {
        var watch: InboxWatch?
        var mounts: MountTable?
        var inboxes = InboxStates()
        var hints = InboxWatch.Hints()
        /// When time alone may change something, in CLOCK_MONOTONIC nanoseconds.
        var nextLook: UInt64?
        var nextRescan: UInt64 = 0
        /// When the claims of a source may be completed that couldn't be, because one of its submissions was in work.
        var nextAdmission: UInt64 = .max
        var rescans = 0
    }

    private func run() {
        var turn = Turn()
        do { turn.mounts = try MountTable() } catch { logger.warning("Mounts are noticed at rescans only: \(error)") }
        while let isAsked = thread.beginTurn() {
            let now = MonotonicClock.now()
            let isDue = now >= turn.nextRescan
            let renews = state.withLock { state in
                defer { state.wantsNewWatch = false }
                return state.wantsNewWatch
            }
            if renews || turn.watch == nil && isDue { renewWatch(&turn) }
            if isDue {
                turn.rescans += 1
                engine.sealWatch.look(engine)
                turn.nextRescan = now + UInt64(engine.configuration.rescanSeconds) * 1_000_000_000
            }
            let mayAdmit = now >= turn.nextAdmission
            if mayAdmit { turn.nextAdmission = .max }
            if isDue || isAsked || renews || mayAdmit || turn.hints.foldersChanged {
                checkInboxes(&turn, probes: isDue && turn.rescans % Self.rescansPerProbe == 0)
            }
            if isDue || isAsked { tryAgain(turn.inboxes) }
            look(&turn, everywhere: isDue || isAsked, now)
            wait(&turn)
        }
    }

    /// Without a watch the inboxes are looked into at each rescan only.
    private func renewWatch(_ turn: inout Turn) {
        turn.watch = nil
        do { turn.watch = try InboxWatch(state.read(\.settings)) } catch {
            logger.error("The inboxes can't be watched, only looked into every \(engine.configuration.rescanSeconds) seconds: \(error)")
        }
    }

    /// Sees which inboxes are there, and completes the claims of those that weren't at the start.
    /// - Parameter probes: also whether events still come, which costs a file in each inbox.
    private func checkInboxes(_ turn: inout Turn, probes: Bool) {
        turn.watch?.check()
        readHints(&turn)
        let isNew = !turn.hints.dirty.isEmpty
        if probes || isNew {
            do { try turn.watch?.probe() } catch { logger.error("It can't be told whether the inboxes send events: \(error)") }
        }
        let settings = state.read(\.settings)
        let modes = turn.watch?.found
        let changes = turn.inboxes.update(settings, modes)
        for problem in changes.lost { logger.error("\(problem.what). \(problem.remedy)") }
        for source in changes.found { logger.notice("The inbox of '\(source)' is there again") }
        for source in state.read(\.withheld) where turn.inboxes.problems[source] == nil { admit(source, &turn) }
        let inboxes = turn.inboxes
        engine.board.state.withLock { board in
            board.sources = settings.map { inboxes.source($0, modes?[$0.source]) }
            board.inboxProblems = inboxes.problems
        }
    }

    /// Completes the claims that were open at the start, and looks into the inbox from now on.
    private func admit(_ source: String, _ turn: inout Turn) {
        guard let (recovered, busy) = complete(nil, of: source), !recovered.unreachable.contains(source) else { return }
        guard busy.isEmpty else {
            turn.nextAdmission = MonotonicClock.now() + Self.admissionInterval
            return
        }
        state.withLock { _ = $0.withheld.remove(source) }
        configure()
        leaveAlone(recovered)
        turn.hints.dirty.insert(source)
        logger.notice("The claims of '\(source)' that were open are completed: \(recovered.completed.count)")
    }

    /// - Parameter submissions: nil for all of the source that are open.
    /// - Returns: also the submissions that are in work just now, whose claims nobody may touch; nil when it couldn't be done, which is logged.
    private func complete(
        _ submissions: Set<SubmissionID>?, of source: String
    ) -> (recovered: Claim.Recovered, busy: Set<SubmissionID>)? {
        guard let settings = state.read(\.settings).first(where: { $0.source == source }) else { return nil }
        var held: Set<SubmissionID> = []
        defer {
            for id in held {
                queue.letGo(id.text)
                workers.carryOn(id)
            }
        }
        do {
            let (recovered, busy) = try workers.carryOut { () throws in
                let wanted = try submissions ?? Claim.open(of: source, in: engine.spool)
                held = wanted.filter { queue.hold($0.text) }
                return (try Claim.complete(held, of: settings, in: engine.spool), wanted.subtracting(held))
            }
            for incident in recovered.incidents {
                logger.critical("Incident: \(incident)")
                engine.board.incident(incident.submission, what: incident.what, remedy: incident.remedy)
            }
            return (recovered, busy)
        } catch {
            logger.error("Open claims of '\(source)' can't be completed; it is tried again at the next rescan: \(error)")
            return nil
        }
    }

    /// What every rescan does before it looks into the inboxes. Where the daemon has lost its ground, it ends.
    private func tryAgain(_ inboxes: borrowing InboxStates) {
        guard (try? workers.carryOut { try foundation.run() }) != nil else { return }
        do {
            for submission in try MissingWatch(engine: engine, logger: logger).look() where submission.stage != .hold {
                workers.process(submission.id, from: submission.stage)
            }
        } catch { logger.error("It can't be told whether submissions are missing: \(error)") }
        retryStalled()
        for (source, entries) in left.due() where inboxes.problems[source] == nil { remove(entries, of: source) }
        let strangers = strangers()
        state.withLock { $0.strangers = strangers }
    }

    /// Tries to get entries out of their inbox that couldn't be moved or removed before. The survey that follows sees what is there then.
    private func remove(_ entries: [(entry: InboxEntry, submission: SubmissionID?)], of source: String) {
        let submissions = Set(entries.compactMap(\.submission))
        let recovered = submissions.isEmpty ? Claim.Recovered() : complete(submissions, of: source)?.recovered
        let completed = Set(recovered?.completed ?? [])
        for (entry, submission) in entries {
            guard let submission else {
                intake.reconsider(entry)
                continue
            }
            guard completed.contains(submission) else { continue }
            left.forget(entry)
            intake.reconsider(entry)
            logger.notice("'\(entry.name)' of source '\(source)' is out of its inbox now")
        }
        if let recovered { leaveAlone(recovered) }
    }

    /// Submissions that stopped on a fault go on from where they lie; files that couldn't be taken are found again by the look that follows.
    private func retryStalled() {
        let stalled = engine.board.state.read(\.stalled)
        guard !stalled.isEmpty else { return }
        do { try workers.resume() } catch { logger.error("Stalled submissions can't be listed: \(error)") }
        for key in stalled.keys where SubmissionID(key) == nil { engine.board.resumed(key) }
    }

    /// Looks at what events named, and into whole inboxes where that isn't enough; then hands out what is ready.
    private func look(_ turn: inout Turn, everywhere: Bool, _ now: UInt64) {
        let hints = turn.hints
        turn.hints = InboxWatch.Hints()
        let returned = state.withLock { state in
            if everywhere {
                state.returned.formUnion(state.postponed)
                state.postponed = []
            }
            defer { state.returned = [] }
            return state.returned
        }
        intake.handBack(returned)
        let inboxes = turn.inboxes
        let surveyed: Set<String>? = everywhere ? nil : hints.dirty
        var failures = surveyed?.isEmpty ?? false ? [] : intake.survey(surveyed, now: now, movedIn: hints.movedIn)
        let single = hints.entries.union(returned).filter { !(surveyed?.contains($0.source) ?? true) }
        if !single.isEmpty { failures += intake.look(at: single, now: now, movedIn: hints.movedIn) }
        let result = intake.next(now: now) { inboxes.problems[$0] == nil ? Self.queued - queue.waiting(of: $0) : 0 }
        for failure in failures + result.failures { note(failure, &turn) }
        for file in result.ready { take(file) }
        for entry in result.refused { refuse(entry) }
        for file in result.waiting {
            logger.warning("'\(file.entry.name)' of source '\(file.entry.source)' still waits: it \(file.reason)")
        }
        turn.nextLook = result.nextLook
    }

    private func isNetworkMount(_ source: String) -> Bool {
        engine.configuration.inboxes.first { $0.source == source }?.isNetworkMount ?? false
    }

    /// An inbox that has just gone is looked for at once.
    private func note(_ failure: ScanResult.InboxFailure, _ turn: inout Turn) {
        guard let settings = state.read(\.settings).first(where: { $0.source == failure.source }),
            let problem = turn.inboxes.fail(settings, failure.error)
        else { return }
        logger.error("\(problem.what). \(problem.remedy)")
        let inboxes = turn.inboxes
        engine.board.state.withLock { $0.inboxProblems = inboxes.problems }
    }

    private func wait(_ turn: inout Turn) {
        let wakes = min(turn.nextLook ?? .max, turn.nextRescan, turn.nextAdmission)
        do {
            let mounts = turn.mounts?.descriptor.number
            let haveMountsChanged = try thread.sleep(until: wakes, orNewsOf: turn.watch?.descriptors ?? [], mounts: mounts)
            readHints(&turn)
            if haveMountsChanged { turn.hints.foldersChanged = true }
        } catch {
            logger.error("Watching the inboxes failed; they are watched anew at the next rescan: \(error)")
            turn.watch = nil
        }
    }

    private func readHints(_ turn: inout Turn) {
        do {
            if let hints = try turn.watch?.drain() { turn.hints.add(hints) }
        } catch {
            logger.error("Watching the inboxes failed; they are watched anew at the next rescan: \(error)")
            turn.watch = nil
        }
    }

    // MARK: Taking

    private func key(_ entry: InboxEntry) -> String { "\(entry.source)/\(entry.name)" }

    /// A claim of the entry has ended: what now has its name is looked at.
    private func giveBack(_ entry: InboxEntry) {
        state.withLock { _ = $0.returned.insert(entry) }
        thread.nudge()
    }

    /// Hands out a claim of an entry. What changed meanwhile is looked at again at once; what failed, at the next rescan.
    private func hand(_ entry: InboxEntry, counts: Bool = true, _ claim: @escaping @Sendable () throws -> SubmissionID?) {
        workers.take(key(entry), of: entry.source, counts: counts) { [self] in
            do {
                let submission = try claim()
                giveBack(entry)
                return submission
            } catch ClaimError.changed {
                giveBack(entry)
                return nil
            } catch {
                state.withLock { _ = $0.postponed.insert(entry) }
                throw error
            }
        }
    }

    private func take(_ file: ReadyFile) {
        let entry = file.entry
        hand(entry, counts: entry.source != Configuration.Reference.name) { [self] in
            guard let settings = engine.configuration.settings(of: entry.source) else { return nil }
            do {
                let taken = try Claim.take(file, into: engine.spool, profile: settings, isNetworkMount: isNetworkMount(entry.source))
                if let lingering = taken.lingering { lingerers.watch(lingering) }
                if let error = taken.leftBehind {
                    leaveAlone(entry, as: file.status, reason: "is taken, but can't be removed: \(error)", of: taken.submission.id)
                }
                logger.info("Received '\(file.name)' of '\(entry.source)' as \(taken.submission.id)")
                return taken.submission.id
            } catch ClaimError.checksum(let entry, _, let actual) {
                intake.leaveAlone(entry, as: file.status, reason: "has the SHA-256 \(actual), which isn't what its marker names")
                return nil
            }
        }
    }

    private func refuse(_ refused: RefusedEntry) {
        let entry = refused.entry
        hand(entry) { [self] in
            switch try Claim.refuse(refused, into: engine.spool, isNetworkMount: isNetworkMount(entry.source)) {
            case .kept(let submission):
                left.forget(entry)
                logger.warning("Refused '\(submission.name)' of '\(submission.source)': \(refused.finding.message)")
                engine.board.count { $0.rejected += 1 }
                if let lingering = try Claim.lingering(submission, inbox: refused.inbox) { lingerers.watch(lingering) }
                try Reporting(engine: engine).reportRefusal(submission.id)
            case .blocked(let reason, let submission):
                leaveAlone(entry, as: refused.status, reason: reason, of: submission)
            }
            return nil
        }
    }

    /// Strangers that are shown; nobody looks through more.
    private static let strangersShown = 100

    /// Files in folders that no source is configured for: nobody takes them, but somebody should know.
    private func strangers() -> [StatusReport.Waiting] {
        let root = "\(engine.spool.root)/inbox"
        let known = Set(state.read(\.settings).map(\.path))
        let folders = (try? Directory(root).entries().compactMap(\.text)) ?? []
        var strangers: [StatusReport.Waiting] = []
        for folder in folders.sorted() where !known.contains("\(root)/\(folder)") {
            try? Directory("\(root)/\(folder)").forEachName { bytes in
                guard strangers.count < Self.strangersShown, let name = FileName(bytes: Array(bytes)) else { return }
                strangers.append(
                    .init(source: folder, name: "\(name)", reason: "lies in a folder that no source is configured for", seconds: 0))
            }
        }
        return strangers
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
