import FoundationEssentials
import Glibc

/// Text for people and JSON for programs.
enum Console {
    static var isTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    static func line(_ text: String = "") {
        print(text)
        // Progress is to be seen as it happens, through a pipe, too.
        fflush(nil)
    }

    static func error(_ text: String) {
        var line = "ecocctl: \(text)\n"
        // Nobody can be told when this fails.
        line.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// Bytes as they are, to standard output.
    static func bytes(_ bytes: [UInt8]) throws {
        fflush(nil)
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { write(STDOUT_FILENO, $0.baseAddress, $0.count) }
            guard count > 0 || (count < 0 && errno == EINTR) else { throw CommandRefusal(.usage, "Standard output can't be written.") }
            rest = rest.dropFirst(max(0, count))
        }
    }

    static func json(_ value: some Encodable) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(value), as: UTF8.self))
    }

    /// A table with aligned columns; the last column takes what is left. Control characters of foreign text are shown as `?`.
    static func table(_ header: [String], _ rows: [[String]]) {
        let all = [header] + rows.map { $0.map(visible) }
        let widths = header.indices.map { column in all.map { $0[column].count }.max() ?? 0 }
        for (number, row) in all.enumerated() {
            let cells = row.enumerated().map { column, cell in
                column == header.count - 1 ? cell : cell + String(repeating: " ", count: widths[column] - cell.count)
            }
            line(cells.joined(separator: "  "))
            if number == 0 { line(widths.map { String(repeating: "-", count: min($0, 60)) }.joined(separator: "  ")) }
        }
    }

    static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { $0.properties.generalCategory == .control ? "?" : $0 }))
    }
}
