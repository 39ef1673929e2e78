public import Configuration
import Linux

/// Whether a backup of the ledger may lie where somebody wants it.
///
/// Not in the spool, the state folder, an inbox or an outbox: whoever may read there would have the whole ledger, and the daemon would take it
/// for something else. Nor where the daemon alone would see it.
public struct BackupPlace {
    /// Folders and what they are, in words.
    let forbidden: [(path: String, what: String)]
    /// The text of `/proc/self/mountinfo` (proc_pid_mountinfo(5)).
    let mounts: String

    /// - Parameter configuration: nil where it can't be read; inboxes and outboxes elsewhere aren't known then.
    public init(_ places: Configuration.Places, _ configuration: Configuration?) {
        var forbidden = [(places.spool, "the spool"), (places.state, "the state folder, where the ledger itself is")]
        forbidden += configuration?.inboxes.map { ($0.path, "the inbox of '\($0.source)'") } ?? []
        forbidden += configuration?.destinations.map { ($0.outbox, "the outbox of '\($0.name)'") } ?? []
        self.forbidden = forbidden
        mounts = (try? Descriptor.open("/proc/self/mountinfo").readAll(limit: 4 << 20)).map { String(decoding: $0, as: UTF8.self) } ?? ""
    }

    init(forbidden: [(path: String, what: String)], mounts: String) { (self.forbidden, self.mounts) = (forbidden, mounts) }

    /// Why it may not, in whole sentences; nil: it may.
    /// - Parameter path: absolute; of a folder, or of a new file.
    public func objection(to path: String) -> String? {
        do throws(SystemError) { return try judge(path) } catch {
            return "\(path) can't be used: \(error). \(Self.advice)"
        }
    }

    public static let advice = "Name a folder that ecocd may write, such as /var/backups/ecocd (docs/operations.md, \"Back up\")."

    private func judge(_ path: String) throws(SystemError) -> String? {
        var folder = FilePermissions.folder(of: path)
        if try FileAccess.status(path) != nil {
            folder = try FileAccess.resolved(path)
            guard try FileAccess.status(folder)?.kind == .directory else {
                return "There is something at \(path) already. Name a folder, or a new file."
            }
        }
        let real = try FileAccess.resolved(folder)
        if let point = privateMount(over: real) {
            return "\(point) of the service is a folder of its own, which nobody else sees and which is gone with its end (PrivateTmp=). "
                + Self.advice
        }
        if let place = try place(of: real) {
            return "\(path) lies in \(place): whoever may read there could read the whole ledger. \(Self.advice)"
        }
        if FileAccess.mayUse(directory: real) { return nil }
        return "\(ProcessIdentity.name) may not write in \(folder). \(Self.advice)"
    }

    /// The forbidden folder that this one is in, told by device and inode of everything above it, whatever names lead there.
    private func place(of folder: String) throws(SystemError) -> String? {
        var known: [(id: Identity, what: String)] = []
        for entry in forbidden {
            // One that isn't there holds nothing.
            guard let real = try? FileAccess.resolved(entry.path), let id = try Self.identity(real) else { continue }
            known.append((id, entry.what))
        }
        var ancestor = folder
        while true {
            if let id = try Self.identity(ancestor), let found = known.first(where: { $0.id == id }) { return found.what }
            if ancestor == "/" { return nil }
            ancestor = FilePermissions.folder(of: ancestor)
        }
    }

    private struct Identity: Equatable {
        let device: UInt64
        let inode: UInt64
    }

    private static func identity(_ path: String) throws(SystemError) -> Identity? {
        try FileAccess.status(path).map { Identity(device: $0.device, inode: $0.inode) }
    }

    /// The mount point of the nearest mount over a folder, where it is one that systemd made for this service alone.
    private func privateMount(over folder: String) -> String? {
        var nearest: (point: String, root: String)?
        for line in mounts.split(separator: "\n") {
            let fields = line.split(separator: " ", maxSplits: 5)
            guard fields.count == 6 else { continue }
            let (root, point) = (String(fields[3]), String(fields[4]))
            let isAbove = point == "/" || folder == point || folder.hasPrefix("\(point)/")
            // A later mount of the same point covers the earlier one.
            if isAbove, point.utf8.count >= nearest?.point.utf8.count ?? 0 { nearest = (point, root) }
        }
        guard let nearest, nearest.root.contains("/systemd-private-") else { return nil }
        return nearest.point
    }
}
