import Certificate
import Foundation
import Testing

@testable import Pipeline

/// What one stage leaves for the next: lines that come back as they were, and damage that is noticed.
@Suite struct RecordSheetTests {
    @Test func lineComesBack() throws {
        var generator = SystemRandomNumberGenerator()
        for _ in 0..<200 {
            let line = Self.line(row: Int.random(in: 1...9_999_999, using: &generator), using: &generator)
            var text = ""
            line.write(to: &text)
            #expect(text.hasSuffix("\n") && text.dropLast().allSatisfy { $0 != "\n" })
            #expect(RecordLine(Array(text.utf8).dropLast()) == line)
        }
    }

    @Test(arguments: ["", "1", "1\taccepted", "x\taccepted\tVIN\t1\t1\t\t\t\t\t\t0\t", "1\tother\tVIN\t1\t1\t\t\t\t\t\t0\t"])
    func damagedLineIsNoticed(line: String) { #expect(RecordLine(Array(line.utf8)[...]) == nil) }

    @Test func vinThatWouldBreakTheLineIsLeftOut() {
        var text = ""
        RecordLine(row: 2, outcome: .rejected, vin: "A\tB\nC").write(to: &text)
        #expect(RecordLine(Array(text.utf8).dropLast())?.vin == "")
    }

    @Test func sheetIsReadInBatches() throws {
        try Folder.with { folder in
            var text = RecordLine.heading
            for row in 2...301 { RecordLine(row: row, outcome: row % 3 == 0 ? .accepted : .duplicate, first: "other").write(to: &text) }
            try folder.write("records.tsv", text)
            let reader = try RecordSheet.Reader(RecordSheet(path: folder["records.tsv"]))
            var rows: [Int] = []
            while case let batch = try reader.next(7, where: { $0.outcome == .accepted }), !batch.isEmpty {
                #expect(batch.count <= 7)
                rows += batch.map(\.row)
            }
            #expect(rows == (2...301).filter { $0 % 3 == 0 })
            #expect(try RecordTally(RecordSheet(path: folder["records.tsv"])).records == 300)
        }
    }

    @Test func damagedSheetIsNamed() throws {
        try Folder.with { folder in
            try folder.write("records.tsv", "\(RecordLine.heading)mended by hand\n")
            let error = #expect(throws: DamagedRecordSheet.self) { try RecordTally(RecordSheet(path: folder["records.tsv"])) }
            #expect(error?.description.contains(folder["records.tsv"]) == true && error?.description.contains("mended by hand") == true)
        }
    }

    @Test func linesLongerThanTheBuffer() throws {
        try Folder.with { folder in
            let lines = [1, 70_000, 0, 200_000, 3].map { String(repeating: "x", count: $0) }
            try folder.write("lines", lines.joined(separator: "\n"))
            let reader = try LineReader(path: folder["lines"])
            var read: [Int] = []
            while let line = try reader.next() { read.append(line.count) }
            #expect(read == lines.map(\.utf8.count))
        }
    }

    @Test func findingsFollowTheRows() throws {
        try Folder.with { folder in
            let finding = Finding(
                rule: "CAT-01", severity: .error, row: 4, value: "a\u{2028}\n\"b\"", message: "Wrong.", remedy: "Mend it.")
            let bytes = try [4, 9, 10].flatMap { try FindingLine(row: $0, findings: [finding]).encoded() }
            try folder.write("findings.jsonl", String(decoding: bytes, as: UTF8.self))
            let sheet = try FindingSheet(path: folder["findings.jsonl"])
            #expect(try (2...11).filter { try sheet.findings(row: $0) != nil } == [4, 9, 10])
            let again = try FindingSheet(path: folder["findings.jsonl"])
            #expect(try again.findings(row: 9)?.findings.map(\.finding) == [finding])
            #expect(try FindingSheet(path: folder["nothing"]).findings(row: 2) == nil)
        }
    }

    @Test func packComesBackAndATornOneIsNoticed() throws {
        try Folder.with { folder in
            var generator = SystemRandomNumberGenerator()
            let entries = (2...40).map { row in
                MessagePack.Entry(
                    line: Self.line(row: row, using: &generator), message: Array("<a>\n\t\(row)</a>".utf8) + [0, 0x0A],
                    provenance: Array("{\(row)}\n".utf8), summary: Array("{}\n".utf8))
            }
            var bytes: [UInt8] = []
            for entry in entries { entry.write(to: &bytes) }
            try Data(bytes).write(to: URL(filePath: folder["whole"]))
            let reader = try MessagePack.Reader(path: folder["whole"])
            for entry in entries {
                let read = try #require(try reader.next())
                #expect(
                    read.line == entry.line && read.message == entry.message && read.provenance == entry.provenance
                        && read.summary == entry.summary)
            }
            #expect(try reader.next() == nil)
            try Data(bytes.dropLast(5)).write(to: URL(filePath: folder["torn"]))
            let torn = try MessagePack.Reader(path: folder["torn"])
            #expect(throws: DamagedRecordSheet.self) { while try torn.next() != nil {} }
        }
    }

