import Audit
import Configuration
import Control
import Linux
import Spool

/// A person's word that a submission's directory is gone for good (docs/ledger.md, "Lost submissions"). All that it changes is one commit.
struct LossDesk {
    let desk: ReleaseDesk
    let queue: WorkQueue

    private var engine: Engine { desk.engine }

    func declare(_ text: String?, by peer: Peer, reason: String?) throws -> String {
        guard let text, let id = SubmissionID(text) else {
            throw ReleaseDesk.Refusal("'\(text ?? "")' isn't a submission's id. 'ecocctl doctor' shows what is missing.")
        }
        let reason = try desk.required(reason)
        guard !queue.contains(id.text) else { throw ReleaseDesk.Refusal("\(id) is in work at this moment.") }
        let stage = try stage(of: id)
        if let found = try engine.spool.stage(of: id) {
            throw ReleaseDesk.Refusal("\(id) isn't lost: its directory is '\(engine.spool.path(found, id))' ('ecocctl doctor').")
        }
        let vehicles = Identities(vehicles: try engine.ledger.certificates(submission: id.text).map(\.vin))
        return try engine.identities.withLock(vehicles) { try commit(id, stage, peer, reason) }
    }

    /// The stage that the ledger has it in, while it is in work.
    private func stage(of id: SubmissionID) throws -> String {
        try engine.ledger.flush()
        guard let stage = try engine.ledger.stage(ofSubmission: id.text) else {
            throw ReleaseDesk.Refusal("The ledger has never received \(id).")
        }
        switch stage {
        case Stage.archive.rawValue, Stage.rejected.rawValue:
            throw ReleaseDesk.Refusal("\(id) has come to its end in '\(stage)': nothing of it waits for its directory.")
        case Self.lost: throw ReleaseDesk.Refusal("\(id) was declared lost before.")
        default: return stage
        }
    }

    static let lost = "lost"

    private func commit(_ id: SubmissionID, _ stage: String, _ peer: Peer, _ reason: String) throws -> String {
        let certificates = try engine.ledger.certificates(submission: id.text)
        let delivered = try delivered(certificates.filter { $0.state == .publishing })
        let published = certificates.count { $0.state >= .published || delivered[$0.position] != nil }
        let freed = certificates.count { $0.state > .lost } - published
        let declared = Event(
            .declaredLost, submission: id.text, actor: peer.actor,
            ["from": .text(stage), "reason": .text(reason), "certificates": .number(freed), "published": .number(published)])
        _ = try desk.workers.carryOut { try engine.ledger.commit(delivered.values.flatMap { $0 } + [declared]) }
        engine.board.state.withLock {
            $0.missing[id.text] = nil
            $0.stalled[id.text] = nil
        }
        engine.logger.notice("\(peer.name) declared \(id) lost: \(freed) certificates are given up. The reason given: \(reason)")
        return "Recorded. \(freed) certificates are given up and their vehicles free; \(published) stay published."
    }

    /// Bundles whose last step the ledger doesn't know: those that have left for an outbox are published, whatever became of the rest.
    private func delivered(_ certificates: [CertificateState]) throws -> [Int: [Event]] {
        guard !certificates.isEmpty else { return [:] }
        var events: [Int: [Event]] = [:]
        for destination in engine.configuration.destinations {
            let files = certificates.compactMap { certificate in
                certificate.bundle.map { (name: $0, sha256: certificate.bundleSHA256 ?? "") }
            }
            let left: Set<String>
            do {
                _ = try engine.outboxes.open(destination)
                left = try Outbox(destination: destination.name, path: destination.outbox).left(files, of: certificates[0].submission)
            } catch {
                throw ReleaseDesk.Refusal("Whether some of its bundles were published can't be told now: \(error)")
            }
            for certificate in certificates {
                guard let bundle = certificate.bundle, left.contains(bundle) else { continue }
                events[certificate.position, default: []].append(
                    Event(
                        .published, submission: certificate.submission,
                        [
                            "vin": .text(certificate.vin), "stage": .number(certificate.stage), "version": .number(certificate.version),
                            "destination": .text(destination.name), "bundle": .text(bundle),
                            "sha256": .text(certificate.bundleSHA256 ?? ""),
                        ]))
            }
        }
        return events
    }
}
