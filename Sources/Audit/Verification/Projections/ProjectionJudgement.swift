import Linux

/// The effects of all entries against what the stored rows say: reads the rows, then replays part after part, on several threads.
final class ProjectionJudgement: Sendable {
    let prints = Fingerprints()
    let entries: EffectStore
    private let rows: EffectStore
    private let path: String

    /// What the reading of the kept tables came to.
    struct Reading: Sendable {
        let sizes: [Int]
        let readFrom: ProjectionReplay.ReadFrom
    }

    /// - Parameter size: entries that the ledger has, about.
    init(path: String, size: Int) {
        self.path = path
        entries = EffectStore(entries: size)
        rows = EffectStore(entries: size)
    }

    /// Reads the tables whose rows stay, in short transactions of a connection of its own.
    func readKept() throws(LedgerError) -> Reading {
        let stored = try StoredProjections(Connection(path: path, .reading), prints, rows)
        try stored.readKept()
        return Reading(sizes: stored.sizes, readFrom: stored.readFrom)
    }

    /// Reads the tables of what is open, within a transaction of the caller's. Entries up to this one's size are to be had before.
    func readOpen(_ connection: Connection) throws(LedgerError) {
        try StoredProjections(connection, prints, rows).readOpen()
    }

    /// Replays everything once entries and rows are read.
    func replay(_ readFrom: ProjectionReplay.ReadFrom) throws(LedgerError) -> ReplayFindings {
        struct Progress {
            var next = 0
            var findings = ReplayFindings()
            var failure: LedgerError?
        }
        let states = CertificateRow.States(
            validated: prints.of("validated"), generated: prints.of("generated"), sealed: prints.of("sealed"),
            publishing: prints.of("publishing"), rejected: prints.of("rejected"), lost: prints.of("lost"))
        let progress = Monitor(Progress())
        let work: @Sendable () -> Void = { [self] in
            while let part = progress.withLock({ state -> Int? in
                guard state.failure == nil, state.next < entries.partCount else { return nil }
                defer { state.next += 1 }
                return state.next
            }) {
                do throws(LedgerError) {
                    let replay = ProjectionReplay(refusals: entries.refusals, states)
                    try replay.run(entries: EffectStore.Reading(entries, part: part), rows: EffectStore.Reading(rows, part: part), readFrom)
                    progress.withLock { $0.findings.add(replay.findings) }
                } catch {
                    progress.withLock { $0.failure = error }
                }
            }
        }
        Crew.run(Crew.count(pieces: entries.partCount), mine: work, theirs: work)
        return try progress.read { $0.failure.map { .failure($0) } ?? Result<ReplayFindings, LedgerError>.success($0.findings) }.get()
    }
}
