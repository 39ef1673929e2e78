import Certificate
@testable import Pipeline

extension FuzzTarget {
    static let spoolTargets = [receipt, records, pack]

    /// Receipts from an outbox: the name before a NUL, the content behind it. What is kept of it fits on one line.
    private static let receipt = FuzzTarget(
        name: "receipt", maximumBytes: 4_096,
        seeds: {
            let bundle = "WZAM1A1BXTA000017-1-v1"
            return [
                "\(bundle).asice.accepted\0",
                "\(bundle).json\0{\"bundle\":\"\(bundle)\",\"outcome\":\"rejected\",\"reference\":\"\\u0001x\\u202e\",\"message\":\"ü\\ud83d\\ude00\"}",
                "\(bundle).rejected\0 {\"bundle\":\"\(bundle).asice\",\"outcome\":\"accepted\"}", "\(bundle).withdrawn.json\0{}",
                "\(bundle).x\0\(String(repeating: "[", count: 600))",
            ].map { Array($0.utf8) }
        },
        prepare: {
            { bytes in
                let (name, content) = bytes.cut(at: 0)
                guard let text = String(validating: name, as: UTF8.self) else { return }
                let receipt: ReceiptContent
                do throws(ReceiptContent.Refused) { receipt = try ReceiptContent(name: text, bytes: content) } catch {
                    try expect(!error.finding.message.isEmpty && error.finding.message.utf8.count < 8_192, "a refusal has no or many words")
                    return
                }
                try expect(text.hasPrefix("\(receipt.bundle.name)."), "the receipt is of another bundle")
                for (words, limit) in [(receipt.reference, 200), (receipt.message, 1_000)] {
                    guard let words else { continue }
                    try expect(1...limit ~= words.unicodeScalars.count, "what it says is too long")
                    try expect(
                        !words.unicodeScalars.contains { $0.value < 0x20 || $0.value == 0x7F || 0x202A...0x202E ~= $0.value },
                        "what it says isn't one line")
                }
            }
        })

    /// `records.tsv` and `findings.jsonl`: a damaged file is an error, and a whole one comes to rest when it is written again.
    private static let records = FuzzTarget(
        name: "records", maximumBytes: 4_096,
        seeds: {
            var sheet = RecordLine.heading
            for line in lines { line.write(to: &sheet) }
            let finding = Finding(rule: "VIN-03", severity: .warning, row: 2, value: "x\u{1}", message: "m", remedy: "r")
            return [Array(sheet.utf8), try FindingLine(row: 2, findings: [finding]).encoded()]
        },
        prepare: {
            let file = try InputFile()
            return { bytes in
                try file.write(bytes)
                try? RecordSheet(path: file.path).forEach { line in try comesToRest(line) }
                _ = try? FindingSheet.counts(path: file.path)
                if let line = try? FindingLine.decode(bytes) {
                    try expect(try FindingLine.decode(try line.encoded().dropLast()) == line, "another finding comes back")
                    _ = line.findings.map { FindingLine.Item($0.finding) }
                }
            }
        })

    /// What one `write` takes out stays out.
    private static func comesToRest(_ line: RecordLine) throws(Failure) {
        var first = "", second = ""
        line.write(to: &first)
        guard let again = RecordLine(Array(first.utf8).dropLast()) else { throw Failure("what we write isn't a line: \(first)") }
        again.write(to: &second)
        try expect(first.utf8.elementsEqual(second.utf8), "a line changes when it is written again: \(first)\(second)")
    }

    /// Packs of messages: counts that can't be are an error, and the entries of a whole pack are written as they were.
    private static let pack = FuzzTarget(
        name: "pack", maximumBytes: 4_096,
        seeds: {
            var whole: [UInt8] = []
            for line in lines {
                MessagePack.Entry(line: line, message: Array("<a/>\n".utf8), provenance: Array("{}".utf8), summary: []).write(to: &whole)
            }
            let heading = whole.prefix { $0 != 0x0A }
            let text = String(decoding: heading, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false).dropLast(3)
                .joined(separator: "\t")
            let counts = ["9223372036854775807\t9223372036854775807\t1", "-1\t0\t0", "5\t-2\t1", "0\t0\t4611686018427387904"]
            return [whole] + counts.map { Array("\(text)\t\($0)\n<a/>\n{}".utf8) }
        },
        prepare: {
            let file = try InputFile()
            return { bytes in
                try file.write(bytes)
                let reader = try MessagePack.Reader(path: file.path)
                var written: [UInt8] = []
                do {
                    while let entry = try reader.next() {
                        try expect(entry.message.count + entry.provenance.count + entry.summary.count <= bytes.count, "an entry is longer")
                        entry.write(to: &written)
                    }
                } catch is DamagedRecordSheet { return }
                try file.write(written)
                let again = try MessagePack.Reader(path: file.path)
                var second: [UInt8] = []
                while let entry = try again.next() { entry.write(to: &second) }
                try expect(second == written, "a pack changes when it is written again")
            }
        })

    private static let lines = [
        RecordLine(
            row: 2, outcome: .accepted, vin: "WZAM1A1BXTA000017", stage: 1, version: 1,
            referenceID: "6fa459ea-ee8a-4ca4-894e-db77e160355e", issuedAt: "2026-11-23T14:09:00.123Z", contentSHA256: "ab", warnings: 1),
        RecordLine(row: 3, outcome: .rejected, vin: "a b", rules: "VIN-03,DATE-01"),
        RecordLine(row: 4, outcome: .duplicate, vin: "WZAM1A1BXTA000017", first: "20261123T140512.123Z-k7q2mzr4"),
    ]
}
