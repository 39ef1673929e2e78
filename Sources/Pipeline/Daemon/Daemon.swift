import Audit
public import Configuration
import Control
import Foundation
import Glibc
import Ingest
import Linux
public import Logging
import Spool
import Synchronization
import Validate

/// The whole house at work: opened, recovered, running, stopped. One a process.
public final class Daemon: Sendable {
    public static let version = "0.1.0"

    /// Taken before anything else, given back after all else.
    private let lock: SpoolLock
    private let engine: Engine
    private let queue: WorkQueue
    private let workers: Workers
    private let intake: IntakeLoop
    private let outboxes: OutboxLoop
    private let control: ControlServer
    private let keeper: HeadKeeper
    /// What the comparison with the remembered head gave to record.
    private let comparison: Event?
    private let backups: BackupDesk
    private let scrub: ArchiveScrub
    private let logger: Logger
    private let ended = Monitor<Ending?>(nil)
    private let settings: SettingsDesk

    /// How the daemon ends.
    public enum Ending: Sendable {
        case stopped
        /// Writing on would not be safe: the service manager is to start it anew, and recovery sorts things out.
        case failed(String)
    }

    /// Opens everything, the control socket last. Nothing is recorded or moved yet: `run` recovers.
    /// - Throws: what keeps the daemon from starting, as a sentence.
    public init(_ configuration: Configuration, logger: Logger) throws {
        self.logger = logger
        lock = try SpoolLock(root: configuration.spool, holder: configuration.holder)
        let checks = StartChecks(configuration, by: .daemon)
        try checks.refuse()
        guard let seal = checks.seal else { throw StartChecks.Refusal(faults: checks.faults) }
        try Self.prepareFolders(configuration)
        let keeper = HeadKeeper(file: RememberedHead(path: configuration.rememberedHead), logger: logger)
        self.keeper = keeper
        let name = try LedgerName(configuration) { seal.key.organisation }
        let ledger = try Ledger(
            path: configuration.ledger, origin: name.origin, key: try Self.checkpointKey(configuration),
            onHead: { keeper.note($0) }, onPace: { $0.tell(logger) })
        try Self.publishVerifierKey(ledger.verifierKey, configuration)
        let spool = try Spool(root: configuration.spool, ledger: ledger)
        let clock = SealingClock(after: try SealingClock.newest(in: configuration.ledger))
        let board = StatusBoard()
        comparison = try RestoreDesk(board: board, ledger: ledger, logger: logger).compare(with: keeper.file)
        if comparison != nil || board.state.read({ $0.doubt != nil }) { try RestoreMark(state: configuration.state).set() }
        let processors = try Processors(count: configuration.processorCount)
        let references = ReferenceShelf(store: ReferenceStore(path: configuration.referenceStore), ledger: ledger)
        try references.store.prepare()
        engine = Engine(
            configuration: configuration, ledger: ledger, spool: spool, processors: processors, seal: seal, clock: clock,
            references: references, board: board, logger: logger)
        queue = WorkQueue(shared: Workers.count, limit: Workers.limit)
        let (ended, engine, queue) = (ended, engine, queue)
        let onFatal: @Sendable (any Error) -> Void = { error in
            logger.critical("ecocd stops, because it can't go on safely: \(error)")
            ended.withLock { $0 = $0 ?? .failed("\(error)") }
        }
        workers = try Workers(engine: engine, queue: queue, logger: logger, onFatal: onFatal)
        let foundation = FoundationCheck(lock: lock, ledger: ledger)
        intake = try IntakeLoop(
            engine: engine, workers: workers, queue: queue, foundation: foundation, logger: logger, onFatal: onFatal)
        outboxes = try OutboxLoop(engine: engine, logger: logger, onFatal: onFatal)
        backups = BackupDesk(engine: engine, logger: logger)
        scrub = ArchiveScrub(engine: engine, logger: logger)
        settings = SettingsDesk(engine: engine, logger: logger) { [intake, outboxes] configuration in
            try Self.takeOver(configuration, engine, intake, outboxes)
        }
        let (intake, workers, outboxes, backups, scrub, settings) = (intake, workers, outboxes, backups, scrub, settings)
        let statuses = StatusDesk(engine: engine, queue: queue, intake: intake, outboxes: outboxes, scrub: scrub, settings: settings)
        control = try ControlServer(
            path: configuration.socket,
            groups: .init(
                admin: configuration.adminGroup, release: configuration.releaseGroup, anchor: configuration.anchoring.group,
                audit: configuration.auditGroup)
        ) { request, peer in
            ControlDesk(
                engine: engine, queue: queue, statuses: statuses, intake: intake, workers: workers, outboxes: outboxes, backups: backups,
                scrub: scrub, settings: settings, logger: logger
            )
            .answer(request, peer)
        }
    }

    private static func prepareFolders(_ configuration: Configuration) throws {
        try Spool.prepare(
            root: configuration.spool, sources: configuration.sources.map { .init(name: $0.name) },
            destinations: configuration.destinations.map { .init(name: $0.name) })
    }

