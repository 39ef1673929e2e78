import Linux

/// The folder of our own in an outbox, `.ecocd`, where files wait until their names appear in the outbox by one rename. Nobody but ecocd may
/// look or write there, so a file that is gone from it was moved into the outbox by ecocd: docs/spool.md, "Into the outbox".
struct StagingFolder: ~Copyable {
    static let name = ".ecocd"

    let directory: Directory
    /// The group for those who collect, where the file system doesn't give it to new files by itself.
    private let group: UInt32?
    /// A file system that a program serves puts a file on disk only when that file is asked for.
    private let syncsEachFile: Bool

    /// Opens it, and makes it where it is missing.
    init(in outbox: borrowing Directory) throws {
        if try outbox.statusIfPresent(Self.name) == nil, try !Self.bringBack(in: outbox) { try Self.make(in: outbox) }
        let own = try outbox.openDirectory(Self.name)
        let status = try own.descriptor.status()
        if !status.isOwn {
            guard try Self.isAsANewOne(status, in: outbox) else {
                throw SubmissionFault(
                    what: "\(outbox.path)/\(Self.name) isn't ecocd's own: it belongs to user \(status.owner)",
                    remedy: "Find out who made it, and remove it; ecocd makes its own.")
            }
        } else if status.mode & 0o077 != 0 {
            // Where the mount decides on modes (FAT, SMB), it does.
            try? own.descriptor.setMode(Self.mode)
        }
        let collectors = try outbox.descriptor.status().group
        syncsEachFile = try outbox.isServedByProgram()
        group = status.group == collectors && status.mode & 0o2000 != 0 ? nil : collectors
        directory = own
    }

    /// With the set-group-ID bit: what is made in it belongs to the group that the outbox gave it.
    private static let mode: UInt32 = 0o2700

    /// Tells people what the folder is. And with something in it, who may write to the outbox can't remove the folder.
    static let notice = "README"
    private static let noticeText =
        "ecocd's own: bundles on their way out (docs/spool.md, \"Into the outbox\"). Leave this folder alone, and everything in it.\n"

    private static func make(in outbox: borrowing Directory) throws(SystemError) {
        do { try outbox.makeDirectory(name, mode: 0o700) } catch {
            // Another batch has made it in this moment.
            guard error.isAlreadyThere else { throw error }
        }
        let made = try outbox.openDirectory(name)
        try? made.descriptor.setMode(mode)
        do { try made.writeFile(notice, Array(noticeText.utf8), mode: 0o400) } catch { guard error.isAlreadyThere else { throw error } }
        try made.sync()
        try outbox.sync()
    }

    /// Who may write to the outbox can't move this folder out of it, but can give it another name there.
    /// - Returns: whether it has its name again.
    private static func bringBack(in outbox: borrowing Directory) throws(SystemError) -> Bool {
        for entry in try outbox.entries() {
            guard let status = try outbox.statusIfPresent(entry), status.kind == .directory, status.isOwn, status.mode & 0o777 == 0o700,
                try outbox.openDirectory(entry).statusIfPresent(notice) != nil
            else { continue }
            try outbox.renameToOwnName(entry, to: outbox, as: FileName(name) ?? entry)
            return true
        }
        return false
    }

    /// Where a mount decides on owners (FAT, SMB, some of FUSE), a folder that we make now looks the same.
    private static func isAsANewOne(_ status: FileStatus, in outbox: borrowing Directory) throws(SystemError) -> Bool {
        let trial = "\(name)-trial-\(String(UInt64.random(in: .min ... .max), radix: 36))"
        try outbox.makeDirectory(trial, mode: 0o700)
        let new = Result { () throws(SystemError) in try outbox.status(trial) }
        try outbox.removeDirectory(trial)
        return try new.get().owner == status.owner
    }

    // MARK: Files

    /// Writes a file that is to leave; one of that name is replaced. On disk after `sync`.
    func write(_ file: OutgoingFile) throws(SystemError) { try write(file.name, file.bytes, mode: 0o440) }

    /// The same, sharing the blocks of a file with this content and name where the file system can.
    /// - Returns: false where it can't.
    func write(_ file: OutgoingFile, sharing archive: borrowing Directory) throws(SystemError) -> Bool {
        let kept = try archive.open(file.name)
        var isShared = false
        try make(file.name, mode: 0o440) { (copy) throws(SystemError) in
            isShared = try copy.shareContent(of: kept)
            if !isShared { try copy.writeAll(file.bytes) }
        }
        return isShared
    }

    private func write(_ name: String, _ bytes: [UInt8], mode: UInt32) throws(SystemError) {
        try make(name, mode: mode) { (file) throws(SystemError) in try file.writeAll(bytes) }
    }

    private func make(
        _ name: String, mode: UInt32, _ fill: (borrowing Descriptor) throws(SystemError) -> Void
    ) throws(SystemError) {
        try directory.replacing(name) { () throws(SystemError) in
            let file = try directory.create(name, mode: mode)
            try fill(file)
            if let group { try? file.setGroup(group) }
            // The umask keeps the group out, but the group is who collects. Where the mount decides on modes, it does.
            do throws(SystemError) { try file.setMode(mode) } catch {
                guard error.isNotAllowed || error.isNotSupported else { throw error }
            }
            if syncsEachFile { try file.sync() }
        }
    }

    /// Puts all that was written on disk.
    func sync() throws(SystemError) {
        if syncsEachFile { try directory.sync() } else { try directory.syncFileSystem() }
    }

    // MARK: The list of a batch

    /// Says which files of a batch lie here or have lain here, in the order in which they leave.
    func writeList(_ names: [String], _ batch: Batch) throws(SystemError) {
        let part = "\(batch.listName).new"
        try write(part, Array(names.map { "\($0)\n" }.joined().utf8), mode: 0o400)
        try directory.rename(part, to: directory, as: batch.listName)
    }

    /// The lists of all batches of one owner.
    func lists(of owner: String) throws(SystemError) -> [[String]] {
        var lists: [[String]] = []
        for name in try directory.entries().compactMap(\.text) where Batch.owner(ofList: name) == owner {
            let text = String(decoding: try directory.readFile(name, limit: 1 << 20), as: UTF8.self)
            lists.append(text.split(separator: "\n").map(String.init))
        }
        return lists
    }

    func removeLists(of owner: String, but kept: Batch? = nil) throws(SystemError) {
        for name in try directory.entries().compactMap(\.text) where Batch.owner(ofList: name) == owner && name != kept?.listName {
            try directory.unlink(name)
        }
    }

    /// Files that leave together.
    struct Batch: Sendable {
        /// Who they belong to: a submission's id, or a notice's name.
        let owner: String
        let first: String

        /// It ends as the files do: who removes them by their names removes it, too.
        var listName: String { "\(Self.prefix)\(owner),\(first)" }

        private static let prefix = "list,"

        /// Nil for what isn't a list's name. Neither an id nor a file's name has a comma.
        static func owner(ofList name: String) -> String? {
            let parts = name.split(separator: ",")
            return name.hasPrefix(prefix) && parts.count == 3 ? String(parts[1]) : nil
        }
    }
}

/// A file on its way to a collector.
struct OutgoingFile: Sendable {
    let name: String
    let bytes: [UInt8]
    let sha256: String
}
