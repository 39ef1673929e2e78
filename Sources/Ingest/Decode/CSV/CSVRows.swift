import Certificate

/// The rows of delimited text, one at a time. Holds the text of one row and what was read with it.
struct CSVRows: ~Copyable, TableRows {
    private var source: SourceText
    private var scanner: CSVScanner
    private var text: [UInt8] = []
    private let rowLimit: Int
    private let quote: UInt8?
    /// Rows given so far: the number of the current one, from 1.
    private(set) var number = 0

    init(path: String, encoding: TextEncoding, dialect: CSVDialect, limits: Profile.Limits, chunkSize: Int) throws(FileRejection) {
        source = try SourceText(path: path, encoding: encoding, limit: limits.fileBytes, chunkSize: chunkSize)
        scanner = CSVScanner(dialect)
        rowLimit = limits.rowBytes
        quote = dialect.quote.map { UInt8(truncatingIfNeeded: $0.value) }
    }

    var form: TextForm { source.form }
    var byteOrderMark: [UInt8] { source.byteOrderMark }
    var openingMark: [UInt8] { source.openingMark }
    var fields: [CSVField] { scanner.fields }

    /// Steps to the next row; false at the end of the file. Empty lines are rows with one empty field.
    mutating func next() throws(FileRejection) -> Bool {
        scanner.startRow()
        while !scanner.scan(text, limit: rowLimit) {
            try checkLength()
            if try !readMore() { return try finish() }
        }
        try checkLength()
        number += 1
        return true
    }

    private mutating func finish() throws(FileRejection) -> Bool {
        switch scanner.finish() {
        case .nothing: return false
        case .openQuote: throw openQuote()
        case .row: break
        }
        number += 1
        return true
    }

    /// The row as received, with its line end.
    func receivedBytes() -> [UInt8] { source.form.encode(text[scanner.rowStart..<scanner.position]) }

    let footer: [UInt8] = []

    var isBlankRow: Bool {
        for field in scanner.fields where !isBlank(field) { return false }
        return true
    }

    func misfit(width: Int) -> Finding? {
        scanner.fields.count == width ? nil : RowFinding.fieldCount(scanner.fields.count, expected: width, row: number)
    }

    func flaws(_ name: (Int) -> String) -> [Finding] {
        var flaws: [Finding] = []
        for (index, field) in scanner.fields.enumerated() where field.hasTextBehindQuote {
            flaws.append(RowFinding.textBehindQuote(cell(field, trim: true).text, column: name(index), row: number))
        }
        return flaws
    }

    func isBlank(at index: Int) -> Bool { isBlank(scanner.fields[index]) }

    func cell(at index: Int, trim: Bool) -> CellText { cell(scanner.fields[index], trim: trim) }

    func isBlank(_ field: CSVField) -> Bool { trimmed(field).isEmpty }

    /// Where the text of a field stands in the row's buffer, without white space at both ends.
    func trimmed(_ field: CSVField) -> Range<Int> {
        CellText.trim(text.span, scanner.rowStart + Int(field.start)..<scanner.rowStart + Int(field.end))
    }

    /// The text of a field and whether it holds a character that no value may hold.
    func cell(_ field: CSVField, trim: Bool) -> CellText {
        let whole = scanner.rowStart + Int(field.start)..<scanner.rowStart + Int(field.end)
        let trimmed = CellText.trim(text.span, whole)
        guard !trimmed.isEmpty else { return .empty }
        let range = trim ? trimmed : whole
        guard field.hasDoubledQuotes, let quote else { return CellText(text.span, range) }
        let single = Self.singleQuotes(text[range], quote)
        return CellText(single.span, 0..<single.count)
    }

    private static func singleQuotes(_ text: ArraySlice<UInt8>, _ quote: UInt8) -> [UInt8] {
        var single: [UInt8] = []
        single.reserveCapacity(text.count)
        var skipsNext = false
        for byte in text {
            if skipsNext, byte == quote {
                skipsNext = false
                continue
            }
            skipsNext = byte == quote
            single.append(byte)
        }
        return single
    }

    private mutating func readMore() throws(FileRejection) -> Bool {
        let done = scanner.rowStart
        if done > 0 {
            text.removeSubrange(..<done)
            scanner.dropText(before: done)
        }
        return try source.append(to: &text)
    }

    private func checkLength() throws(FileRejection) {
        guard scanner.position - scanner.rowStart > rowLimit else { return }
        let cause = scanner.isInsideQuote ? "A quoted field in it is still open: its closing quote seems to be missing." : ""
        throw FileRejection(
            .longRow, row: number + 1, "The row is longer than \(rowLimit) bytes. \(cause)",
            remedy: "Check the quotes of the row, and the line ends of the file.")
    }

    private func openQuote() -> FileRejection {
        FileRejection(
            .unterminatedQuote, row: number + 1, "The file ends inside a quoted field: it was cut off, or a quote is missing.",
            remedy: "Send the file again, complete; write a quote inside a quoted field twice.")
    }
}

extension TableReader where Rows == CSVRows {
    /// Opens delimited text and reads its header.
    static func open(
        _ path: String, _ profile: Profile, _ dialect: CSVDialect, chunkSize: Int
    ) throws(FileRejection) -> TableReader {
        var rows = try CSVRows(path: path, encoding: profile.encoding, dialect: dialect, limits: profile.limits, chunkSize: chunkSize)
        repeat {
            guard try rows.next() else { throw .empty }
        } while rows.isBlankRow
        var start = TableStart(width: rows.fields.count, header: rows.openingMark, hasUnreadRow: !dialect.hasHeader)
        if dialect.hasHeader {
            for index in 0..<start.width { start.names.append(rows.cell(at: index, trim: true).text) }
            start.header += rows.receivedBytes()
        }
        return try TableReader(rows, start, profile)
    }
}
