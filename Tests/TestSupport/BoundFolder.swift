import Foundation
import Glibc

/// A folder mounted at another place through FUSE by bindfs(1): a file system without renameat2's flags, leases and events. Asks for root.
public final class BoundFolder: Sendable {
    public struct MountFailed: Error { public let what: String }

    public static let program = ["/usr/bin/bindfs", "/usr/local/bin/bindfs"].first { FileManager.default.isExecutableFile(atPath: $0) }

    /// Why there can be none here, or nil.
    public static let absence: String? =
        geteuid() != 0 ? "mounting asks for root" : program == nil ? "bindfs isn't installed" : access("/dev/fuse", R_OK | W_OK) != 0
            ? "/dev/fuse isn't there" : nil

    private let path: String

    /// Mounts `folder` at `path`.
    public init(_ folder: String, at path: String) throws {
        self.path = path
        let mount = Process()
        mount.executableURL = URL(filePath: Self.program ?? "")
        mount.arguments = [folder, path]
        let output = Pipe()
        mount.standardError = output
        try mount.run()
        mount.waitUntilExit()
        guard mount.terminationStatus == 0 else {
            throw MountFailed(what: String(decoding: output.fileHandleForReading.availableData, as: UTF8.self))
        }
    }

    deinit { umount2(path, Int32(MNT_DETACH)) }
}
