public import Ingest
import Linux

/// What the folder of an inbox says against its source's settings: told by `ecocctl check` and `status`. Nothing stops because of it.
public enum InboxCheck {
    /// Whole sentences, what to do included; none for a folder that fits, or that can't be looked at.
    public static func notes(_ inbox: InboxSettings) -> [String] {
        guard let folder = try? Directory(inbox.path), let status = try? folder.descriptor.status(),
            let fileSystem = try? folder.descriptor.fileSystem()
        else { return [] }
        return [mount(fileSystem, inbox), sharing(status, inbox)].compactMap { $0 }
    }

    private static func mount(_ fileSystem: FileSystem, _ inbox: InboxSettings) -> String? {
        guard !inbox.isNetworkMount else { return nil }
        let kind: String
        switch fileSystem {
        case .local: return nil
        case .userSpace: kind = "a FUSE mount (as sshfs, bindfs and rclone make)"
        case .network(let name): kind = "a network mount (\(name))"
        }
        return "The inbox '\(inbox.path)' of source '\(inbox.source)' is \(kind), where nobody can tell who still writes to a file: "
            + "set network = true for the source."
    }

    private static func sharing(_ status: FileStatus, _ inbox: InboxSettings) -> String? {
        guard inbox.refusesSharedWriting, status.mode & 0o022 != 0, status.mode & 0o1000 == 0 else { return nil }
        return
            "In the inbox '\(inbox.path)' of source '\(inbox.source)', where it counts whose a file is, users can rename and remove each other's files: "
            + "chmod +t '\(inbox.path)'."
    }
}
