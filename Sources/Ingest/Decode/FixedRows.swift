import Certificate

/// The lines of a file with fixed columns, one at a time. Holds the text of one line and what was read with it.
///
/// Positions count characters, which in an encoding of one byte a character are bytes. What a line is too short for is blank: exports cut off
/// blanks at its end.
struct FixedRows: ~Copyable, TableRows {
    private var source: SourceText
    private var text: [UInt8] = []
    /// Where the current line and its end stand in the text.
    private var lineStart = 0
    private var lineEnd = 0
    /// Behind the line end.
    private var lineBehind = 0
    /// Where each column of the current line stands in the text.
    private var fields: [Range<Int>] = []
    private var length = 0
    private let columns: [ClosedRange<Int>]
    private let layout: FixedLayout
    private let trailer: [UInt8]
    private let rowLimit: Int
    private var hasTrailer = false
    private(set) var number = 0
    private(set) var footer: [UInt8] = []

    /// - Parameter columns: their characters, from 1.
    init(
        _ path: String, _ encoding: TextEncoding, _ layout: FixedLayout, _ columns: [ClosedRange<Int>], _ limits: Profile.Limits,
        chunkSize: Int
    ) throws(FileRejection) {
        source = try SourceText(path: path, encoding: encoding, limit: limits.fileBytes, chunkSize: chunkSize)
        self.layout = layout
        self.columns = columns
        trailer = Array((layout.trailer ?? "").utf8)
        rowLimit = limits.rowBytes
    }

    var byteOrderMark: [UInt8] { source.byteOrderMark }

    mutating func next() throws(FileRejection) -> Bool {
        while try nextLine() {
            if hasTrailer {
                try readBehindTrailer()
            } else if !trailer.isEmpty, text[lineStart..<lineEnd].starts(with: trailer) {
                hasTrailer = true
                footer = receivedBytes()
            } else {
                cut()
                return true
            }
        }
        guard trailer.isEmpty || hasTrailer else {
            throw FileRejection(
                .trailer, row: number, "The file ends without the record that begins with '\(layout.trailer ?? "")'.",
                remedy: "The file was cut off: send it again, complete. If it has no such record, take 'trailer' out of the settings.")
        }
        return false
    }

    private mutating func readBehindTrailer() throws(FileRejection) {
        guard isBlankRow else {
            throw FileRejection(
                .trailer, row: number, "There are lines behind the record that begins with '\(layout.trailer ?? "")'.",
                remedy: "Drop one export a file, and end it with that record.")
        }
        footer += receivedBytes()
    }

    /// A line of the header, as received; nil at the end of the file.
    mutating func headerLine() throws(FileRejection) -> [UInt8]? { try nextLine() ? receivedBytes() : nil }

    var isBlankRow: Bool { isBlank(lineStart..<lineEnd) }

    func misfit(width: Int) -> Finding? {
        guard let expected = layout.recordLength, length != expected else { return nil }
        return RowFinding.recordLength(length, expected: expected, row: number)
    }

    func flaws(_ name: (Int) -> String) -> [Finding] { [] }

    func isBlank(at index: Int) -> Bool { isBlank(fields[index]) }

    func cell(at index: Int, trim: Bool) -> CellText {
        let trimmed = CellText.trim(text.span, fields[index])
        return trimmed.isEmpty ? CellText(text: "", intruder: nil) : CellText(text.span, trim ? trimmed : fields[index])
    }

    func receivedBytes() -> [UInt8] { source.form.encode(text[lineStart..<lineBehind]) }

    private func isBlank(_ range: Range<Int>) -> Bool { CellText.trim(text.span, range).isEmpty }

    // MARK: Lines

    private mutating func nextLine() throws(FileRejection) -> Bool {
        lineStart = lineBehind
        var position = lineBehind
        while true {
            while position < text.count, text[position] != 0x0A, text[position] != 0x0D { position += 1 }
            // Behind CR there may be an LF that isn't read yet.
            if position < text.count, text[position] == 0x0A || position + 1 < text.count { break }
            let seen = position - lineStart
            guard seen <= rowLimit else { throw longLine() }
            text.removeSubrange(..<lineStart)
            lineStart = 0
            position = seen
            if try !source.append(to: &text) { break }
        }
        lineEnd = position
        guard lineEnd < text.count else {
            lineBehind = lineEnd
            guard lineEnd > lineStart else { return false }
            number += 1
            return true
        }
        lineBehind = position + (text[position] == 0x0D && position + 1 < text.count && text[position + 1] == 0x0A ? 2 : 1)
        number += 1
        guard lineBehind - lineStart <= rowLimit else { throw longLine() }
        return true
    }

    private func longLine() -> FileRejection {
        FileRejection(.longRow, row: number, "The line is longer than \(rowLimit) bytes.", remedy: "Check the line ends of the file.")
    }

    /// Finds the columns in the line.
    private mutating func cut() {
        fields.removeAll(keepingCapacity: true)
        let isASCII = !text[lineStart..<lineEnd].contains { $0 >= 0x80 }
        if isASCII {
            length = lineEnd - lineStart
            for column in columns {
                let start = min(column.lowerBound - 1, length)
                fields.append(lineStart + start..<lineStart + max(start, min(column.upperBound, length)))
            }
            return
        }
        // Where each character begins, and the end.
        var starts: [Int] = []
        for index in lineStart..<lineEnd where text[index] & 0xC0 != 0x80 { starts.append(index) }
        length = starts.count
        starts.append(lineEnd)
        for column in columns {
            let start = min(column.lowerBound - 1, length)
            fields.append(starts[start]..<starts[max(start, min(column.upperBound, length))])
        }
    }
}

extension TableReader where Rows == FixedRows {
    /// Opens a file with fixed columns and reads the lines before its records.
    static func open(
        _ path: String, _ profile: Profile, _ layout: FixedLayout, chunkSize: Int
    ) throws(FileRejection) -> TableReader {
        var columns: [ClosedRange<Int>] = []
        for case .positions(let range) in profile.mapping.map(\.column) { columns.append(range) }
        var rows = try FixedRows(path, profile.encoding, layout, columns, profile.limits, chunkSize: chunkSize)
        var start = TableStart(width: columns.count, header: rows.byteOrderMark)
        start.names = profile.mapping.map(\.column.description)
        for _ in 0..<layout.headerLines {
            guard let line = try rows.headerLine() else { break }
            start.header += line
        }
        return try TableReader(rows, start, profile)
    }
}
