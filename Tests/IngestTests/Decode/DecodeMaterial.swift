import Certificate
import Foundation
import Glibc

@testable import Ingest

/// What the decoding tests share.
enum DecodeMaterial {
    /// A file in a folder of its own, removed with it.
    final class File {
        let path: String

        init(_ bytes: [UInt8]) throws {
            let folder = FileManager.default.temporaryDirectory.appending(path: "ecocd-decode-\(UUID().uuidString)")
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            path = folder.appending(path: "file").path
            try Data(bytes).write(to: URL(filePath: path))
        }

        convenience init(_ text: String) throws { try self.init(Array(text.utf8)) }

        deinit { try? FileManager.default.removeItem(at: URL(filePath: path).deletingLastPathComponent()) }
    }

    /// The same numbers for the same seed (SplitMix64).
    struct Generator: RandomNumberGenerator {
        private var state: UInt64

        init(seed: UInt64) { state = seed }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }
    }

    /// The official examples and the schema, or nil where they aren't at hand.
    static let shared: URL? = {
        let package = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent()
        let folder =
            ProcessInfo.processInfo.environment["ECOCD_SHARED"].map { URL(filePath: $0) } ?? package.appending(path: "../shared")
        return FileManager.default.fileExists(atPath: folder.appending(path: "ivi/examples").path) ? folder : nil
    }()

    static func csv(_ dialect: CSVDialect = CSVDialect()) -> Profile { Profile(format: .csv(dialect)) }

    /// All records of a file, or its rejection.
    static func read(
        _ bytes: [UInt8], _ profile: Profile = csv(), chunkSize: Int = 256 << 10
    ) throws -> Result<[Record], FileRejection> {
        let file = try File(bytes)
        do throws(FileRejection) {
            let reader = try RecordReader(path: file.path, profile: profile, chunkSize: chunkSize)
            var records: [Record] = []
            while let record = try reader.next() { records.append(record) }
            return .success(records)
        } catch {
            return .failure(error)
        }
    }

    static func read(_ text: String, _ profile: Profile = csv(), chunkSize: Int = 256 << 10) throws -> Result<[Record], FileRejection> {
        try read(Array(text.utf8), profile, chunkSize: chunkSize)
    }

    static func key(_ path: String) throws -> FieldKey { try FieldPath.parse(path) }
}

extension Result where Success == [Record], Failure == FileRejection {
    /// The rule that rejected the file, or nil.
    var rule: DecodingRule? {
        if case .failure(let rejection) = self { DecodingRule(rawValue: rejection.finding.rule) } else { nil }
    }

    /// Everything that was found, in a form that tests can compare.
    var summary: [String] {
        switch self {
        case .failure(let rejection): ["rejected \(rejection)"]
        case .success(let records):
            records.map { record in
                "\(record.row) \(record.values.fields.map { "\($0.key)=\($0.value)" }) \(record.findings.map(\.rule))"
            }
        }
    }
}
