import Audit
import Linux
public import Spool

extension Claim {
    /// Receives again what the ledger says was received but what is in no stage, when the same file is still in its inbox: its directory in
    /// `tmp` is made anew, under the id on record. Run it before `Spool.recover`, which then makes the move on record.
    ///
    /// Only damage to the spool's file system leads here: a claim puts the directory on disk before it is recorded.
    /// - Parameter profile: the settings in force of a source, or nil for one that is unknown.
    /// - Returns: the submissions received again.
    public static func restore(
        _ spool: Spool, inboxes: [InboxSettings], profile: (_ source: String) -> [UInt8]?
    ) throws(ClaimError) -> [SubmissionID] {
        let (receipts, moves) = try openWork(of: spool)
        let leavingTmp = Set(moves.filter { $0.from == Stage.tmp.rawValue && $0.to == Stage.ingest.rawValue }.map(\.submission))
        var restored: [SubmissionID] = []
        for receipt in receipts where leavingTmp.contains(receipt.submission) {
            guard let id = SubmissionID(receipt.submission), let settings = inboxes.first(where: { $0.source == receipt.source }),
                let profile = profile(receipt.source), try spooling({ () throws(SpoolError) in try spool.stage(of: id) }) == nil
            else { continue }
            if try restore(receipt, id, settings, profile, spool) { restored.append(id) }
        }
        return restored
    }

    private static func restore(
        _ receipt: Receipt, _ id: SubmissionID, _ settings: InboxSettings, _ profile: [UInt8], _ spool: Spool
    ) throws(ClaimError) -> Bool {
        let inbox = try filing { () throws(SystemError) in try Directory(settings.path) }
        guard let file = try filing({ () throws(SystemError) in try originalFile(receipt, settings, inbox) }) else { return false }
        do throws(ClaimError) {
            _ = try copy(file, from: inbox, into: spool, as: id) { (arrival) throws(SystemError) in
                try arrival.write(profileFileName, profile)
            }
            return true
        } catch {
            // Another content under the same inode: a later delivery.
            if case .checksum = error { return false }
            throw error
        }
    }

    /// The file with the name and size on record, to be taken only if it has the digest on record, too. The inode's and the device's numbers
    /// aren't asked: both may have changed.
    private static func originalFile(
        _ receipt: Receipt, _ settings: InboxSettings, _ inbox: borrowing Directory
    ) throws(SystemError) -> ReadyFile? {
        guard let name = FileName(receipt.name), let status = try inbox.statusIfPresent(name), status.kind == .regular,
            status.size == receipt.size
        else { return nil }
        let expected = ReadyFile.Marker(name: receipt.name, status: status, sha256: receipt.sha256)
        return ReadyFile(
            entry: InboxEntry(source: receipt.source, name: name), inbox: settings.path, name: receipt.name, status: status,
            marker: expected)
    }
}
