import Certificate
import Foundation
import Testing

@testable import Validate

/// The project's own samples, merged and checked row by row.
@Suite struct SamplesTests {
    private static let folder = SharedMaterial.packageRoot.appending(path: "Samples")

    private static func lines(_ name: String) throws -> [String] {
        try String(contentsOf: folder.appending(path: name), encoding: .utf8).split(whereSeparator: \.isNewline).map(String.init)
    }

    private static func library() throws -> ReferenceLibrary {
        let files = try FileManager.default.contentsOfDirectory(at: folder.appending(path: "reference"), includingPropertiesForKeys: nil)
        return ReferenceLibrary(
            try files.filter { $0.pathExtension == "xml" }.map { file in
                try ReferenceLibrary.read(name: file.lastPathComponent, bytes: Array(try Data(contentsOf: file)), sha256: "")
            })
    }

    /// The sample has no quoted cells.
    private static func drafts() throws -> [Int: CertificateDraft] {
        let library = try library()
        let today = try #require(CalendarDate(year: 2026, month: 10, day: 1))
        let lines = try lines("erp/vehicles.csv")
        let names = try #require(lines.first).split(separator: ",").map(String.init)
        let keys = try names.map { try FieldPath.parse($0) }
        var drafts: [Int: CertificateDraft] = [:]
        for (index, line) in lines.enumerated().dropFirst() {
            let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
            let fields = zip(keys, cells).enumerated().filter { !$1.1.isEmpty }.map { Field($1.0, $1.1, .record($0 + 1)) }
            let context = RecordContext(row: index + 1, today: today) { names[$0 - 1] }
            drafts[index + 1] = RecordValidation.validate(
                record: FieldValues(fields), constants: FieldValues(), library: library, context: context)
        }
        return drafts
    }

    /// That a VIN comes twice is seen by the pipeline, not by the rules.
    @Test func rowsBecomeWhatTheSampleExpects() throws {
        let drafts = try Self.drafts()
        for line in try Self.lines("erp/vehicles.expected.csv").dropFirst() {
            let cells = line.split(separator: ",", maxSplits: 4, omittingEmptySubsequences: false).map(String.init)
            let draft = try #require(Int(cells[0]).flatMap { drafts[$0] })
            let errors = draft.findings.filter { $0.severity == .error }
            if cells[2] == "published" {
                #expect(draft.findings.isEmpty, "row \(cells[0]): \(draft.findings.map(\.message))")
            } else if !cells[4].contains("VIN") {
                let isNamed = errors.contains { $0.element?.hasSuffix(cells[3]) == true } || errors.map(\.rule) == ["REF-01"]
                #expect(isNamed, "row \(cells[0]): \(errors.map(\.message))")
            }
        }
    }
}
