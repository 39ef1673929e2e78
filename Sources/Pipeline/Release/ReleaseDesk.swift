import Audit
import Configuration
import Control
import Linux
import Spool

/// What people decide about held submissions (docs/release.md). Used on the control socket's thread, one question after the other.
struct ReleaseDesk {
    let engine: Engine
    let workers: Workers

    /// Corrections and certificates that a held report shows.
    static let shown = 100

    /// Why it wasn't done, for the person who asked.
    struct Refusal: Error {
        let outcome: ControlAnswer.Outcome
        let message: String

        init(_ message: String, outcome: ControlAnswer.Outcome = .refused) {
            self.message = message
            self.outcome = outcome
        }
    }

    func report(_ id: String?) throws -> HeldReport {
        let folder = try held(id)
        let submission = folder.submission
        let source = try SubmissionSource.load(folder)
        var tally = RecordTally()
        let corrections = try DifferenceSheet(folder).count
        var samples: [String] = []
        try RecordSheet(path: folder.records).forEach { line in
            tally.add(line)
            guard line.outcome == .accepted else { return }
            if samples.count < Self.shown { samples.append(line.name) }
        }
        return HeldReport(
            submission: submission.id.text, source: submission.source, name: submission.name, receivedAt: submission.receivedAt,
            submitter: try UserDatabase.name(of: submission.origin.owner) ?? String(submission.origin.owner),
            policy: source.release.rawValue, certificates: tally.accepted, corrections: corrections, rejected: tally.rejected,
            duplicates: tally.duplicates, warnings: tally.warnings, findings: try FindingSheet.counts(path: folder.findings),
            differences: try DifferenceSheet(folder).first(Self.shown), samples: samples)
    }

    /// Lets a held submission go on to the seal.
    func release(_ id: String?, by peer: Peer, reason: String?) throws -> String {
        let folder = try held(id)
        let submission = folder.submission
        let source = try SubmissionSource.load(folder)
        try requireOtherEyes(source, submission, peer)
        let report = try report(id)
        var fields: [String: Event.Scalar] = [
            "policy": .text(source.release.rawValue), "certificates": .number(report.certificates),
            "corrections": .number(report.corrections),
        ]
        if let reason, !reason.isEmpty { fields["reason"] = .text(reason) }
        let released = Event(.released, submission: submission.id.text, actor: peer.actor, fields)
        try workers.carryOut {
            try engine.spool.move(submission.id, from: .hold, to: .sign, digest: submission.sha256, with: [released])
        }
        workers.process(submission.id, from: .sign)
        engine.logger.notice("\(peer.name) released '\(submission.name)' of '\(submission.source)' (\(submission.id))")
        return "Released: \(report.certificates) certificates, \(report.corrections) of them corrections."
    }

    /// Ends a held submission; its certificates' versions are free again.
    func reject(_ id: String?, by peer: Peer, reason: String?) throws -> String {
        let folder = try held(id)
        let reason = try required(reason)
        try workers.carryOut { try Rejection(engine: engine).held(folder, by: peer.actor, peer.name, because: reason) }
        return "Rejected. The source has its report."
    }

    /// Tries a submission that stalled again now.
    func retry(_ id: String?) throws -> String {
        let id = try identifier(id)
        try requireWork()
        for stage in [Stage.ingest, .validate, .generate, .sign, .publish] where try engine.spool.submissions(in: stage).contains(id) {
            try requireAtHome(id, stage)
            workers.process(id, from: stage)
            return "It is tried again from '\(stage.rawValue)'."
        }
        if try engine.spool.submissions(in: .hold).contains(id) {
            throw Refusal("\(id) is held: release or reject it ('ecocctl held \(id)').")
        }
        try explainLoss(id)
        throw Refusal("\(id) isn't in any stage: it has ended, or there never was one ('ecocctl show \(id)').")
    }

    /// Nothing moves before the start is over: an incident may wait, or a ledger that takes nothing.
    private func requireWork() throws(Refusal) {
        guard engine.board.state.read({ $0.hasBegun && !$0.isStopping }) else {
            throw Refusal("ecocd isn't at work now: it is starting, stopping, or waits for an administrator ('ecocctl doctor').")
        }
    }

    private func held(_ text: String?) throws -> SubmissionFolder {
        let id = try identifier(text)
        try requireWork()
        guard try engine.spool.submissions(in: .hold).contains(id) else {
            try explainLoss(id)
            throw Refusal("\(id) isn't held. 'ecocctl list --stage hold' shows what is.")
        }
        try requireAtHome(id, .hold)
        return SubmissionFolder(path: engine.spool.path(.hold, id), submission: try engine.spool.load(id, in: .hold))
    }

    /// Where its directory is gone, that is what people should hear.
    private func explainLoss(_ id: SubmissionID) throws {
        if let missing = engine.board.state.read({ $0.missing[id.text] }) {
            throw Refusal("The directory of \(id) is missing: \(missing.what). \(missing.remedy)")
        }
        if try engine.ledger.stage(ofSubmission: id.text) == LossDesk.lost {
            throw Refusal("\(id) was declared lost ('ecocctl show \(id)').")
        }
    }

    private func requireAtHome(_ id: SubmissionID, _ stage: Stage) throws {
        guard try !engine.spool.isAtHome(id, in: stage) else { return }
        throw Refusal("The ledger doesn't have \(id) in '\(stage.rawValue)', so it isn't worked on ('ecocctl doctor').")
    }

    private func identifier(_ text: String?) throws(Refusal) -> SubmissionID {
        guard let text, let id = SubmissionID(text) else {
            throw Refusal("'\(text ?? "")' isn't a submission's id. 'ecocctl list' shows the ids.")
        }
        return id
    }

    func required(_ reason: String?) throws(Refusal) -> String {
        let reason = reason ?? ""
        guard reason.contains(where: { !$0.isWhitespace }), reason.utf8.count <= 1000 else {
            throw Refusal("Say why in --reason, in 1000 bytes at most: it stays in the ledger.")
        }
        return reason
    }

    private func requireOtherEyes(_ source: Source, _ submission: Submission, _ peer: Peer) throws(Refusal) {
        guard source.release == .fourEyes, peer.uid == submission.origin.owner else { return }
        throw Refusal(
            "\(peer.name) dropped this file, and '\(submission.source)' asks for a second person. Ask another member of the release group.",
            outcome: .notAllowed)
    }
}

extension Peer {
    var actor: Event.Actor { .person(uid: uid, name: name) }
}
