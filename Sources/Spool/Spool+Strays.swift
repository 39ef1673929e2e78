import Audit
import Linux

extension Spool {
    /// Submissions that lie where the ledger doesn't have them: it was put back to an older state, or somebody moved a directory. Run it after
    /// `recover`. Each is an incident, returned until it is mended, and is never worked on: what the ledger has forgotten would be done twice.
    ///
    /// - Parameter includesEnds: whether `archive` and `rejected`, which may hold millions, are looked through as well: after a ledger was put
    ///   back, what lies there may be forgotten, and would be published again.
    public func strays(includesEnds: Bool = true) throws(SpoolError) -> [Recovery.Incident] {
        let open: Set<String>
        do { open = Set(try ledger.openMoves().map(\.submission)) } catch { throw SpoolError("read the open moves", .ledger(error)) }
        var incidents: [Recovery.Incident] = []
        let skipped: Set<Stage> = includesEnds ? [.tmp] : [.tmp, .archive, .rejected]
        for stage in Stage.allCases where !skipped.contains(stage) {
            // A move that is in doubt is an incident of its own.
            for id in try submissions(in: stage) where !open.contains(id.text) {
                if let incident = try stray(id, in: stage) { incidents.append(incident) }
            }
        }
        try record(incidents)
        return incidents
    }

    /// Whether the submission lies in this stage and the ledger has it there. Its `moved` may not be on disk yet: only what the ledger doesn't
    /// have there is asked for again after everything enqueued before is.
    public func isAtHome(_ id: SubmissionID, in stage: Stage) throws(SpoolError) -> Bool {
        guard try isPresent(id, in: stage) else { return false }
        return try isRecorded(id, in: stage)
    }

    /// Whether the ledger has the submission in this stage, wherever its directory is.
    func isRecorded(_ id: SubmissionID, in stage: Stage) throws(SpoolError) -> Bool {
        if try recordedStage(of: id) == stage.rawValue { return true }
        do { try ledger.flush() } catch { throw SpoolError("look for submission \(id)", .ledger(error)) }
        return try recordedStage(of: id) == stage.rawValue
    }

    private func recordedStage(of id: SubmissionID) throws(SpoolError) -> String? {
        do { return try ledger.stage(ofSubmission: id.text) } catch { throw SpoolError("look for submission \(id)", .ledger(error)) }
    }

    private func stray(_ id: SubmissionID, in stage: Stage) throws(SpoolError) -> Recovery.Incident? {
        let recorded = try recordedStage(of: id)
        guard recorded != stage.rawValue else { return nil }
        return Recovery.Incident(
            submission: id.text,
            what: "it lies in '\(path(stage, id))', but "
                + (recorded.map { "the ledger has it in '\($0)'" } ?? "the ledger has never received it"),
            remedy:
                "If the ledger was put back, put the newest one back; if there is none, or somebody moved the directory here, move it out of the spool, keep it, and restart ecocd."
        )
    }
}
