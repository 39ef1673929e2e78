import ArgumentParser
import Audit
import Control
import Glibc
import Linux
import Pipeline

/// `ecocctl ledger backup`: a verified copy of the ledger, made by the daemon while it goes on, or here when it doesn't run.
struct LedgerBackupCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "backup", abstract: "Copy the ledger, verify the copy, and record it.",
        discussion:
            "The daemon writes the copy, so the folder must be one that it may write. When it doesn't run, the copy is made here and not recorded. Exit codes: 0 done, 1 not done, 2 unusable, 3 not allowed."
    )

    @OptionGroup var common: CommonOptions

    @Argument(help: "A folder, or the name of the new file.")
    var target: String

    private struct Answer: Encodable {
        var path: String
        var size: Int
        var rootHash: String
        var bytes: Int
        var sha256: String
        var closedVolumes: [String]
        var recorded: Bool
    }

    func run() throws {
        let path = try absolute(target)
        do {
            try show(byDaemon(path))
        } catch let refusal as CommandRefusal where refusal.code == .notReachable {
            try show(offline(path))
        }
    }

    /// Whatever the current folder is, the daemon's is another.
    private func absolute(_ path: String) throws -> String {
        if path.hasPrefix("/") { return path }
        guard let folder = getcwd(nil, 0) else { throw CommandRefusal(.usage, "The current folder can't be told. Give a whole path.") }
        defer { free(folder) }
        return "\(String(cString: folder))/\(path)"
    }

    private func byDaemon(_ path: String) throws -> Answer {
        var answer = try common.ask(ControlRequest(.backup, path: path))
        while let backup = answer.backup, backup.phase == .running {
            usleep(100_000)
            answer = try common.ask(ControlRequest(.backupState))
        }
        guard let backup = answer.backup, backup.phase == .done else {
            throw CommandRefusal(.no, answer.backup?.failure ?? "The daemon was started anew before the backup was done: make another.")
        }
        try look(backup)
        return Answer(
            path: backup.path, size: backup.size ?? 0, rootHash: backup.rootHash ?? "", bytes: backup.bytes ?? 0,
            sha256: backup.sha256 ?? "", closedVolumes: backup.closedVolumes ?? [], recorded: true)
    }

    /// The daemon may have a folder of this name that is its own (PrivateTmp=, a mount in its name space): what is there is lost with its end.
    private func look(_ backup: BackupState) throws {
        for path in [backup.path] + (backup.closedVolumes ?? []) {
            let found: FileStatus?
            do throws(SystemError) { found = try FileAccess.status(path) } catch {
                Console.error("note: you can't look at \(path) (\(error)); the daemon says that it is there.")
                continue
            }
            if let found, path != backup.path || isSame(found, backup) { continue }
            throw CommandRefusal(
                .no,
                "The daemon made \(path), but it isn't there for you: the daemon's folder isn't the one that you see, and may be gone with its "
                    + "end. There is no backup. \(BackupPlace.advice)")
        }
    }

    private func isSame(_ found: FileStatus, _ backup: BackupState) -> Bool {
        guard let device = backup.device, let inode = backup.inode, let bytes = backup.bytes else { return true }
        return found.device == device && found.inode == inode && found.size == bytes
    }

    private func offline(_ path: String) throws -> Answer {
        let places = try common.places()
        // A fault in another setting is no reason for having no backup.
        let place = BackupPlace(places, try? common.configuration())
        if let objection = place.objection(to: path) { throw CommandRefusal(.no, objection) }
        let ledger = places.ledger
        let made = try copies(of: ledger, path, LedgerKey.text(inFile: LedgerKey.file(besideLedger: ledger)))
        let backup = made.open
        return Answer(
            path: backup.path, size: backup.size, rootHash: backup.rootHash, bytes: backup.bytes, sha256: backup.sha256,
            closedVolumes: made.closed.map(\.path), recorded: false)
    }

    private func copies(of ledger: String, _ path: String, _ key: String?) throws(CommandRefusal) -> BackupSet {
        do throws(LedgerError) {
            return try BackupSet.makeOffline(
                of: ledger, to: LedgerBackup.target(path), takesClosed: LedgerBackup.isFolder(path), verifierKey: key)
        } catch {
            throw CommandRefusal(error.code == .open ? .usage : .no, "\(error)")
        }
    }

    private func show(_ answer: Answer) throws {
        if common.json { return try Console.json(answer) }
        Console.line("\(answer.path): \(answer.size) entries, root \(answer.rootHash), verified")
        Console.line("\(answer.bytes) bytes, SHA-256 \(answer.sha256)")
        for path in answer.closedVolumes { Console.line("\(path): a closed volume, verified") }
        if !answer.recorded { Console.line("not recorded in the ledger, because the daemon doesn't run") }
    }
}
