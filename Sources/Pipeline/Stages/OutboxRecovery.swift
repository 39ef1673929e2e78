import Audit
import Certificate
import Linux

/// At the start, before anything else is at the outboxes: notices on their way are delivered, and what lies in our own folders without being on
/// its way any more is removed. Bundles that are on their way are their submission's business (`InterruptedPublication`).
struct OutboxRecovery {
    let engine: Engine

    func run() throws {
        let delivery = NoticeDelivery(engine: engine)
        try engine.identities.withLock(.notices) {
            try delivery.takeOverFormer()
            try delivery.finishInterrupted()
        }
        let notices = try Set(delivery.pending())
        for destination in engine.configuration.destinations {
            do { try sweep(destination.outbox, keeping: notices) } catch let error as LedgerError { throw error } catch {
                engine.logger.warning("The outbox of '\(destination.name)' can't be looked into at the start: \(error)")
            }
        }
    }

    /// An outbox that isn't there, or isn't mounted, has nothing of ours in it now.
    private func sweep(_ path: String, keeping notices: Set<String>) throws {
        let outbox = try Directory(path)
        try outbox.forEachEntry { name in
            if name.text?.hasPrefix(OutboxTrial.prefix) == true { try outbox.removeTree(name) }
        }
        guard try outbox.statusIfPresent(StagingFolder.name) != nil else { return }
        let staging = try StagingFolder(in: outbox)
        for name in try staging.directory.entries() where name.text != StagingFolder.notice {
            let isOnItsWay = try name.text.map { try self.isOnItsWay($0, notices) } ?? false
            if !isOnItsWay { try staging.directory.removeTree(name) }
        }
    }

    private func isOnItsWay(_ name: String, _ notices: Set<String>) throws -> Bool {
        if let owner = StagingFolder.Batch.owner(ofList: name) {
            return try notices.contains(owner) || engine.ledger.steps(submission: owner).contains { Self.isOnItsWay($0.step) }
        }
        if notices.contains(name) { return true }
        guard name.hasSuffix(".asice"), let identity = CertificateIdentity(name: name.dropLast(".asice".count)) else { return false }
        let state = try engine.ledger.certificate(vin: identity.vin.description, stage: identity.stage, version: identity.version)
        return state.map { Self.isOnItsWay($0.state) } ?? false
    }

    /// What is sealed may be laid out already; the batch is laid out again.
    private static func isOnItsWay(_ step: CertificateState.Step) -> Bool { step == .sealed || step == .publishing }
}
