import Foundation
import Glibc

/// A folder seen through a program of ours (bindfs): a file system that sends no events, has no rename without replacing, and gives leases
/// that say nothing of who writes to the folder behind it.
public enum FuseMount {
    /// Nil where it can be made; else what is missing.
    public static let obstacle: String? = {
        if geteuid() != 0 { return "mounting asks for root" }
        if access("/dev/fuse", R_OK | W_OK) != 0 { return "there is no /dev/fuse" }
        return access(program, X_OK) == 0 ? nil : "bindfs isn't installed"
    }()

    private static let program = "/usr/bin/bindfs"

    /// Runs `body` while `folder` is seen at `place`; both must be there.
    public static func run<Value>(
        _ folder: String, at place: String, isolation: isolated (any Actor)? = #isolation, _ body: () async throws -> Value
    ) async throws -> Value {
        try call(program, [folder, place])
        defer { umount2(place, Int32(MNT_DETACH)) }
        return try await body()
    }

    private static func call(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        if process.terminationStatus != 0 { throw Failure(description: "\(program) ended with \(process.terminationStatus)") }
    }

    struct Failure: Error, CustomStringConvertible { let description: String }
}