    private static func checkpointKey(_ configuration: Configuration) throws -> CheckpointKey {
        if access(configuration.checkpointKey, F_OK) == 0 { return try CheckpointKey.load(from: configuration.checkpointKey) }
        return try CheckpointKey.create(at: configuration.checkpointKey)
    }

    /// What 'ecocctl ledger verify' and auditors check signatures with: public, so it lies beside the ledger for everybody who may look there.
    private static func publishVerifierKey(_ key: String, _ configuration: Configuration) throws(SystemError) {
        let state = try Directory(configuration.state)
        let name = "ledger.vkey"
        guard try state.statusIfPresent(name) == nil else { return }
        try state.writeFile(name, Array("\(key)\n".utf8), mode: 0o644)
        try state.sync()
    }

    /// Nothing is written before: a ledger that was put back must stay as it is until somebody answers for it.
    private func recordStartAndRecover() throws {
        try recordStart()
        try recover()
    }

    private func recordStart() throws {
        let (configuration, key) = (engine.configuration, engine.seal.key)
        let comparison = comparison.map { [$0] } ?? []
        _ = try engine.ledger.commit(
            comparison + [
                Event(.started, ["version": .text(Self.version), "pid": .number(Int(getpid()))]),
                configuration.event,
                Event(
                    .keyUsed,
                    [
                        "certificate-sha256": .text(key.certificateSHA256), "subject": .text(key.subject),
                        "not-before": .text(Timestamp(milliseconds: key.notBefore * 1000).text),
                        "not-after": .text(Timestamp(milliseconds: key.notAfter * 1000).text),
                    ]),
            ])
        engine.sealWatch.look(engine)
    }

    private func recover() throws {
        try loadReferences()
        try OutboxRecovery(engine: engine).run()
        try intake.restore()
        let recovery = try engine.spool.recover()
        for incident in try recovery.incidents + intake.recover() + strays() {
            logger.critical("Incident: \(incident) 'ecocctl doctor' shows it again and lets ecocd go on")
            engine.board.incident(incident.submission, what: incident.what, remedy: incident.remedy)
        }
        try MissingWatch(engine: engine, logger: logger).look()
        if !recovery.confirmed.isEmpty || !recovery.redone.isEmpty {
            logger.notice(
                "After a stop in the middle of work: \(recovery.confirmed.count) moves confirmed, \(recovery.redone.count) redone")
        }
    }

    /// Only after a ledger was put back are the ends looked through before the work begins; otherwise the scrub does it.
    private func strays() throws -> [Recovery.Incident] {
        let mark = RestoreMark(state: engine.configuration.state)
        let isRestored = try mark.isSet
        let strays = try engine.spool.strays(includesEnds: isRestored)
        if isRestored, strays.isEmpty { try mark.clear() }
        return strays
    }

    /// Without a version that is in force, good records would be turned away: somebody has to look first.
    private func loadReferences() throws {
        for (version, reason) in try engine.references.load() {
            let what = "the reference data \(version.id) (\(version.name)) is in force, but its file can't be used: \(reason)"
            let remedy =
                "Put \(engine.references.store.path) back from a backup and restart ecocd; or acknowledge it, and retire the version: 'ecocctl reference retire \(version.id)'."
            logger.critical("Incident: \(what). \(remedy)")
            engine.board.incident(version.submission, what: what, remedy: remedy)
        }
    }

    // MARK: Running

    /// Whether it is at work: recovered, what lay in the stages is queued, and no incident waits for an administrator.
    public var isReady: Bool { engine.board.state.read(\.isReady) }

    /// How far it has come.
    var phase: StatusReport.Phase { engine.board.state.read(\.phase) }

    /// Serves the control socket, recovers, and once no incident waits carries on what lies in the stages and watches the inboxes. Blocks
    /// until `stop`, or until something fails that only a restart can mend.
    /// - Parameter onChange: called when the control socket is served, and with each later `phase`, on this thread.
    public func run(onChange: @escaping @Sendable () -> Void) throws -> Ending {
        try keeper.start()
        let (ended, logger) = (ended, logger)
        try control.start { error in
            logger.critical("ecocd stops, because nobody can ask it any more: \(error)")
            ended.withLock { $0 = $0 ?? .failed("the control socket is closed: \(error)") }
        }
        onChange()
        let begun = begin(onChange)
        let ending = ended.wait { $0 } ?? .stopped
        engine.board.state.withLock { $0.isStopping = true }
        engine.ledger.waitNoLonger()
        queue.close()
        if begun {
            intake.stop()
            outboxes.thread.stop()
        }
        scrub.stop()
        workers.join()
        control.stop()
        if case .stopped = ending, !isWithheld { engine.ledger.enqueue([Event(.stopped, ["reason": "asked to stop"])]) }
        backups.abandon()
        engine.ledger.close()
        keeper.stop()
        lock.release()
        return ending
    }

