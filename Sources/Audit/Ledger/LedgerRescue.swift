import Linux

/// What a writer still does when its files were taken away: it keeps what only its descriptors lead to.
struct LedgerRescue {
    let connection: Connection
    let place: LedgerPlace

    /// Copies the ledger as its connection has it into a new file beside it, and puts the log aside that would spoil another database.
    ///
    /// - Returns: the error to tell, with what was kept where.
    func keep(after error: LedgerError) -> LedgerError {
        let stamp = Timestamp.now().compactText
        let (folder, _) = LedgerBackup.split(connection.path)
        let target = "\(folder)/ledger-rescued-\(stamp).db"
        var remedy = error.remedy
        do throws(LedgerError) {
            let copy = try connection.prepare("VACUUM INTO ?1")
            try copy.bind(1, target)
            try copy.run()
            try synced(target)
            remedy += " What ecocd had recorded until then is in \(target)."
        } catch {
            remedy += " What ecocd had recorded until then couldn't be copied: \(error.what)."
        }
        if let log = place.putLogAside(as: "ledger-rescued-\(stamp).wal") { remedy += " Its log is \(log), away from the other database." }
        return LedgerError(error.code, error.what, path: error.path, remedy: remedy)
    }

    private func synced(_ path: String) throws(LedgerError) {
        do throws(SystemError) {
            let file = try Descriptor.open(path)
            try file.setMode(0o640)
            try file.sync()
        } catch { throw LedgerError(.write, "ecocd \(error)", path: path, remedy: "") }
        try FolderSync.sync(folderOf: path)
    }
}
