import Linux

/// The messages of many certificates in one file: one file to sync instead of thousands to make.
///
/// Each entry is a line, the record's line of `records.tsv` with the byte counts of message, provenance and summary behind it, and then those
/// bytes.
struct MessagePack {
    /// No part of an entry is longer: so much isn't read as a message, nor taken into a bundle.
    private static let longestPart = 64 << 20

    struct Entry: Sendable {
        var line: RecordLine
        var message: [UInt8]
        /// `provenance.json` of the bundle.
        var provenance: [UInt8]
        /// `validation.json` of the bundle; empty in a pack of unsigned messages.
        var summary: [UInt8]

        /// Appends the entry as the file has it.
        func write(to bytes: inout [UInt8]) {
            var heading = ""
            line.write(to: &heading)
            heading.removeLast()
            bytes.append(contentsOf: "\(heading)\t\(message.count)\t\(provenance.count)\t\(summary.count)\n".utf8)
            bytes.append(contentsOf: message)
            bytes.append(contentsOf: provenance)
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
            let columns = RecordLine.columns(heading)
            let counts = columns.suffix(3).compactMap { Int($0) }
            guard counts.count == 3, counts.allSatisfy({ 0...MessagePack.longestPart ~= $0 }),
                let line = RecordLine(columns: columns.dropLast(3)), let bytes = try lines.read(counts.reduce(0, +))
            else { throw DamagedRecordSheet(path: path, line: String(decoding: heading, as: UTF8.self)) }
            let behind = bytes.dropFirst(counts[0])
            return Entry(
                line: line, message: Array(bytes.prefix(counts[0])), provenance: Array(behind.prefix(counts[1])),
                summary: Array(behind.dropFirst(counts[1])))
        }
    }
}
