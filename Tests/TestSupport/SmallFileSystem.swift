import Glibc

/// A tmpfs that is soon full, mounted for the time of a test. Asks for root.
public enum SmallFileSystem {
    public struct MountFailed: Error { public let code: Int32 }

    public static func run(options: String, _ body: (_ path: String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        try run(over: folder.path, options: options) { try body(folder.path) }
    }

    /// Mounts it over a folder that is there.
    public static func run(over path: String, options: String, _ body: () throws -> Void) throws {
        guard mount("tmpfs", path, "tmpfs", 0, options) == 0 else { throw MountFailed(code: errno) }
        defer { umount2(path, Int32(MNT_DETACH)) }
        try body()
    }
}
