import Linux

/// Looks whether delimited text ends where a row ends.
struct CSVEnding {
    private let dialect: CSVDialect
    private let profile: Profile
    private static let chunkSize = 256 << 10

    init(_ dialect: CSVDialect, _ profile: Profile) {
        self.dialect = dialect
        self.profile = profile
    }

    func check(_ file: borrowing Descriptor, size: Int) throws(SystemError) -> StructuralState {
        guard let pieces = try TextPieces(file, profile.encoding) else { return .complete }
        if try looksComplete(file, pieces.form, size: size) { return .complete }
        return try scan(file, pieces)
    }

    /// The common case, at the speed of reading: LF at the end and an even number of quotes.
    private func looksComplete(_ file: borrowing Descriptor, _ form: TextForm, size: Int) throws(SystemError) -> Bool {
        if case .utf16 = form { return false }
        var last: [UInt8] = [0]
        guard try file.read(into: &last, at: size - 1) == 1, last[0] == 0x0A else { return false }
        guard let quote = dialect.quote.map({ UInt8(truncatingIfNeeded: $0.value) }) else { return true }
        var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
        var offset = 0
        var quotes = 0
        while case let got = try file.read(into: &chunk, at: offset), got > 0 {
            chunk.withUnsafeBufferPointer { bytes in
                for byte in bytes[..<got] { quotes += byte == quote ? 1 : 0 }
            }
            offset += got
        }
        return quotes % 2 == 0
    }

    /// The exact answer: cuts the whole file into rows.
    private func scan(_ file: borrowing Descriptor, _ pieces: TextPieces) throws(SystemError) -> StructuralState {
        var scanner = CSVScanner(dialect)
        var first: Int?
        var endsWithPair: Bool?
        let end = try pieces.read(file) { text in
            while scanner.scan(text) {
                first = first ?? scanner.fields.count
                let end = scanner.position
                endsWithPair = text[end - 1] == 0x0A && end >= 2 && text[end - 2] == 0x0D
                scanner.startRow()
            }
            text.removeSubrange(..<scanner.rowStart)
            scanner.dropText(before: scanner.rowStart)
            return text.count <= profile.limits.rowBytes
        }
        switch end {
        case .undecodable, .unfilled, .stopped: return .complete
        case .cut: return .incomplete(reason: "ends inside a character")
        case .whole: return state(&scanner, width: first, endsWithPair)
        }
    }

    /// - Parameters:
    ///   - width: fields of the first row; nil where no row is whole.
    ///   - endsWithPair: whether the last whole row ends with CRLF.
    private func state(_ scanner: inout CSVScanner, width: Int?, _ endsWithPair: Bool?) -> StructuralState {
        let ending = scanner.isBehindCarriageReturn ? LineEnding(afterCarriageReturn: endsWithPair) : .missing
        switch scanner.finish() {
        case .nothing: return .complete
        case .openQuote: return .incomplete(reason: "ends inside a quoted field")
        case .row: break
        }
        if ending == .missing {
            let count = scanner.fields.count
            if let width, count < width { return .incomplete(reason: "ends in a row with \(count) of \(width) fields") }
            if width == nil, dialect.hasHeader || profile.lastLineEnd == .required { return .incomplete(reason: "ends in its first row") }
        }
        return ending.flaw(profile.lastLineEnd).map { .incomplete(reason: $0) } ?? .complete
    }
}
