import Certificate

/// The lines of a file with fixed columns, one at a time.
///
/// Positions count characters, which in an encoding of one byte a character are bytes. What a line is too short for is blank: exports cut off
/// blanks at its end.
struct FixedRows: ~Copyable, TableRows {
    private var lines: TextLines
    /// Where each column of the current line stands in the text.
    private var fields: [Range<Int>] = []
    /// Characters of the current line.
    private var length = 0
    private let columns: [ClosedRange<Int>]
    private let layout: FixedLayout
    private let trailer: [UInt8]
    private var hasTrailer = false
    private(set) var footer: [UInt8] = []

    /// - Parameter columns: their characters, from 1.
    init(_ lines: consuming TextLines, _ layout: FixedLayout, _ columns: [ClosedRange<Int>]) {
        self.lines = lines
        self.layout = layout
        self.columns = columns
        trailer = Array((layout.trailer ?? "").utf8)
    }

    var number: Int { lines.number }

    mutating func next() throws(FileRejection) -> Bool {
        while try lines.next() {
            if hasTrailer {
                try readBehindTrailer()
            } else if !trailer.isEmpty, lines.text[lines.line].starts(with: trailer) {
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

    var isBlankRow: Bool { lines.isBlank }

    func misfit(width: Int) -> Finding? {
        guard let expected = layout.recordLength, length != expected else { return nil }
        return RowFinding.recordLength(length, expected: expected, row: number)
    }

    func flaws(_ name: (Int) -> String) -> [Finding] { [] }

    func isBlank(at index: Int) -> Bool { CellText.trim(lines.text.span, fields[index]).isEmpty }

    func cell(at index: Int, trim: Bool) -> CellText { CellText(lines.text.span, fields[index], trim: trim) }

    func receivedBytes() -> [UInt8] { lines.receivedBytes() }

    /// Finds the columns in the line.
    private mutating func cut() {
        let text = lines.text, line = lines.line
        fields.removeAll(keepingCapacity: true)
        guard text[line].contains(where: { $0 >= 0x80 }) else {
            length = line.count
            for column in columns {
                let (start, end) = place(column)
                fields.append(line.lowerBound + start..<line.lowerBound + end)
            }
            return
        }
        // Where each character begins, and the end.
        var starts: [Int] = []
        for index in line where text[index] & 0xC0 != 0x80 { starts.append(index) }
        length = starts.count
        starts.append(line.upperBound)
        for column in columns {
            let (start, end) = place(column)
            fields.append(starts[start]..<starts[end])
        }
    }

    /// The characters of a column in the current line, from 0.
    private func place(_ column: ClosedRange<Int>) -> (start: Int, end: Int) {
        (min(column.lowerBound - 1, length), min(column.upperBound, length))
    }
}

extension TableReader where Rows == FixedRows {
    /// Opens a file with fixed columns and reads the lines before its records.
    static func open(
        _ path: String, _ profile: Profile, _ layout: FixedLayout, chunkSize: Int
    ) throws(FileRejection) -> TableReader {
        var columns: [ClosedRange<Int>] = []
        for case .positions(let range) in profile.mapping.map(\.column) { columns.append(range) }
        var lines = try TextLines(path, profile.encoding, profile.limits, chunkSize: chunkSize)
        var start = TableStart(width: columns.count, header: lines.openingMark)
        start.names = profile.mapping.map(\.column.description)
        for _ in 0..<layout.headerLines {
            guard try lines.next() else { break }
            start.header += lines.receivedBytes()
        }
        return try TableReader(FixedRows(lines, layout, columns), start, profile)
    }
}
