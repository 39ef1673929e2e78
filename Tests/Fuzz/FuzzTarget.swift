import Foundation

/// One parser with the inputs that fuzzing begins with, and what must hold for any input.
struct FuzzTarget: Sendable {
    let name: String
    /// Longer inputs try nothing new.
    let maximumBytes: Int
    /// What to begin with; each part is tried as it is.
    let seeds: @Sendable () throws -> [[UInt8]]
    /// Makes what the checks share, and gives the check of one input: it throws when a promise is broken.
    let prepare: @Sendable () throws -> ([UInt8]) throws -> Void

    static let all: [FuzzTarget] =
        certificateTargets + ingestTargets + recordTargets + settingsTargets + ledgerTargets + signatureTargets + bundleTargets
        + spoolTargets

    func writeSeeds(to folder: String) throws {
        for (number, seed) in try seeds().enumerated() where seed.count <= maximumBytes {
            try Data(seed).write(to: URL(filePath: "\(folder)/seed-\(number)"))
        }
    }
}

/// The project's own samples and settings, and other people's where they are at hand.
enum SeedFiles {
    private static let root = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../..").standardized

    static func read(_ path: String) throws -> [UInt8] { Array(try Data(contentsOf: root.appending(path: path))) }

    /// All files below a folder whose names have the ending.
    static func all(in folder: String, ending: String) throws -> [[UInt8]] {
        let names = FileManager.default.enumerator(atPath: root.appending(path: folder).path)?.compactMap { $0 as? String } ?? []
        return try names.filter { $0.hasSuffix(ending) }.sorted().map { try read("\(folder)/\($0)") }
    }
}

/// A file in memory under a path, for parsers that open their input.
final class InputFile {
    let path: String

    init() throws {
        let folder = FileManager.default.fileExists(atPath: "/dev/shm") ? "/dev/shm" : NSTemporaryDirectory()
        path =
            URL(filePath: "\(folder)/ecocd-fuzz-\(ProcessInfo.processInfo.processIdentifier)-\(UUID().uuidString)")
            .resolvingSymlinksInPath().path
    }

    deinit { unlink(path) }

    func write(_ bytes: [UInt8]) throws {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw Failure("\(path) can't be made") }
        defer { close(file) }
        guard bytes.withUnsafeBytes({ Glibc.write(file, $0.baseAddress, $0.count) }) == bytes.count else {
            throw Failure("\(path) can't be written")
        }
    }
}

extension [UInt8] {
    /// The part before the first of these bytes, and the part behind it; all and nothing where there is none.
    func cut(at byte: UInt8) -> (before: [UInt8], behind: [UInt8]) {
        guard let index = firstIndex(of: byte) else { return (self, []) }
        return (Array(self[..<index]), Array(self[(index + 1)...]))
    }
}