    /// The counts of an entry are somebody's text like the rest of its line.
    @Test(arguments: ["9223372036854775807\t9223372036854775807\t1", "-1\t0\t0", "5\t-2\t1", "0\t0\t4611686018427387904"])
    func countsThatCannotBeAreDamage(counts: String) throws {
        try Folder.with { folder in
            var heading = ""
            RecordLine(row: 2, outcome: .accepted, vin: Export.vin(2)).write(to: &heading)
            try folder.write("pack", "\(heading.dropLast())\t\(counts)\n<a/>\n{}")
            let reader = try MessagePack.Reader(path: folder["pack"])
            #expect(throws: DamagedRecordSheet.self) { try reader.next() }
        }
    }

    @Test func settingsAreReadAgainOnlyWhenTheyChange() throws {
        let text = "format = \"csv\"\ndestinations = [\"a\"]\n"
        let first = try SubmissionSource.read(Array(text.utf8), of: "erp")
        #expect(try SubmissionSource.read(Array(text.utf8), of: "erp").destinations == first.destinations)
        #expect(try SubmissionSource.read(Array(text.replacing("\"a\"", with: "\"b\"").utf8), of: "erp").destinations == ["b"])
        #expect(try SubmissionSource.read(Array(text.utf8), of: "other").name == "other")
        for number in 0..<40 { _ = try SubmissionSource.read(Array("\(text)# \(number)\n".utf8), of: "erp") }
        #expect(try SubmissionSource.read(Array(text.utf8), of: "erp").destinations == ["a"])
    }

    private static func line(row: Int, using generator: inout some RandomNumberGenerator) -> RecordLine {
        func text() -> String {
            String((0..<Int.random(in: 0...20, using: &generator)).map { _ in "ab0-:*é".randomElement(using: &generator) ?? "x" })
        }
        return RecordLine(
            row: row, outcome: [.accepted, .rejected, .duplicate].randomElement(using: &generator) ?? .accepted,
            vin: Export.vin(row % 1000),
            stage: Int.random(in: 1...9, using: &generator), version: Int.random(in: 0...99, using: &generator), referenceID: text(),
            issuedAt: text(), referenceSHA256: text(), contentSHA256: text(), first: text(),
            warnings: Int.random(in: 0...9, using: &generator),
            rules: text())
    }
}

/// A folder of its own for one test.
struct Folder {
    let path: String

    static func with(_ body: (Folder) throws -> Void) throws {
        let folder = Folder(path: "\(NSTemporaryDirectory())/ecocd-pieces-\(UUID().uuidString)")
        try FileManager.default.createDirectory(atPath: folder.path, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder.path) }
        try body(folder)
    }

    subscript(name: String) -> String { "\(path)/\(name)" }

    func write(_ name: String, _ text: String) throws { try text.write(toFile: self[name], atomically: true, encoding: .utf8) }

    func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: path).sorted() }
}
