import Linux

/// The messages of many certificates in one file: one file to sync instead of thousands to make.
///
/// Each entry is a line, the record's line of `records.tsv` with the byte counts of message and summary behind it, and then those bytes.
struct MessagePack {
    struct Entry: Sendable {
        var line: RecordLine
        var message: [UInt8]
        /// `validation.json` of the bundle; empty in a pack of unsigned messages.
        var summary: [UInt8]

        /// Appends the entry as the file has it.
        func write(to bytes: inout [UInt8]) {
            var heading = ""
            line.write(to: &heading)
            heading.removeLast()
            bytes.append(contentsOf: "\(heading)\t\(message.count)\t\(summary.count)\n".utf8)
            bytes.append(contentsOf: message)
            bytes.append(contentsOf: summary)
        }
    }

    /// Reads a pack entry by entry, in constant memory.
    final class Reader {
        private let lines: LineReader
        private let path: String

        init(path: String) throws(SystemError) {
            self.path = path
            lines = try LineReader(path: path)
        }

        /// The next entry, or nil at the end.
        func next() throws -> Entry? {
            guard let heading = try lines.next() else { return nil }
            let columns = Substring(decoding: heading, as: UTF8.self).split(separator: "\t", omittingEmptySubsequences: false)
            let text = columns.dropLast(2).joined(separator: "\t")
            guard columns.count > 2, let message = Int(columns[columns.count - 2]), let summary = Int(columns[columns.count - 1]),
                let line = RecordLine(text[...]), let bytes = try lines.read(message + summary)
            else { throw DamagedRecordSheet(path: path, line: text) }
            return Entry(line: line, message: Array(bytes.prefix(message)), summary: Array(bytes.dropFirst(message)))
        }
    }
}
