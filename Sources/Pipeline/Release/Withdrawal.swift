import Audit
import Configuration
import Control
import Hashing
import Linux
import Publish
import Sign

/// A person's word that a published certificate doesn't hold any more: the record, and a sealed notice in every outbox that got the bundle.
///
/// The notice is on disk before the ledger speaks of it, so that a start after a crash can finish or undo it (`NoticeDelivery`).
struct Withdrawal {
    let desk: ReleaseDesk

    private var engine: Engine { desk.engine }

    func run(_ certificate: ControlRequest.Certificate?, by peer: Peer, reason: String?) throws -> String {
        let reason = try desk.required(reason)
        guard let certificate, engine.board.state.read({ $0.hasBegun && !$0.isStopping }) else {
            throw ReleaseDesk.Refusal("Name a vehicle, while ecocd is at work.")
        }
        // No submission may decide meanwhile what the vehicle's newest certificate is.
        return try engine.identities.withLock(Identities(withdrawn: certificate.vin)) {
            try desk.workers.carryOut { try withdraw(chosen(certificate), by: peer, reason) }
        }
    }

    private func chosen(_ wanted: ControlRequest.Certificate) throws -> CertificateState {
        let all = try LedgerHistory(path: engine.ledger.path).certificates(vin: wanted.vin)
        guard !all.isEmpty else { throw ReleaseDesk.Refusal("The ledger knows no certificate of the vehicle \(wanted.vin).") }
        let stage = wanted.stage ?? all.filter { $0.state >= .published }.map(\.stage).max()
        let candidates = all.filter { $0.stage == stage && $0.state >= .published }
        guard let state = candidates.last(where: { wanted.version == nil || $0.version == wanted.version }) else {
            throw ReleaseDesk.Refusal("No such certificate of \(wanted.vin) is published. 'ecocctl show \(wanted.vin)' tells what is.")
        }
        guard state.state != .withdrawn else { throw ReleaseDesk.Refusal("\(state.name) was withdrawn before.") }
        return state
    }

    private func withdraw(_ state: CertificateState, by peer: Peer, _ reason: String) throws -> String {
        let delivery = NoticeDelivery(engine: engine)
        let notice = try notice(state, reason)
        let outboxes = try delivery.outboxes(of: state)
        try delivery.prepare(notice, for: outboxes)
        _ = try engine.ledger.commit([
            Event(
                .withdrawn, submission: state.submission, actor: peer.actor,
                desk.orderField.merging([
                    "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version), "reason": .text(reason),
                    "notice": .text(notice.name), "sha256": .text(notice.sha256),
                ]) { $1 })
        ])
        engine.logger.notice("\(peer.name) withdrew \(state.name): \(reason)")
        do { try delivery.deliver(notice, of: state.submission, to: outboxes) } catch {
            engine.logger.error("The notice \(notice.name) can't be delivered now; it is tried again at the next rescan: \(error)")
            return
                "Withdrawn: \(state.name). The notice \(notice.name) isn't in every outbox yet, and is tried again at each rescan: \(error)"
        }
        return "Withdrawn: \(state.name). The notice \(notice.name) lies in \(outboxes.count) outboxes."
    }

    private func notice(_ state: CertificateState, _ reason: String) throws -> OutgoingFile {
        let now: Timestamp
        do throws(SubmissionFault) { now = try engine.sealingTime() } catch {
            throw ReleaseDesk.Refusal("Nothing is withdrawn, because the notice can't be sealed: \(error)")
        }
        let content = FlatObject([
            "v": 1, "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version),
            "reference-id": .text(state.referenceID ?? ""), "sha256": .text(state.xmlSHA256 ?? ""), "bundle": .text(state.bundle ?? ""),
            "bundle-sha256": .text(state.bundleSHA256 ?? ""), "reason": .text(reason), "withdrawn-at": .text(now.text),
        ])
        var signed: (manifest: [UInt8], signature: [UInt8]) = ([], [])
        let bytes = try BundleWriter.writeNotice(
            BundleEntry(name: "withdrawal.json", bytes: content.bytes), modified: now.milliseconds / 1000
        ) { manifest throws(SealError) in
            signed = (manifest, try engine.seal.manifests.sign(manifest, signingTime: now.milliseconds / 1000))
            return signed.signature
        }
        // As a receiver will check it, before anything leaves.
        try engine.seal.verify(signature: signed.signature, manifest: signed.manifest, of: state.name)
        return OutgoingFile(name: "\(state.name)\(NoticeDelivery.suffix)", bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
    }
}

extension CertificateState {
    /// `<VIN>-<stage>-v<version>`.
    var name: String { "\(vin)-\(stage)-v\(version)" }
}
