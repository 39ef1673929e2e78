import Audit
import Control
import Glibc
import Linux
import Logging

/// Makes backups of the ledger, one at a time, on a thread of their own: a copy may take minutes, and nobody waits for it in here.
final class BackupDesk: Sendable {
    private let engine: Engine
    private var ledger: Ledger { engine.ledger }
    private let logger: Logger
    private let state = Monitor<BackupState?>(nil)

    init(engine: Engine, logger: Logger) {
        self.engine = engine
        self.logger = logger
    }

    /// Begins one and answers at once.
    func begin(_ path: String, by peer: Peer) -> ControlAnswer {
        guard path.hasPrefix("/") else {
            return ControlAnswer(.refused, message: "A backup needs the absolute path of a folder or of a new file.")
        }
        let configuration = engine.configuration
        if let objection = BackupPlace(configuration.places, configuration).objection(to: path) {
            return ControlAnswer(.refused, message: objection)
        }
        let target = LedgerBackup.target(path)
        let begun = BackupState(path: target, phase: .running)
        let other = state.withLock { state -> BackupState? in
            if let state, state.phase == .running { return state }
            state = begun
            return nil
        }
        if let other { return ControlAnswer(.refused, message: "The backup \(other.path) is being made. Ask again when it is done.") }
        do {
            _ = try Thread(name: "backup") { [self] in make(target, takesClosed: LedgerBackup.isFolder(path), by: peer) }
        } catch {
            fail(target, "\(error)")
        }
        return answer()
    }

    func answer() -> ControlAnswer {
        guard let newest = state.read({ $0 }) else {
            return ControlAnswer(.done, message: "No backup was made since the daemon started.")
        }
        return ControlAnswer(.done, backup: newest)
    }

    /// The daemon ends: one that isn't done leaves nothing behind, and its thread ends with the process.
    func abandon() {
        guard let newest = state.read({ $0 }), newest.phase == .running else { return }
        unlink(LedgerBackup.partPath(of: newest.path))
        logger.warning("The backup \(newest.path) was given up, because ecocd stops")
    }

    private func make(_ target: String, takesClosed: Bool, by peer: Peer) {
        do {
            let made = try BackupSet.make(of: ledger.path, to: target, takesClosed: takesClosed, verifierKey: ledger.verifierKey)
            try ledger.commit(made.events(by: peer.actor))
            var done = BackupState(path: target, phase: .done)
            let backup = made.open
            (done.size, done.rootHash, done.bytes, done.sha256) = (backup.size, backup.rootHash, backup.bytes, backup.sha256)
            done.closedVolumes = made.closed.map(\.path)
            let file = try Descriptor.open(target).status()
            (done.device, done.inode) = (file.device, file.inode)
            let newest = done
            state.withLock { $0 = newest }
            logger.notice("\(peer.name) has backed up \(backup.size) entries of the ledger to \(target)")
        } catch {
            fail(target, "\(error)")
        }
    }

    private func fail(_ target: String, _ reason: String) {
        state.withLock { $0 = BackupState(path: target, phase: .failed, failure: reason) }
        logger.error("The backup \(target) failed: \(reason)")
    }
}
