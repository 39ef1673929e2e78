import Foundation

/// A program that the demo runs.
final class DemoProcess {
    private let process: Process

    private init(_ process: Process) { self.process = process }

    var identifier: Int32 { process.processIdentifier }
    var isRunning: Bool { process.isRunning }

    /// The `ecocd` beside this `ecocctl`.
    static func startDaemon(_ house: DemoHouse) throws -> DemoProcess {
        let own = try FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")
        let process = Process()
        process.executableURL = URL(fileURLWithPath: own).deletingLastPathComponent().appending(path: "ecocd")
        process.arguments = ["--config", house.config]
        let log = "\(house.root)/daemon.log"
        try "".write(toFile: log, atomically: true, encoding: .utf8)
        process.standardError = FileHandle(forWritingAtPath: log)
        process.standardOutput = FileHandle(forWritingAtPath: log)
        do { try process.run() } catch {
            throw CommandRefusal(
                .notReachable, "ecocd can't be started from \(process.executableURL?.path ?? "?"): \(error.localizedDescription).")
        }
        return DemoProcess(process)
    }

    /// SIGTERM, and waits.
    func stop() {
        guard process.isRunning else { return }
        process.terminate()
        process.waitUntilExit()
    }

    struct Output {
        let status: Int32
        let text: String
    }

    /// Runs a command line as a person would type it, with both outputs together.
    static func shell(_ command: String, in directory: String) throws -> Output {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", command]
        process.currentDirectoryURL = URL(fileURLWithPath: directory)
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = pipe.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        return Output(status: process.terminationStatus, text: String(decoding: output, as: UTF8.self))
    }
}
