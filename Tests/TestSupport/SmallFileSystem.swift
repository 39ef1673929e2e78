import Glibc

/// A tmpfs that is soon full, mounted for the time of a test. Asks for root.
public enum SmallFileSystem {
    public struct MountFailed: Error { public let code: Int32 }

    public static func run(options: String, _ body: (_ path: String) throws -> Void) throws {
        let folder = try TemporaryFolder()
        guard mount("tmpfs", folder.path, "tmpfs", 0, options) == 0 else { throw MountFailed(code: errno) }
        defer { umount2(folder.path, Int32(MNT_DETACH)) }
        try body(folder.path)
    }
}
