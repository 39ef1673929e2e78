import Audit
import Control
import Logging

/// A ledger that isn't the one that its remembered head speaks of: shown as an incident, and nothing goes on until somebody answers for it.
struct RestoreDesk {
    let board: StatusBoard
    let ledger: Ledger
    let logger: Logger

    static let longestReason = 1000

    /// Compares the ledger with the remembered head, before anything is written.
    /// - Returns: what to record of it once the ledger takes events; nil when there is nothing to say.
    func compare(with file: RememberedHead) throws -> Event? {
        guard let remembered = try file.read() else {
            guard try ledger.size() > 0 else { return nil }
            let what = "no head was remembered in \(file.path): whether the ledger was put back to an older state can't be told"
            logger.warning(
                "There is a ledger, but \(what). Compare it with a head or a bundle kept elsewhere: ecocctl ledger verify --against")
            return Event(.recovered, ["what": .text(what)])
        }
        if let doubt = try ledger.withhold(unlessItExtends: remembered) {
            logger.critical("Incident: the ledger contradicts its remembered head. \(doubt.message) \(Self.remedy(file))")
            board.doubt(doubt, remedy: Self.remedy(file))
        }
        return nil
    }

    private static func remedy(_ file: RememberedHead) -> String {
        "Nothing is taken or published. If nobody restored a backup, keep everything as evidence. If somebody did, compare it with what was "
            + "published since (ecocctl ledger verify --against); then 'ecocctl ledger accept-restore --reason \"...\"' records it and goes on. "
            + "What was remembered stands in \(file.path)."
    }

    func accept(_ reason: String, by peer: Peer) -> ControlAnswer {
        guard let doubt = board.state.read(\.doubt) else {
            return ControlAnswer(.done, message: "There was nothing to accept: the ledger extends its remembered head.")
        }
        let reason = String(String.UnicodeScalarView(reason.unicodeScalars.filter { $0.properties.generalCategory != .control }))
        guard !reason.allSatisfy(\.isWhitespace), reason.utf8.count <= Self.longestReason else {
            return ControlAnswer(.refused, message: "Say why, in at most \(Self.longestReason) bytes: it stands in the ledger for good.")
        }
        do {
            try ledger.acceptRestore(doubt, reason: reason, by: peer.actor)
        } catch {
            return ControlAnswer(.refused, message: "\(error)")
        }
        board.acceptedLedger()
        logger.notice("\(peer.name) answers for the ledger as it is; ecocd goes on. The reason given: \(reason)")
        return ControlAnswer(.done, message: "Recorded. ecocd goes on with the ledger as it is.")
    }
}
