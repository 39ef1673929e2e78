/// The lines of a text, one at a time. A line ends with CRLF, LF or CR. Holds the text of one line and what was read with it.
struct TextLines: ~Copyable {
    private var source: SourceText
    private(set) var text: [UInt8] = []
    /// Where the current line stands in the text, without its end.
    private(set) var line = 0..<0
    /// Behind the line's end.
    private var behind = 0
    private let limit: Int
    /// Lines given so far: the number of the current one, from 1.
    private(set) var number = 0

    init(_ path: String, _ encoding: TextEncoding, _ limits: Profile.Limits, chunkSize: Int) throws(FileRejection) {
        source = try SourceText(path: path, encoding: encoding, limit: limits.fileBytes, chunkSize: chunkSize)
        limit = limits.rowBytes
    }

    var openingMark: [UInt8] { source.openingMark }

    var isBlank: Bool { CellText.trim(text.span, line).isEmpty }

    /// The line as received, with its end.
    func receivedBytes() -> [UInt8] { source.form.encode(text[line.lowerBound..<behind]) }

    /// Steps to the next line; false at the end of the file.
    mutating func next() throws(FileRejection) -> Bool {
        var start = behind
        var position = behind
        while true {
            position = Self.lineEnd(text.span, from: position)
            // Behind CR there may be an LF that isn't read yet.
            if position < text.count, text[position] == 0x0A || position + 1 < text.count { break }
            guard position - start <= limit else { throw tooLong() }
            text.removeSubrange(..<start)
            position -= start
            start = 0
            if try !source.append(to: &text) { break }
        }
        line = start..<position
        behind = position
        if position < text.count { behind += Self.isPair(text.span, at: position) ? 2 : 1 }
        guard behind > start else { return false }
        guard behind - start <= limit else { throw tooLong() }
        number += 1
        return true
    }

    private static func lineEnd(_ text: Span<UInt8>, from start: Int) -> Int {
        var position = start
        while position < text.count, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
        return position
    }

    private static func isPair(_ text: Span<UInt8>, at position: Int) -> Bool {
        text[position] == 0x0D && position + 1 < text.count && text[position + 1] == 0x0A
    }

    private func tooLong() -> FileRejection {
        FileRejection(.longRow, row: number + 1, "The line is longer than \(limit) bytes.", remedy: "Check the line ends of the file.")
    }
}
