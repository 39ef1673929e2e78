import Audit
import Control
import FoundationEssentials
import Linux
import Logging
import Spool

/// Reads the archive once a day, slowly, on a thread of its own: what isn't there as the ledger has it is told, before somebody needs it
/// (docs/spool.md, "The archive"). A check that a stop cuts off goes on at the next start.
final class ArchiveScrub: Sendable {
    /// From the end of one check to the begin of the next, in milliseconds.
    private static let period = 86_400_000
    /// Findings that are kept and told one by one; of more there is only the number.
    private static let longestList = 100
    private static let fileName = "archive-scrub.json"
    private static let largestFile = 1 << 20

    /// What is remembered over starts.
    struct Memory: Codable, Sendable {
        /// Where the check under way has come to.
        var place: ArchiveCheck.Place?
        var progress = ArchiveCheck.Progress()
        /// When the last whole check ended, in milliseconds since 1970.
        var ended: Int?
        /// Of the last whole check, and of the one under way.
        var findings: [ArchiveFinding] = []
        var fresh: [ArchiveFinding] = []
        /// How many there were in all.
        var count = 0
        /// Those that an administrator has looked at.
        var accepted: [ArchiveFinding] = []
    }

    private struct Stopped: Error {}

    private let engine: Engine
    private let logger: Logger
    private let isStopping = Monitor(false)
    private let memory = Monitor(Memory())
    private let thread = Monitor<Linux.Thread?>(nil)

    init(engine: Engine, logger: Logger) {
        self.engine = engine
        self.logger = logger
    }

    func start() throws(SystemError) {
        let started = try Linux.Thread(name: "scrub") { [self] in run() }
        thread.withLock { $0 = started }
    }

    func stop() {
        isStopping.withLock { $0 = true }
        thread.read { $0 }?.join()
    }

    // MARK: Asked by other threads

    var status: StatusReport.Archive? {
        let memory = memory.read { $0 }
        let findings = open(memory)
        return .init(
            checkedAt: memory.ended.map { Timestamp(milliseconds: $0).text }, submissions: memory.progress.submissions,
            findings: max(findings.count, memory.count - memory.accepted.count))
    }

    var incidents: [StatusReport.Incident] {
        open(memory.read { $0 }).map { .init(submission: $0.submission, what: $0.what, remedy: $0.remedy) }
    }

    /// An administrator has looked at what is told now.
    func accept(_ incidents: Set<String>) {
        memory.withLock { memory in
            memory.accepted += open(memory).filter { incidents.contains($0.what) }
        }
        keep()
    }

    private func open(_ memory: Memory) -> [ArchiveFinding] {
        let accepted = Set(memory.accepted)
        var told: Set<ArchiveFinding> = []
        return (memory.findings + memory.fresh).filter { !accepted.contains($0) && told.insert($0).inserted }
    }

    // MARK: The thread

    private func run() {
        load()
        while true {
            let due = memory.read { $0.place == nil ? $0.ended.map { $0 + Self.period } ?? 0 : 0 }
            let now = Timestamp.now().milliseconds
            if due > now, waits(nanoseconds: UInt64(due - now) * 1_000_000) { return }
            do {
                try waitUntilWanted()
                try check()
            } catch is Stopped { return keep() } catch {
                logger.error("The archive can't be checked, and this is tried again in an hour: \(error)")
                if waits(nanoseconds: 3_600_000_000_000) { return }
            }
        }
    }

    private func check() throws {
        let (place, done) = memory.read { ($0.place, $0.progress) }
        let history = try LedgerHistory(path: engine.ledger.path)
        let check = ArchiveCheck(
            spool: engine.spool.root, ledger: history, pause: { try self.pause($0) }, found: { self.tell($0) },
            advanced: { place, progress in
                self.memory.withLock { ($0.place, $0.progress) = (place, progress) }
                self.keep()
            })
        let progress = try check.run(from: place, after: place == nil ? .init() : done)
        memory.withLock { memory in
            memory.progress = progress
            (memory.place, memory.findings, memory.fresh) = (nil, memory.fresh, [])
            (memory.count, memory.ended) = (progress.findings, Timestamp.now().milliseconds)
            // What was mended isn't accepted any more, should it come again.
            memory.accepted = memory.accepted.filter { memory.findings.contains($0) }
        }
        keep()
    }

    private func tell(_ finding: ArchiveFinding) {
        let isNew = memory.withLock { memory in
            let isNew = !memory.findings.contains(finding) && !memory.accepted.contains(finding)
            if memory.fresh.count < Self.longestList { memory.fresh.append(finding) }
            return isNew && memory.fresh.count < Self.longestList
        }
        guard isNew else { return }
        logger.critical("Incident in the archive: \(finding)")
        do { try engine.spool.record([finding.incident]) } catch { logger.error("The incident isn't on record: \(error)") }
    }

    /// Keeps to the rate: as long as reading so much may take.
    private func pause(_ bytes: Int) throws {
        try waitUntilWanted()
        let rate = max(1, engine.configuration.scrubMegabytes) << 20
        if waits(nanoseconds: UInt64(bytes) * 1_000_000_000 / UInt64(rate)) { throw Stopped() }
    }

    /// A reload may turn the check off, and on again.
    private func waitUntilWanted() throws {
        while engine.configuration.scrubMegabytes == 0 {
            if waits(nanoseconds: 60_000_000_000) { throw Stopped() }
        }
    }

    /// - Returns: whether the daemon stops.
    private func waits(nanoseconds: UInt64) -> Bool { isStopping.wait(nanoseconds: nanoseconds) { $0 ? true : nil } ?? false }

    // MARK: Its file

    private func load() {
        do {
            let folder = try Directory(engine.configuration.state)
            guard try folder.statusIfPresent(Self.fileName) != nil else { return }
            let bytes = try folder.readFile(Self.fileName, limit: Self.largestFile)
            let kept = try JSONDecoder().decode(Memory.self, from: Data(bytes))
            memory.withLock { $0 = kept }
        } catch { logger.warning("What the last check of the archive had found can't be read; it begins anew: \(error)") }
    }

    private func keep() {
        do {
            let bytes = try JSONEncoder().encode(memory.read { $0 })
            let folder = try Directory(engine.configuration.state)
            let part = ".\(Self.fileName).part"
            if try folder.statusIfPresent(part) != nil { try folder.unlink(part) }
            try folder.writeFile(part, Array(bytes))
            try folder.rename(part, to: folder, as: Self.fileName)
        } catch { logger.warning("How far the check of the archive has come can't be kept: \(error)") }
    }
}
