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
        try mount(folder, at: place)
        defer { unmount(place) }
        return try await body()
    }

    /// Shows `folder` at `place` until `unmount`.
    public static func mount(_ folder: String, at place: String) throws { try call(program, [folder, place]) }

    public static func unmount(_ place: String) { umount2(place, Int32(MNT_DETACH)) }

    /// Foundation's Process waits for as long as anybody holds what it handed on, and bindfs goes on in the background.
    private static func call(_ program: String, _ arguments: [String]) throws {
        var words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var (child, status): (pid_t, Int32) = (0, 0)
        let code = posix_spawn(&child, program, nil, nil, &words, environ)
        guard code == 0, waitpid(child, &status, 0) == child, status == 0 else {
            throw Failure(description: "\(program) can't be run or has failed: \(code), \(status)")
        }
    }

    struct Failure: Error, CustomStringConvertible { let description: String }
}
