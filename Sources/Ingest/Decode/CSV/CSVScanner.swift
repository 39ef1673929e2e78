/// One field of a row: where its text stands, counted from the row's first byte, without its quotes.
struct CSVField: Equatable {
    var start: UInt32
    var end: UInt32
    var isQuoted = false
    /// A quote in the text is written twice.
    var hasDoubledQuotes = false
    /// Text stands between the closing quote and the delimiter; it is part of the field, the closing quote too.
    var hasTextBehindQuote = false
}

/// Cuts UTF-8 text into rows and fields (RFC 4180). Stops where the text ends and goes on when there is more.
///
/// A quote only opens a field at its very start; elsewhere in an unquoted field it is a character like others (`15" wheels`).
struct CSVScanner {
    /// Where the row being read begins in the text.
    private(set) var rowStart = 0
    /// The first byte that has not been looked at; behind a whole row, the start of the next.
    private(set) var position = 0
    private(set) var fields: [CSVField] = []
    private var state = State.fieldStart
    private var field = CSVField(start: 0, end: 0)
    private let quote: UInt8?
    private let delimiter: [UInt8]
    private let delimiterLead: UInt8

    private enum State {
        case fieldStart, unquoted, quoted
        /// Behind a quote inside a quoted field: the closing one, or the first of two.
        case quoteSeen
        /// Behind the CR of a line end: an LF belongs to it.
        case carriageReturn
        case rowEnd
    }

    enum End: Equatable {
        case row, nothing, openQuote
    }

    init(_ dialect: CSVDialect) {
        quote = dialect.quote.map { UInt8(truncatingIfNeeded: $0.value) }
        delimiter = Array(String(Character(dialect.delimiter)).utf8)
        delimiterLead = delimiter[0]
    }

    /// Whether the row being read stands inside a quoted field.
    var isInsideQuote: Bool { state == .quoted }

    /// Whether the text ended behind a CR that ends the row: all of its line end, or half of it.
    var isBehindCarriageReturn: Bool { state == .carriageReturn }

    mutating func startRow() {
        rowStart = position
        fields.removeAll(keepingCapacity: true)
        state = .fieldStart
    }

    /// The text before the row has been dropped.
    mutating func dropText(before count: Int) {
        rowStart -= count
        position -= count
    }

    /// Goes on from `position`.
    ///
    /// - Parameter limit: a row that is longer is followed to the first byte beyond, and no further, however much of it is there.
    /// - Returns: true when a row is whole; false when the text ended first.
    mutating func scan(_ bytes: [UInt8], limit: Int = .max) -> Bool {
        let (bound, isBeyond) = (rowStart + 1).addingReportingOverflow(limit)
        let text = bytes.span.extracting(0..<(isBeyond ? bytes.count : min(bytes.count, bound)))
        while position < text.count {
            switch state {
            case .fieldStart: startField(text[position])
            case .unquoted: scanUnquoted(text)
            case .quoted: scanQuoted(text)
            case .quoteSeen: readBehindQuote(text)
            case .carriageReturn:
                if text[position] == 0x0A { position += 1 }
                state = .rowEnd
                return true
            case .rowEnd: return true
            }
            if state == .rowEnd { return true }
        }
        return false
    }

    /// Closes the row at the end of the file.
    mutating func finish() -> End {
        switch state {
        case .quoted: return .openQuote
        case .fieldStart:
            guard !fields.isEmpty else { return .nothing }
            field = CSVField(start: offset(position), end: 0)
            endField(at: position)
        case .unquoted: endField(at: position)
        case .quoteSeen: endField(at: position - 1)
        case .carriageReturn, .rowEnd: break
        }
        state = .rowEnd
        return .row
    }

    private func offset(_ index: Int) -> UInt32 { UInt32(truncatingIfNeeded: index - rowStart) }

    @inline(__always)
    private mutating func startField(_ byte: UInt8) {
        if byte == quote {
            position += 1
            field = CSVField(start: offset(position), end: 0, isQuoted: true)
            state = .quoted
        } else {
            field = CSVField(start: offset(position), end: 0)
            state = .unquoted
        }
    }

    @inline(__always)
    private mutating func scanUnquoted(_ text: Span<UInt8>) {
        var index = position
        while index < text.count {
            let byte = text[index]
            if byte == delimiterLead || byte == 0x0A || byte == 0x0D, readSeparator(text, at: index, endOfField: index) { return }
            index += 1
        }
        position = index
    }

    @inline(__always)
    private mutating func scanQuoted(_ text: Span<UInt8>) {
        var index = position
        while index < text.count {
            if text[index] == quote {
                position = index + 1
                state = .quoteSeen
                return
            }
            index += 1
        }
        position = index
    }

    private mutating func readBehindQuote(_ text: Span<UInt8>) {
        if text[position] == quote {
            field.hasDoubledQuotes = true
            position += 1
            state = .quoted
        } else if !readSeparator(text, at: position, endOfField: position - 1) {
            field.hasTextBehindQuote = true
            state = .unquoted
        }
    }

    /// Ends the field if a delimiter or line end begins at `index`.
    @inline(__always)
    private mutating func readSeparator(_ text: Span<UInt8>, at index: Int, endOfField: Int) -> Bool {
        switch text[index] {
        case 0x0A: state = .rowEnd
        case 0x0D: state = .carriageReturn
        default:
            guard isDelimiter(text, at: index) else { return false }
            endField(at: endOfField)
            position = index + delimiter.count
            state = .fieldStart
            return true
        }
        endField(at: endOfField)
        position = index + 1
        return true
    }

    /// Text ends at whole characters, so a delimiter is never cut.
    @inline(__always)
    private func isDelimiter(_ text: Span<UInt8>, at index: Int) -> Bool {
        guard text[index] == delimiterLead else { return false }
        for offset in 1..<delimiter.count where index + offset >= text.count || text[index + offset] != delimiter[offset] { return false }
        return true
    }

    @inline(__always)
    private mutating func endField(at index: Int) {
        field.end = offset(index)
        fields.append(field)
    }
}
