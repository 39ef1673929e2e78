import Foundation
public import Linux

/// A folder under the system's temporary one, removed with everything in it when the test lets go of it.
public final class TemporaryFolder: Sendable {
    public let path: String

    public init() throws {
        let url = FileManager.default.temporaryDirectory.appending(path: "ecocd-test-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
        // Tests compare paths and open them without following links.
        path = url.resolvingSymlinksInPath().path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public func directory() throws -> Directory { try Directory(path) }

    /// The path of something in it.
    public subscript(_ relative: String) -> String { "\(path)/\(relative)" }

    public func write(_ text: String, to relative: String) throws {
        try text.write(toFile: self[relative], atomically: false, encoding: .utf8)
    }

    public func read(_ relative: String) -> String? { try? String(contentsOfFile: self[relative], encoding: .utf8) }

    public func exists(_ relative: String) -> Bool { (try? FileManager.default.attributesOfItem(atPath: self[relative])) != nil }

    public func names(_ relative: String = "") -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: self[relative])) ?? []).sorted()
    }
}
