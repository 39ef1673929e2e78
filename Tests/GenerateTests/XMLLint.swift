import Foundation

/// Runs libxml2's command-line tool on a file of its own.
enum XMLLint {
    static let program = "/usr/bin/xmllint"
    static let absence = "xmllint (libxml2-utils) isn't installed"

    static var isPresent: Bool { FileManager.default.isExecutableFile(atPath: program) }

    static func run(_ options: [String], on document: [UInt8]) throws -> (status: Int32, output: [UInt8]) {
        let file = FileManager.default.temporaryDirectory.appending(path: "ecocd-\(UUID().uuidString).xml")
        try Data(document).write(to: file)
        defer { try? FileManager.default.removeItem(at: file) }
        let process = Process()
        process.executableURL = URL(filePath: program)
        process.arguments = options + [file.path]
        let pipe = Pipe()
        process.standardOutput = pipe
        process.standardError = pipe
        try process.run()
        let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        return (process.terminationStatus, Array(output))
    }
}
