import Audit
import Certificate
import Ingest
import Linux
import Spool

/// Puts refused receipts aside into `rejected/receipts/<id>`: the entry itself, by rename, so that nothing of it is opened or followed.
struct ReceiptRefusal {
    let spool: Spool

    static let folder = "receipts"

    /// Puts several aside, with two syncs of the file system for all of them: what says why is on disk before the entries are moved.
    /// - Returns: for each, in their order, why it is still in the outbox, as the rest of a sentence that begins with its name; nil when it
    ///   is put aside, or isn't what the look saw any more.
    func putAside(_ refused: [RefusedEntry]) throws(SystemError) -> [String?] {
        guard !refused.isEmpty else { return [] }
        let all = try folder()
        var ids: [String?] = []
        for entry in refused { ids.append(try prepare(entry, in: all)) }
        try all.syncFileSystem()
        var reasons: [String?] = []
        for (entry, id) in zip(refused, ids) { reasons.append(id.flatMap { move(entry, into: $0, of: all) }) }
        try all.syncFileSystem()
        for inbox in Set(refused.map(\.inbox)) { try Directory(inbox).sync() }
        return reasons
    }

    private func folder() throws(SystemError) -> Directory {
        let stage = try Directory(spool.path(.rejected))
        if try stage.statusIfPresent(Self.folder) == nil {
            try stage.makeDirectory(Self.folder)
            let made = try stage.openDirectory(Self.folder)
            // For the group that reads `rejected`; where ecocd may not give it away, it stays ecocd's own.
            try? made.descriptor.setGroup(stage.descriptor.status().group)
            try made.descriptor.setMode(0o2750)
            try stage.sync()
        }
        return try stage.openDirectory(Self.folder)
    }

    /// - Returns: the name of the folder made for it; nil when it isn't what the look saw any more.
    private func prepare(_ refused: RefusedEntry, in all: borrowing Directory) throws(SystemError) -> String? {
        let now = try Directory(refused.inbox).statusIfPresent(refused.entry.name)
        guard let now, now.isUnchanged(since: refused.status) else { return nil }
        let id = SubmissionID.make().text
        try all.makeDirectory(id)
        let own = try all.openDirectory(id)
        try own.create(Refusal.fileName, mode: 0o440).writeAll(Self.refusal(refused))
        try own.makeDirectory(Submission.originalFolder)
        return id
    }

    private func move(_ refused: RefusedEntry, into id: String, of all: borrowing Directory) -> String? {
        do throws(SystemError) {
            try move(refused, from: Directory(refused.inbox), to: all.openDirectory(id).openDirectory(Submission.originalFolder))
            return nil
        } catch {
            // Nothing was moved: the entry is left where it lies.
            try? all.removeTree(id)
            return error.isNotFound ? nil : "is refused (\(refused.finding.message)) but can't be put aside: \(error)"
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
