import Audit
import Control
import Foundation
import Sign
import Synchronization

/// A private house for one daemon, `ecocd` itself: keys, settings, spool and ledger under one folder that is gone when the test is over.
final class House: Sendable {
    let root: String
    let process = Mutex<Process?>(nil)

    var config: String { "\(root)/etc/ecocd.toml" }
    var spool: String { "\(root)/spool" }
    var state: String { "\(root)/state" }
    var ledger: String { "\(state)/ledger.db" }
    var outbox: String { "\(spool)/outbox/nap" }
    var socket: String { "\(root)/control.sock" }
    var log: String { "\(root)/daemon.log" }
    var trusted: String { "\(root)/keys/ca.pem" }

    /// The settings of sources that most tests need.
    static let csv = "format = \"csv\"\nsettle-seconds = 0\ndestinations = [\"nap\"]\n"
    static let ready = "format = \"ivi\"\nsettle-seconds = 0\ndestinations = [\"nap\"]\nexisting-signature = \"discard\"\n"

    /// The second opinion on everything that is sealed, where it is at hand.
    static let officialSchema = SharedMaterial.isPresent ? SharedMaterial.schema : nil

    /// Runs `body` with a house whose daemon is ready.
    static func run(
        _ sources: [String: String] = ["erp": csv], rescanSeconds: Int = 60, schema: String? = officialSchema,
        _ body: (House) async throws -> Void
    ) async throws {
        try await empty(sources, rescanSeconds: rescanSeconds, schema: schema) { house in
            try await house.start()
            try await body(house)
        }
    }

    /// Runs `body` with a house in which nothing runs yet. A few houses at a time: each has as many threads as it likes.
    static func empty(
        _ sources: [String: String] = ["erp": csv], rescanSeconds: Int = 60, schema: String? = officialSchema,
        _ body: (House) async throws -> Void
    ) async throws {
        await Places.shared.take()
        do {
            let house = try House(sources, rescanSeconds: rescanSeconds, schema: schema)
            defer { house.remove() }
            try await body(house)
        } catch {
            await Places.shared.give()
            throw error
        }
        await Places.shared.give()
    }

    /// Settings and keys that others may write keep the daemon from starting.
    private static let mask: Void = { _ = umask(0o022) }()

    private init(_ sources: [String: String], rescanSeconds: Int, schema: String?) throws {
        Self.mask
        root = "/tmp/ecocd-house-\(UUID().uuidString.prefix(13))"
        for folder in ["etc/sources.d", "etc/destinations.d", "state", "spool/reference"] {
            try FileManager.default.createDirectory(atPath: "\(root)/\(folder)", withIntermediateDirectories: true)
        }
        try FileManager.default.copyItem(atPath: DemoKeys.folder.get(), toPath: "\(root)/keys")
        try write(
            """
            spool = "\(spool)"
            state = "\(state)"
            organisation = "house.example"
            rescan-seconds = \(rescanSeconds)
            \(schema.map { "schema = \"\($0)\"" } ?? "")

            [seal]
            key = "\(root)/keys/seal.key"
            certificate = "\(root)/keys/seal.pem"
            trusted = "\(trusted)"

            [control]
            socket = "\(socket)"

            [reference]
            activation = "auto"
            settle-seconds = 0

            [limits]
            workers = 2

            """, to: config)
        try write("profile = \"eucaris\"\n", to: "\(root)/etc/destinations.d/nap.toml")
        for (name, settings) in sources { try configure(name, settings) }
        let samples = "\(Programs.packageRoot)/Samples/reference"
        for name in try FileManager.default.contentsOfDirectory(atPath: samples) {
            try FileManager.default.copyItem(atPath: "\(samples)/\(name)", toPath: "\(spool)/reference/\(name)")
        }
    }

    func configure(_ source: String, _ settings: String) throws { try write(settings, to: "\(root)/etc/sources.d/\(source).toml") }

    func write(_ text: String, to path: String) throws { try text.write(toFile: path, atomically: true, encoding: .utf8) }

    // MARK: The daemon

    /// Starts `ecocd` and waits until it is ready and has taken what lay in the inbox of reference data.
    func start() async throws {
        let answered = reports(of: "", in: "reference").count
        let waiting = try FileManager.default.contentsOfDirectory(atPath: "\(spool)/reference").filter { !$0.hasPrefix(".") }.count
        try launch()
        try await eventually("the daemon is ready") { (try? self.status())?.ready == true }
        if waiting > 0 { try await referencesTaken(answered + waiting) }
    }

