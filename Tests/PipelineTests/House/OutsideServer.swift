import Foundation
import Glibc
import Synchronization

/// A server of Tests/scripts that plays somebody outside: ended when the test is over.
final class OutsideServer: Sendable {
    /// What it says once it serves: its ports.
    let ports: [Int]
    private let process: Mutex<Process>

    static let isPossible = ["openssl", "python3", "sqlite3"].allSatisfy { Programs.stock($0) != nil }

    /// - Parameter arguments: the last is the file that gets the ports.
    init(_ script: String, _ arguments: [String], house: House) async throws {
        let server = Process()
        server.executableURL = URL(filePath: "/usr/bin/python3")
        server.arguments = ["\(Programs.packageRoot)/Tests/scripts/\(script)"] + arguments
        server.standardInput = FileHandle.nullDevice
        server.standardOutput = FileHandle.nullDevice
        server.standardError = try Programs.file("\(house.root)/\(script).errors")
        try server.run()
        let file = arguments[arguments.count - 1]
        do {
            try await house.eventually("\(script) serves") { FileManager.default.fileExists(atPath: file) || !server.isRunning }
        } catch {
            Self.end(server)
            throw error
        }
        ports = ((try? String(contentsOfFile: file, encoding: .utf8)) ?? "").split(separator: "\n").compactMap { Int($0) }
        process = Mutex(server)
        if ports.isEmpty {
            throw Disappointment(what: (try? String(contentsOfFile: "\(house.root)/\(script).errors", encoding: .utf8)) ?? "no port")
        }
    }

    deinit { process.withLock { Self.end($0) } }

    /// It may have inherited a mask that blocks SIGTERM.
    private static func end(_ server: Process) {
        guard server.isRunning else { return }
        kill(server.processIdentifier, SIGKILL)
        server.waitUntilExit()
    }
}
