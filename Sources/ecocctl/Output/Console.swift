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

    /// A table with aligned columns, which fits the terminal where it can; elsewhere a row is a line, for `grep` and `awk`. Control
    /// characters of foreign text are shown as `?`.
    static func table(_ header: [String], _ rows: [[String]], breaksWords: Bool = false) {
        let table = TextTable(header: header, rows: rows, breaksWords: breaksWords)
        for line in table.lines(width: TextWidth.terminal) { self.line(line) }
    }

    /// Sentences that programs look for, too: broken into lines on a terminal only. Line ends in the text stay.
    static func sentences(_ text: String) {
        for part in text.split(separator: "\n", omittingEmptySubsequences: false) {
            guard let width = TextWidth.terminal else {
                line(visible(String(part)))
                continue
            }
            for line in TextWidth.wrap(visible(String(part)), to: min(width, TextWidth.widest)) { self.line(line) }
        }
    }

    /// Running text, broken into lines.
    static func text(_ text: String, first: String = "", rest: String = "") {
        for line in TextWidth.wrap(visible(text), first: first, rest: rest) { self.line(line) }
    }

    /// Foreign text without what a terminal would obey or not show: control characters, and those that turn the direction of text.
    static func visible(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.map { isSeen($0) ? $0 : "?" }))
    }

    private static func isSeen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}
