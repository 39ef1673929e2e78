import Audit
import Control

/// What the ledger says of an order that carried an id: whoever got no answer, because the daemon was started anew or the time ran out, asks
/// again and learns what became of it.
struct OrderRecord {
    let ledger: Ledger

    /// The field of the ledger's entries that holds the id.
    static let field = "order"

    /// - Returns: nil when no entry speaks of such an order of this user.
    func answer(to request: ControlRequest, by peer: Peer) throws(LedgerError) -> ControlAnswer? {
        guard let id = request.id, let entry = try entries(request).last(where: { Self.isOf($0, id, peer) }) else { return nil }
        let time = entry.record?.time ?? ""
        return ControlAnswer(.done, message: "It was carried out at \(time): entry \(entry.position) of the ledger.")
    }

    /// Those in which such an order would stand.
    private func entries(_ request: ControlRequest) throws(LedgerError) -> [LedgerEntry] {
        switch request.command {
        case .release, .reject:
            guard let submission = request.submission else { return [] }
            return try LedgerHistory(path: ledger.path).history(submission: submission).map(\.entry)
        case .withdraw:
            guard let certificate = request.certificate else { return [] }
            return try LedgerHistory(path: ledger.path).history(vin: certificate.vin).map(\.entry)
        case .activateReference, .retireReference:
            var entries: [LedgerEntry] = []
            for volume in try LedgerHistory(path: ledger.path).volumes { entries += try volume.reader.referenceEntries() }
            return entries
        default: return []
        }
    }

    private static func isOf(_ entry: LedgerEntry, _ id: String, _ peer: Peer) -> Bool {
        guard let record = entry.record, record.text(field) == id else { return false }
        return record.actor.hasPrefix("\(peer.uid):")
    }
}
