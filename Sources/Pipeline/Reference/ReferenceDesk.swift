import Audit
import Certificate
import Control
import Validate

/// What people decide about reference data (docs/reference-data.md). Used on the thread for orders.
struct ReferenceDesk {
    let desk: ReleaseDesk

    private var engine: Engine { desk.engine }

    func activate(_ wanted: ControlRequest.Reference?, by peer: Peer, reason: String?) throws -> String {
        try decide(wanted, peer) { (version, wanted, decision) throws(ReferenceDecision.Refusal) in
            let validity = try days(wanted, of: version)
            let notes = try decision.activate(
                version, for: validity, replacing: wanted.replaces ?? false, by: peer.actor, reason: reason, desk.orderField)
            return (["In force for \(validity): \(version.id), for \(version.key)."] + notes).joined(separator: " ")
        }
    }

    func retire(_ wanted: ControlRequest.Reference?, by peer: Peer, reason: String?) throws -> String {
        let reason = try desk.required(reason)
        return try decide(wanted, peer) { (version, _, decision) throws(ReferenceDecision.Refusal) in
            try decision.retire(version, by: peer.actor, reason: reason, desk.orderField)
            return "Retired: \(version.id), for \(version.key)."
        }
    }

    private func decide(
        _ wanted: ControlRequest.Reference?, _ peer: Peer,
        _ body: (ReferenceVersion, ControlRequest.Reference, inout ReferenceDecision) throws(ReferenceDecision.Refusal) -> String
    ) throws -> String {
        guard let wanted, engine.board.state.read({ $0.hasBegun && !$0.isStopping }) else {
            throw ReleaseDesk.Refusal("Name a version of reference data, while ecocd is at work ('ecocctl status').")
        }
        do {
            return try desk.workers.carryOut {
                try engine.references.decide { decision in
                    let message = try body(try decision.version(named: wanted.version), wanted, &decision)
                    _ = try engine.ledger.commit(decision.events)
                    engine.logger.notice("By \(peer.name): \(message)")
                    return message
                }
            }
        } catch let refusal as ReferenceDecision.Refusal {
            throw ReleaseDesk.Refusal(refusal.description)
        }
    }

    /// Days that the person names go before those of the file. Who names none after a retirement gets those that it had.
    private func days(_ wanted: ControlRequest.Reference, of version: ReferenceVersion) throws(ReferenceDecision.Refusal) -> Validity {
        do {
            return try Validity(from: wanted.validFrom ?? version.validFrom, to: wanted.validTo ?? version.validTo)
        } catch { throw .init(description: error.description) }
    }
}
