import Foundation

/// A time-stamping authority made of `openssl ts` (Tests/scripts/time-stamp-authority): its certificates once a run, its answers by fault.
enum StampingAuthority {
    static let isPossible = StockTools.has("openssl") && StockTools.has("python3")

    private static let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
        .appending(path: "scripts/time-stamp-authority").path

    private static let folder: Result<String, any Error> = Result {
        let path = NSTemporaryDirectory() + "/ecocd-stamps-\(ProcessInfo.processInfo.processIdentifier)"
        atexit {
            try? FileManager.default.removeItem(
                atPath: NSTemporaryDirectory() + "/ecocd-stamps-\(ProcessInfo.processInfo.processIdentifier)")
        }
        let made = try StockTools.run("python3", [script, "make", path], in: "/tmp", withErrors: true)
        guard made.status == 0 else { throw Failure(description: String(decoding: made.output, as: UTF8.self)) }
        return path
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// - Parameter name: `ca` or `other`.
    static func certificate(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(filePath: "\(folder.get())/\(name).pem")))
    }

    static func path(_ name: String) throws -> String { try "\(folder.get())/\(name)" }

    static func answer(to request: [UInt8], fault: String = "good") throws -> [UInt8] {
        try StockTools.withDirectory { work in
            try StockTools.write(request, to: "\(work)/request")
            let command = try "exec '\(script)' reply '\(folder.get())' \(fault) < request > response"
            let done = try StockTools.run("sh", ["-c", command], in: work, withErrors: true)
            guard done.status == 0 else { throw Failure(description: String(decoding: done.output, as: UTF8.self)) }
            return Array(try Data(contentsOf: URL(filePath: "\(work)/response")))
        }
    }
}
