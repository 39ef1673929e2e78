import Linux

/// Who may read and write a file that the daemon relies on: what one who may write it could do, root couldn't undo.
struct FilePermissions {
    /// The daemon's user and primary group.
    let user: UInt32
    let group: UInt32

    enum Content {
        /// A key: root and the daemon alone may read it.
        case secret
        /// Settings and certificates: anybody may read them.
        case open
    }

    /// What is wrong with a file, and the command that mends it; nil when nothing is, or when there is no such file, which reading it tells.
    func objection(to path: String, _ content: Content) throws(SystemError) -> StartChecks.Fault? {
        guard let status = try FileAccess.status(path), status.kind != .directory else { return nil }
        if let fault = try change(path, status, "could change it") { return fault }
        guard content == .secret else { return nil }
        if status.mode & 0o004 != 0 {
            return fault("\(path) is a key, and everybody may read it (mode \(octal(status.mode)))", secretRemedy(path))
        }
        guard status.mode & 0o040 != 0, status.group != group, status.group != 0 else { return nil }
        return fault("\(path) is a key, and the group \(try name(ofGroup: status.group)) may read it", secretRemedy(path))
    }

    /// The same for a folder, in which who may write could put another file in the place of one.
    func objection(toFolder path: String) throws(SystemError) -> StartChecks.Fault? {
        guard let status = try FileAccess.status(path), status.kind == .directory else { return nil }
        // In a sticky folder nobody takes away what is another's.
        guard status.mode & 0o1000 == 0 else { return nil }
        return try change(path, status, "could put other files into it")
    }

    /// A group that is root's own has no members whom root doesn't trust as itself.
    private func change(_ path: String, _ status: FileStatus, _ deed: String) throws(SystemError) -> StartChecks.Fault? {
        if status.owner != 0, status.owner != user {
            let owner = try UserDatabase.name(of: status.owner) ?? "\(status.owner)"
            return fault("\(path) belongs to the user \(owner), who \(deed)", "chown root \(path)")
        }
        if status.mode & 0o002 != 0 {
            return fault("everybody may write to \(path) (mode \(octal(status.mode))) and \(deed)", "chmod go-w \(path)")
        }
        guard status.mode & 0o020 != 0, status.group != 0 else { return nil }
        return fault("the group \(try name(ofGroup: status.group)) may write to \(path) and \(deed)", "chmod g-w \(path)")
    }

    private func secretRemedy(_ path: String) -> String {
        let name = (try? UserDatabase.name(ofGroup: group)).flatMap { $0 } ?? "\(group)"
        return "chgrp \(name) \(path) && chmod 0640 \(path)"
    }

    private func name(ofGroup group: UInt32) throws(SystemError) -> String { try UserDatabase.name(ofGroup: group) ?? "\(group)" }

    private func octal(_ mode: UInt32) -> String { "0" + String(mode, radix: 8) }

    private func fault(_ what: String, _ command: String) -> StartChecks.Fault {
        StartChecks.Fault(what: what, remedy: "As root: \(command)")
    }

    static func folder(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return path.hasPrefix("/") ? "/" : "." }
        return String(path[..<slash])
    }
}
