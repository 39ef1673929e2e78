import Hashing
public import Linux

/// A copy of a ledger as of one moment, made while the writer goes on.
public struct LedgerBackup: Sendable, Equatable {
    public let path: String
    /// Entries in it.
    public let size: Int
    /// The root hash of their tree, 64 hexadecimal digits.
    public let rootHash: String
    /// Of the file.
    public let bytes: Int
    public let sha256: String

    /// What the ledger records of it.
    public func event(by actor: Event.Actor) -> Event {
        Event(
            .backedUp, actor: actor,
            ["path": .text(path), "size": .number(size), "head": .text(rootHash), "bytes": .number(bytes), "sha256": .text(sha256)])
    }

    /// The file that a backup to this path becomes: in a folder one named after the time, otherwise the path itself.
    public static func target(_ path: String, at time: Timestamp = .now()) -> String {
        guard isFolder(path) else { return path }
        return "\(path.hasSuffix("/") ? String(path.dropLast()) : path)/ledger-\(time.compactText.prefix(15))Z.db"
    }

    /// Whether a backup to this path gets a name of its own, and the closed volumes beside it.
    public static func isFolder(_ path: String) -> Bool { (try? Directory("\(path)/.")) != nil }

    /// The name that a backup has until it is whole, on disk and verified.
    public static func partPath(of target: String) -> String {
        let (folder, name) = split(target)
        return "\(folder)/.\(name).part"
    }

    /// Copies the ledger, puts the copy on disk, verifies it, and only then gives it its name. Reads in one long transaction, so the
    /// writer goes on, and its write-ahead log grows until this is done. Safe beside the writer: this connection can neither write nor
    /// checkpoint.
    ///
    /// - Parameters:
    ///   - target: the new file, in a folder that is there. A file that has this name is never replaced.
    ///   - verifierKey: `origin+keyid+base64`, or nil to leave signatures unchecked.
    static func make(of path: String, to target: String, verifierKey: String?) throws(LedgerError) -> LedgerBackup {
        try LedgerCopy(of: path, to: target).make(verifierKey)
    }

    static func split(_ path: String) -> (folder: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        return (slash == path.startIndex ? "/" : String(path[..<slash]), String(path[path.index(after: slash)...]))
    }
}
