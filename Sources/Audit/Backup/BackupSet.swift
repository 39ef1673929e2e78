import Glibc

/// What a restore needs: a copy of the open volume and, in the same folder, one of each closed volume.
public struct BackupSet: Sendable, Equatable {
    public let open: LedgerBackup
    /// Those that were copied now; the folder had the others already.
    public let closed: [LedgerBackup]

    /// What the ledger records: one event a file.
    public func events(by actor: Event.Actor) -> [Event] { (closed + [open]).map { $0.event(by: actor) } }

    /// Makes the copies, as `LedgerBackup.make` does each.
    ///
    /// - Parameters:
    ///   - target: the new file of the open volume.
    ///   - takesClosed: whether the closed volumes that the folder lacks are copied there, under the names that they have beside the ledger.
    public static func make(
        of path: String, to target: String, takesClosed: Bool, verifierKey: String?
    ) throws(LedgerError) -> BackupSet {
        guard try VolumeFiles(ofLedger: path).number(ofClosed: target) == nil else {
            throw LedgerError(.open, "a backup can't have the name of a closed volume", path: target, remedy: "Name another file.")
        }
        let open = try LedgerBackup.make(of: path, to: target, verifierKey: verifierKey)
        guard takesClosed, let number = try VolumeEnds(target).flatMap({ VolumeName($0.head.origin) })?.number else {
            return BackupSet(open: open, closed: [])
        }
        let sources = try VolumeFiles(ofLedger: path)
        let copies = sources.moved(to: LedgerBackup.split(target).folder)
        var closed: [LedgerBackup] = []
        // One that was closed since the copy was made belongs to the next backup.
        for volume in sources.closed where volume < number {
            let (source, copy) = (sources.path(ofClosed: volume), copies.path(ofClosed: volume))
            if try isThere(copy, as: source) { continue }
            closed.append(try LedgerBackup.make(of: source, to: copy, verifierKey: verifierKey))
        }
        return BackupSet(open: open, closed: closed)
    }

    /// The same while no daemon runs: takes the writer's lock, so that none starts meanwhile.
    public static func makeOffline(
        of path: String, to target: String, takesClosed: Bool, verifierKey: String?
    ) throws(LedgerError) -> BackupSet {
        let lock = try WriterLock(besideExisting: path)
        defer { withExtendedLifetime(lock) {} }
        return try make(of: path, to: target, takesClosed: takesClosed, verifierKey: verifierKey)
    }

    private static func isThere(_ copy: String, as source: String) throws(LedgerError) -> Bool {
        guard access(copy, F_OK) == 0 else { return false }
        guard let held = try VolumeEnds(copy)?.head, let own = try VolumeEnds(source)?.head, held.origin == own.origin,
            held.root == own.root
        else {
            throw LedgerError(
                .open, "the open volume was copied, but this file isn't the ledger's closed volume of that name", path: copy,
                remedy: "Back up into a folder of this ledger's own.")
        }
        return true
    }
}
