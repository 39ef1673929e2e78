import Glibc
import Hashing
import Linux

/// From one volume to the next, in steps on disk, each of which can be the last before a power cut: `finish` goes on from any of them.
///
/// 1. The log is folded in and left (`journal_mode=DELETE`): only possible while nobody else has the database open.
/// 2. `volume-closed` is committed as the last entry.
/// 3. The file is made read-only.
/// 4. The next volume is made whole, with `volume-opened` as its first entry, under the name `ledger.db.next`.
/// 5. `ledger.db` becomes `ledger-<number>.db`.
/// 6. `ledger.db.next` becomes `ledger.db`.
struct VolumeChange {
    /// Where a test makes it stop, as a power cut would.
    enum Step: Int, CaseIterable { case left, closed, readOnly, made, putAside, opened }

    let files: VolumeFiles
    let lock: WriterLock
    let key: CheckpointKey
    let year: Int
    var stopsAfter: Step?

    /// Steps 3 to 6, for a volume whose last entry is `volume-closed`.
    func complete() throws(LedgerError) {
        guard let ends = try VolumeEnds(files.open), ends.isClosed, let name = VolumeName(ends.head.origin) else {
            throw FrontierLoader.contradiction("the volume isn't closed", files.open)
        }
        try makeReadOnly()
        try reached(.readOnly)
        try makeNext(after: ends, named: name.next)
        try reached(.made)
        try rename(files.open, to: files.path(ofClosed: name.number))
        try reached(.putAside)
        try rename(files.coming, to: files.open)
        try reached(.opened)
    }

    func reached(_ step: Step) throws(LedgerError) {
        if stopsAfter == step { throw LedgerError(.write, "stopped by a test after step \(step)", path: files.open, remedy: "") }
    }

    /// Brings an interrupted change to its end, before anything is opened. Does nothing when there is none.
    func finish() throws(LedgerError) {
        if access(files.open, F_OK) == 0 {
            // A file that can't be read yet (a journal to roll back, a ledger in the making) is an open volume's.
            if let ends = try? VolumeEnds(files.open), ends.isClosed { try complete() }
            return
        }
        guard let newest = files.closed.last else { return }
        guard access(files.coming, F_OK) == 0, let ends = try VolumeEnds(files.coming),
            let older = try VolumeEnds(files.path(ofClosed: newest)), ends.flaw(asSuccessorOf: older) == nil
        else {
            throw LedgerError(
                .open, "the ledger's open volume is missing beside its closed ones", path: files.open,
                remedy: "Put it back from its newest backup (docs/operations.md, 'Restore').")
        }
        try rename(files.coming, to: files.open)
    }

    // MARK: Steps

    private func makeReadOnly() throws(LedgerError) {
        for suffix in ["-wal", "-journal"] where access(files.open + suffix, F_OK) == 0 {
            throw LedgerError(
                .write, "the closed volume still has the file '\(files.open)\(suffix)'", path: files.open, remedy: "Restart ecocd.")
        }
        try filing { () throws(SystemError) in
            let file = try Descriptor.open(files.open)
            try file.setMode(0o440)
            try file.sync()
        }
    }

    private func makeNext(after ends: VolumeEnds, named name: VolumeName) throws(LedgerError) {
        for suffix in ["", "-wal", "-shm", "-journal"] { unlink(files.coming + suffix) }
        try writeNext(ends, name)
        for suffix in ["-wal", "-journal"] where access(files.coming + suffix, F_OK) == 0 {
            throw LedgerError(.write, "the next volume couldn't be finished", path: files.coming, remedy: "Restart ecocd.")
        }
        try filing { () throws(SystemError) in try Descriptor.open(files.coming).sync() }
        try FolderSync.sync(folderOf: files.open)
    }

    /// A function of its own, so that its database is closed for certain when it returns.
    @inline(never)
    private func writeNext(_ ends: VolumeEnds, _ name: VolumeName) throws(LedgerError) {
        let head = try HeadSigner(origin: name.origin, key: key, path: files.coming)
        let writer = try LedgerWriter(path: files.coming, head: head, lock: lock, older: .none)
        let opened = Event(
            .volumeOpened,
            [
                "previous": .text(ends.head.origin), "size": .number(ends.head.size), "root": .text(ends.head.root.hexadecimal),
                "year": .number(year),
            ])
        for outcome in try writer.commit([EventBatch.of([opened], files.coming)]) { _ = try outcome.get() }
        guard try writer.leaveLog() else { throw FrontierLoader.contradiction("somebody else has the next volume open", files.coming) }
    }

    private func rename(_ path: String, to newPath: String) throws(LedgerError) {
        try filing { () throws(SystemError) in
            let directory = try Directory(LedgerBackup.split(path).folder)
            try directory.renameNoReplace(LedgerBackup.split(path).name, to: directory, as: LedgerBackup.split(newPath).name)
            try directory.sync()
        }
    }

    private func filing(_ body: () throws(SystemError) -> Void) throws(LedgerError) {
        do throws(SystemError) { try body() } catch {
            throw LedgerError(
                error.isDiskFull ? .full : .write, "the ledger's next volume can't be opened: ecocd \(error)", path: files.open,
                remedy: "Check the disk and the folder, then restart ecocd: it goes on from there.")
        }
    }
}

extension EventBatch {
    static func of(_ events: [Event], _ path: String) throws(LedgerError) -> EventBatch {
        do throws(LedgerError.Refusal) { return try EventBatch(events) } catch { throw .refused(error, path: path) }
    }
}
