import Audit
import Control
import Hashing
import Logging

/// Takes evidence from outside into the ledger. What fetched it isn't believed: all is checked again here, without the network.
struct AnchorDesk {
    let engine: Engine
    let logger: Logger

    func record(_ question: AnchorQuestion, by peer: Peer) -> ControlAnswer {
        guard let kind = Anchor.Kind(rawValue: question.kind) else { return refusal("Anchors of the kind '\(question.kind)' are unknown.") }
        guard let evidence = Base64.decode(question.evidence), (1...Anchor.maximumBytes).contains(evidence.count) else {
            return refusal("The evidence isn't base 64 of at most \(Anchor.maximumBytes) bytes.")
        }
        do {
            let judge = try AnchorJudge(engine.configuration.anchoring)
            switch judge.judge(kind, note: question.note, evidence: evidence, isFresh: true) {
            case .unknown(let reason), .untrusted(let reason), .broken(let reason):
                return refusal(reason)
            case .good(let authority, let time):
                let anchor = Anchor(kind: kind, note: question.note, authority: authority, time: time, evidence: evidence)
                let position = try engine.ledger.record(anchor, by: peer.actor)
                return ControlAnswer(.done, message: "Recorded as entry \(position).")
            }
        } catch {
            return refusal("\(error)")
        }
    }

    private func refusal(_ reason: String) -> ControlAnswer {
        logger.warning("An anchor of the ledger was refused: \(reason)")
        return ControlAnswer(.refused, message: reason)
    }
}