    /// From the open ledger to the first look into an inbox.
    /// - Returns: false when the daemon was stopped or has failed before it could begin.
    private func begin(_ onChange: @Sendable () -> Void) -> Bool {
        do {
            guard waits(until: { $0.doubt == nil }) else { return false }
            onChange()
            try settings.whileUnchanged { try recordStartAndRecover() }
            engine.board.state.withLock { $0.isRecovered = true }
            onChange()
            guard waits(until: \.incidents.isEmpty) else { return false }
            try settings.whileUnchanged {
                try workers.resume()
                try intake.start()
                try outboxes.start()
                try scrub.start()
            }
            engine.board.state.withLock { $0.hasBegun = true }
            onChange()
            return true
        } catch {
            logger.critical("ecocd can't begin: \(error)")
            ended.withLock { $0 = $0 ?? .failed("\(error)") }
            return false
        }
    }

    /// Waits for an administrator, if need be.
    /// - Returns: false when the daemon was stopped or has failed before.
    private func waits(until isDone: @Sendable (StatusBoard.State) -> Bool) -> Bool {
        let mayGoOn = engine.board.state.wait { state -> Bool? in state.isStopping ? false : isDone(state) ? true : nil }
        return mayGoOn == true && ended.read { $0 == nil }
    }

    private var isWithheld: Bool { engine.board.state.read { $0.doubt != nil } }

    /// Asks it to stop: stages end between two batches, within seconds. Any thread; returns at once.
    public func stop() {
        engine.board.state.withLock { $0.isStopping = true }
        engine.ledger.waitNoLonger()
        ended.withLock { $0 = $0 ?? .stopped }
    }

    /// Reads the settings again; those that can't be used are refused as a whole, with a line in the journal, and the old ones stay in force.
    /// - Returns: false while the daemon recovers; nothing was done, and it may be asked again at the next change.
    public func reload() -> Bool {
        if case .busy = settings.reload() { false } else { true }
    }

    /// Goes on with another configuration. One that changes what is read at the start only is refused.
    private static func takeOver(
        _ configuration: Configuration, _ engine: Engine, _ intake: IntakeLoop, _ outboxes: OutboxLoop
    ) throws {
        if let problem = LedgerName.problem(configuration) { throw problem }
        let fixed = configuration.changesThatNeedRestart(from: engine.configuration)
        guard fixed.isEmpty else {
            throw ConfigurationError(
                file: configuration.path, message: "a reload can't change \(fixed.joined(separator: ", "))",
                remedy: "Restart the daemon: systemctl restart ecocd.")
        }
        try StartChecks.settings(configuration)
        _ = try AnchorJudge(configuration.anchoring)
        try prepareFolders(configuration)
        _ = try engine.ledger.commit([configuration.event])
        engine.configuration = configuration
        intake.reload()
        outboxes.thread.rescan()
    }

    /// For the watchdog: false when a thread that should move hasn't for a while.
    public var isAlive: Bool {
        // Who waits for another process's lock isn't stuck: ecocd says so, and goes on by itself.
        if engine.ledger.isBlocked { return true }
        let (intakeAnswers, outboxesAnswer) = (intake.thread.ping(), outboxes.thread.ping())
        return engine.board.isAlive(intakeAnswers: intakeAnswers && outboxesAnswer)
    }

    /// One line for `systemctl status`.
    public var summary: String {
        let (phase, totals, working, incidents) = engine.board.state.read { ($0.phase, $0.totals, $0.working.count, $0.incidents.count) }
        let sealing = engine.sealingProblems.isEmpty ? "" : "nothing is sealed ('ecocctl doctor'); "
        let waiting = incidents == 0 ? "" : "\(incidents) incidents wait for an administrator ('ecocctl doctor'); "
        return switch phase {
        case .recovering: "Recovering: nothing is taken yet"
        case .waiting: "Not ready: \(waiting)nothing is taken before"
        case .stopping: "Finishing what is in a stage"
        case .working:
            "\(sealing)\(waiting)\(working) submissions in work; since the start \(totals.published) published, \(totals.rejected) rejected, \(totals.duplicates) repeated"
        }
    }
}

extension Configuration {
    /// The settings that differ and are read at the start only, by their names in `ecocd.toml`.
    func changesThatNeedRestart(from current: Configuration) -> [String] {
        let settings = [
            ("spool", spool == current.spool), ("state", state == current.state),
            ("seal", seal == current.seal), ("schema", schema == current.schema), ("control.socket", socket == current.socket),
            ("control.admin-group", adminGroup == current.adminGroup), ("control.release-group", releaseGroup == current.releaseGroup),
            ("control.audit-group", auditGroup == current.auditGroup),
            ("limits.workers", workers == current.workers),
            ("ledger.remembered-head", rememberedHead == current.rememberedHead),
            ("anchor.group", anchoring.group == current.anchoring.group),
        ]
        return settings.filter { !$0.1 }.map(\.0)
    }

}
