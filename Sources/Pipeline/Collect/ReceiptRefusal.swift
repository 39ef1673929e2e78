import Audit
import Certificate
import Ingest
import Linux
import Spool

/// Puts refused receipts aside into `rejected/receipts/<id>`: the entry itself, by rename, so that nothing of it is opened or followed.
struct ReceiptRefusal {
    let spool: Spool

    static let folder = "receipts"

    /// - Returns: why it is still in the outbox, as the rest of a sentence that begins with its name; nil when it is put aside.
    func putAside(_ refused: RefusedEntry) throws(SystemError) -> String? {
        let inbox = try Directory(refused.inbox)
        guard let status = try inbox.statusIfPresent(refused.entry.name), status.isUnchanged(since: refused.status) else { return nil }
        let stage = try Directory(spool.path(.rejected))
        if try stage.statusIfPresent(Self.folder) == nil {
            try stage.makeDirectory(Self.folder)
            let made = try stage.openDirectory(Self.folder)
            // For the group that reads `rejected`; where ecocd may not give it away, it stays ecocd's own.
            try? made.descriptor.setGroup(stage.descriptor.status().group)
            try made.descriptor.setMode(0o2750)
            try stage.sync()
        }
        let all = try stage.openDirectory(Self.folder)
        let id = SubmissionID.make().text
        try all.makeDirectory(id)
        do throws(SystemError) {
            let own = try all.openDirectory(id)
            try own.writeFile(Refusal.fileName, Self.refusal(refused), mode: 0o440)
            try own.makeDirectory(Submission.originalFolder)
            let original = try own.openDirectory(Submission.originalFolder)
            try move(refused, from: inbox, to: original)
            try original.sync()
            try own.sync()
            try all.sync()
            try inbox.sync()
            return nil
        } catch {
            // Nothing was moved: the entry is left where it lies.
            try? all.removeTree(id)
            return "is refused (\(refused.finding.message)) but can't be put aside: \(error)"
        }
    }

    /// From another file system a small file is copied; anything else stays.
    private func move(
        _ refused: RefusedEntry, from inbox: borrowing Directory, to original: borrowing Directory
    ) throws(SystemError) {
        let name = refused.entry.name.text.flatMap { $0.utf8.count <= 200 ? $0 : nil } ?? "entry"
        do throws(SystemError) { try inbox.renameNoReplace(refused.entry.name, to: original, as: name) } catch {
            guard error.isOtherFileSystem, refused.status.kind == .regular, refused.status.links == 1 else { throw error }
            let bytes = try inbox.readFile(refused.entry.name, limit: ReceiptTaking.maximumBytes)
            try original.writeFile(name, bytes, mode: 0o440)
            try original.sync()
            try inbox.unlink(refused.entry.name)
        }
    }

    private static func refusal(_ refused: RefusedEntry) -> [UInt8] {
        FlatObject([
            "v": 1, "rule": .text(refused.finding.rule), "message": .text(refused.finding.message), "remedy": .text(refused.finding.remedy),
            "destination": .text(refused.entry.source), "name": .text(refused.entry.name.description),
        ]).bytes
    }
}
