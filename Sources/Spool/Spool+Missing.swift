import Audit
import Linux

/// A submission between its claim and its end whose directory isn't where the ledger has it.
public struct MissingSubmission: Sendable, Hashable {
    public let id: SubmissionID
    /// Where the ledger has it.
    public let stage: Stage
    /// As people are told.
    public let incident: Recovery.Incident
}

extension Spool {
    /// Compares the ledger's submissions in work with the stages' folders. May run beside the workers: a submission that is being moved is in
    /// neither list for a moment, so what seems to be missing is looked for again, and the ledger is asked again after that.
    ///
    /// - Parameter suspects: missing before. One that is back must be the one on record.
    public func missing(suspects: Set<SubmissionID> = []) throws(SpoolError) -> [MissingSubmission] {
        let recorded = try unfinished()
        let open = try openMoves()
        var present: [Stage: Set<SubmissionID>] = [:]
        for stage in Set(recorded.compactMap { Stage(rawValue: $0.stage) }) { present[stage] = Set(try submissions(in: stage)) }
        var missing: [MissingSubmission] = []
        for submission in recorded {
            guard let id = SubmissionID(submission.id), let stage = Stage(rawValue: submission.stage) else { continue }
            if present[stage]?.contains(id) == true {
                guard suspects.contains(id), let doubt = doubt(id, in: stage, digest: submission.sha256) else { continue }
                missing.append(MissingSubmission(id: id, stage: stage, incident: doubt))
            } else if open[id.text] == nil, try isGone(id, from: stage) {
                missing.append(MissingSubmission(id: id, stage: stage, incident: try gone(id, from: stage)))
            }
        }
        for move in open.values { if let gone = try gone(during: move) { missing.append(gone) } }
        return missing.sorted { $0.id < $1.id }
    }

    private func unfinished() throws(SpoolError) -> [UnfinishedSubmission] {
        do { return try ledger.unfinishedSubmissions() } catch { throw SpoolError("read the submissions in work", .ledger(error)) }
    }

    private func openMoves() throws(SpoolError) -> [String: OpenMove] {
        do {
            return Dictionary(try ledger.openMoves().map { ($0.submission, $0) }) { first, _ in first }
        } catch { throw SpoolError("read the open moves", .ledger(error)) }
    }

    /// A move is on record before its rename: where neither the stage has changed nor a move is open after the look, nobody moved it.
    private func isGone(_ id: SubmissionID, from stage: Stage) throws(SpoolError) -> Bool {
        guard try !isPresent(id, in: stage) else { return false }
        guard try openMoves()[id.text] == nil else { return false }
        return try isRecorded(id, in: stage)
    }

    /// A rename leaves a directory in one of the two folders at any time; when it goes further, another move is open.
    private func gone(during move: OpenMove) throws(SpoolError) -> MissingSubmission? {
        guard let id = SubmissionID(move.submission), let from = Stage(rawValue: move.from), let to = Stage(rawValue: move.to),
            try !isPresent(id, in: from), try !isPresent(id, in: to), try openMoves()[id.text] == move
        else { return nil }
        return MissingSubmission(id: id, stage: from, incident: try gone(id, from: from))
    }

    private func gone(_ id: SubmissionID, from stage: Stage) throws(SpoolError) -> Recovery.Incident {
        let elsewhere = try self.stage(of: id)
        return Recovery.Incident(
            submission: id.text,
            what: "it isn't in '\(path(stage))', where the ledger has it"
                + (elsewhere.map { ", but in '\(path($0))', where it isn't worked on" } ?? ""),
            remedy:
                "Put its directory back there, from a backup or from where somebody moved it: ecocd goes on with it at the next rescan. "
                + "If it is gone for good: 'ecocctl doctor --declare-lost \(id) --reason \"...\"' sets its vehicles free.")
    }

    private func doubt(_ id: SubmissionID, in stage: Stage, digest: String) -> Recovery.Incident? {
        let reason: String
        do {
            let found = try load(id, in: stage).sha256
            if found == digest { return nil }
            reason = "its submission.json names the digest '\(found)', the ledger names '\(digest)'"
        } catch { reason = "\(error)" }
        return Recovery.Incident(
            submission: id.text, what: "the directory '\(path(stage, id))' isn't the one on record: \(reason)",
            remedy: "Put the right one back from a backup: ecocd goes on with it at the next rescan.")
    }
}
