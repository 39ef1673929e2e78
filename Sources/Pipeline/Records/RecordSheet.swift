import Linux

/// `records.tsv` of one submission: every record's decision, in row order. Read as a stream, so its size doesn't matter.
struct RecordSheet {
    static let name = "records.tsv"

    let path: String

    /// Calls `body` with each line, in row order.
    func forEach(_ body: (RecordLine) throws -> Void) throws {
        let reader = try Reader(self)
        while let line = try reader.next() { try body(line) }
    }

    /// Pulls the lines one by one.
    final class Reader {
        private let lines: LineReader
        private let path: String

        init(_ sheet: RecordSheet) throws {
            path = sheet.path
            lines = try LineReader(path: sheet.path)
            _ = try lines.next()
        }

        func next() throws -> RecordLine? {
            guard let line = try lines.next() else { return nil }
            guard let record = RecordLine(line) else {
                throw DamagedRecordSheet(path: path, line: String(decoding: line, as: UTF8.self))
            }
            return record
        }

        /// At most `count` lines that are included; empty at the end.
        func next(_ count: Int, where isIncluded: (RecordLine) -> Bool) throws -> [RecordLine] {
            var batch: [RecordLine] = []
            while batch.count < count, let line = try next() {
                if isIncluded(line) { batch.append(line) }
            }
            return batch
        }
    }
}

/// A line that ecocd didn't write: somebody edited the submission's directory.
struct DamagedRecordSheet: Error, CustomStringConvertible {
    let path: String
    let line: String
    var description: String { "\(path): a line isn't as ecocd wrote it: '\(line.prefix(80))'. Restore the file from a backup." }
}