    /// Starts `ecocd` and doesn't wait.
    /// - Parameter wrapper: a program that runs it, with its own arguments first; its path comes first.
    func launch(_ environment: [String: String] = [:], under wrapper: [String] = []) throws {
        let daemon = Process()
        let command = wrapper + [Programs.daemon, "--config", config]
        daemon.executableURL = URL(filePath: command[0])
        daemon.arguments = Array(command.dropFirst())
        daemon.environment = ProcessInfo.processInfo.environment.merging(["SWIFT_BACKTRACE": "enable=no"]) { $1 }.merging(environment) {
            $1
        }
        daemon.standardInput = FileHandle.nullDevice
        if !FileManager.default.fileExists(atPath: log) { FileManager.default.createFile(atPath: log, contents: nil) }
        let output = try FileHandle(forWritingTo: URL(filePath: log))
        try output.seekToEnd()
        daemon.standardOutput = output
        daemon.standardError = output
        try daemon.run()
        process.withLock { $0 = daemon }
    }

    var identifier: Int32 { process.withLock { $0?.processIdentifier ?? 0 } }
    var isRunning: Bool { process.withLock { $0?.isRunning ?? false } }

    /// Sends a signal and waits for the end.
    @discardableResult
    func end(with signal: Int32 = SIGTERM) async throws -> Ending {
        guard let ending = try await end(with: signal, asSoonAs: { true }, unless: { false }) else {
            throw Disappointment(what: "no signal was sent")
        }
        return ending
    }

    func reload() { kill(identifier, SIGHUP) }

    private func remove() {
        process.withLock { process in
            guard let process, process.isRunning else { return }
            kill(process.processIdentifier, SIGKILL)
            process.waitUntilExit()
        }
        try? FileManager.default.removeItem(atPath: root)
    }

    // MARK: Asking

    func status() throws -> StatusReport {
        guard let status = try ControlClient.ask(ControlRequest(.status), at: socket).status else {
            throw Disappointment(what: "the daemon's answer has no status")
        }
        return status
    }

    func ecocctl(_ arguments: String...) async throws -> Programs.Output {
        try await Programs.run(Programs.ecocctl, arguments + ["--config", config])
    }

    func verifyLedger() async throws -> Int32 { try await ecocctl("ledger", "verify").status }

    var reader: LedgerReader { get throws { try LedgerReader(path: ledger) } }

    func logText() -> String { (try? String(contentsOfFile: log, encoding: .utf8)) ?? "" }

    /// Waits, without blocking a thread, until `condition` holds. Other tests may keep this one from running for longer than the time given,
    /// so a number of looks must have failed, too.
    func eventually(_ what: String, seconds: Double = 300, _ condition: () throws -> Bool) async throws {
        let deadline = Date(timeIntervalSinceNow: seconds)
        var looks = 0
        while looks < 50 || Date() < deadline {
            if try condition() { return }
            looks += 1
            try await Task.sleep(for: .milliseconds(20))
        }
        throw disappointment(what, seconds: seconds)
    }

    func disappointment(_ what: String, seconds: Double) -> Disappointment {
        let tail = logText().split(separator: "\n").suffix(12).joined(separator: "\n")
        return Disappointment(what: "in \(seconds) seconds it didn't happen that \(what). The daemon's log:\n\(tail)")
    }
}

/// What a test waited for didn't come.
struct Disappointment: Error, CustomStringConvertible {
    let what: String
    var description: String { what }
}

/// The keys of one demo authority for all houses of a test run; they take a second to make.
enum DemoKeys {
    static let folder: Result<String, any Error> = Result {
        let path = "/tmp/ecocd-house-keys-\(ProcessInfo.processInfo.processIdentifier)"
        try? FileManager.default.removeItem(atPath: path)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        atexit {
            try? FileManager.default.removeItem(atPath: "/tmp/ecocd-house-keys-\(ProcessInfo.processInfo.processIdentifier)")
        }
        try DemoAuthority.create(in: path, organisation: "House Motors")
        return path
    }
}

/// Room for so many houses at a time.
actor Places {
    static let shared = Places(free: 4)

    private var free: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(free: Int) { self.free = free }

    func take() async {
        if free > 0 {
            free -= 1
        } else {
            await withCheckedContinuation { waiting.append($0) }
        }
    }

    func give() {
        if waiting.isEmpty { free += 1 } else { waiting.removeFirst().resume() }
    }
}
