public import Linux

/// The newest signed head in a file outside the database, where a restore of the database doesn't bring it back: what tells at the start
/// that the ledger was put back to an older state.
public struct RememberedHead: Sendable {
    public let path: String
    private let folder: String
    private let name: String

    private static let maximumBytes = 65_536

    /// - Parameter path: of the file; its folder must be there.
    public init(path: String) {
        self.path = path
        let slash = path.lastIndex(of: "/")
        folder = slash.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
        name = slash.map { String(path[path.index(after: $0)...]) } ?? path
    }

    /// What the file holds, a signed note unless somebody touched it; nil when there is no file.
    public func read() throws(SystemError) -> String? {
        let directory = try Directory(folder)
        guard try directory.statusIfPresent(name) != nil else { return nil }
        return String(decoding: try directory.readFile(name, limit: Self.maximumBytes), as: UTF8.self)
    }

    /// Replaces what was remembered, durably: whoever reads it, at any time, finds the old note or the new one.
    public func write(_ note: String) throws(SystemError) {
        let directory = try Directory(folder)
        let part = ".\(name).part"
        // Left by a write that was cut off: it was never remembered.
        if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
        try directory.writeFile(part, Array(note.utf8), mode: 0o644)
        try directory.rename(part, to: directory, as: name)
        try directory.sync()
    }
}
