import Foundation

/// The programs that the tests run: ours from the same build, and stock tools.
enum Programs {
    static let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .deletingLastPathComponent().deletingLastPathComponent().path

    /// The folder of the test's own executable, where the build puts ours, too; else that of `swift build`.
    static let folder: String = {
        let own = (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? ""
        let beside = URL(filePath: own).deletingLastPathComponent().path
        return FileManager.default.isExecutableFile(atPath: "\(beside)/ecocd") ? beside : "\(packageRoot)/.build/debug"
    }()

    static var daemon: String { "\(folder)/ecocd" }
    static var ecocctl: String { "\(folder)/ecocctl" }

    static func stock(_ tool: String) -> String? {
        ["/usr/bin/\(tool)", "/bin/\(tool)"].first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    static let haveStockTools = ["xmllint", "xmlsec1", "openssl", "unzip"].allSatisfy { stock($0) != nil }

    struct Output: Sendable {
        let status: Int32
        let text: String
        let errors: String

        var everything: String { text + errors }
    }

    /// Runs a program to its end without blocking a thread.
    static func run(_ program: String, _ arguments: [String], in directory: String? = nil) async throws -> Output {
        let work = "\(NSTemporaryDirectory())/ecocd-run-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: work, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: work) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = arguments
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = try file("\(work)/output")
        process.standardError = try file("\(work)/errors")
        if let directory { process.currentDirectoryURL = URL(filePath: directory) }
        try await withCheckedThrowingContinuation { (ended: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in ended.resume() }
            do { try process.run() } catch { ended.resume(throwing: error) }
        }
        return Output(
            status: process.terminationStatus, text: try text("\(work)/output"), errors: try text("\(work)/errors"))
    }

    static func file(_ path: String) throws -> FileHandle {
        FileManager.default.createFile(atPath: path, contents: nil)
        return try FileHandle(forWritingTo: URL(filePath: path))
    }

    private static func text(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
    }
}

/// Other people's material beside the project: `ECOCD_SHARED`, or `../shared` from the package's root.
enum SharedMaterial {
    static let folder: String = {
        if let path = ProcessInfo.processInfo.environment["ECOCD_SHARED"] { return path }
        return URL(filePath: "\(Programs.packageRoot)/../shared").standardized.path
    }()

    static let schema = "\(folder)/ivi/InitialVehicleInformation-2.0.xsd"
    static let isPresent = FileManager.default.fileExists(atPath: schema)
    static let exampleNames = ["L1e", "M1-01-electric", "M1-04-plugin", "M1-06-electric", "N2-01-electric"]

    static func example(_ name: String) throws -> String {
        try String(contentsOfFile: "\(folder)/ivi/examples/\(name).xml", encoding: .utf8)
    }
}
