/// The text of one cell.
struct CellText {
    let text: String
    /// The first character that no value may hold: a control character but tab, CR and LF, a non-character, a byte order mark, which stands
    /// where files were put together, or U+FFFD, which stands where the source itself has already lost one.
    let intruder: Unicode.Scalar?

    init(text: String, intruder: Unicode.Scalar?) {
        self.text = text
        self.intruder = intruder
    }

    /// - Parameter range: whole characters of valid UTF-8.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let isClean = !Self.maySoil(bytes, range)
        text = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        intruder = isClean ? nil : text.unicodeScalars.first(where: Self.isIntruder)
    }

    /// As above; no text where nothing but white space stands.
    ///
    /// - Parameter trim: whether white space at both ends goes.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>, trim: Bool) {
        let trimmed = Self.trim(bytes, range)
        if trimmed.isEmpty { self.init(text: "", intruder: nil) } else { self.init(bytes, trim ? trimmed : range) }
    }

    /// `range` without spaces, tabs, line ends and no-break spaces at both ends.
    static func trim(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var (start, end) = (range.lowerBound, range.upperBound)
        while start < end {
            if isSpace(bytes[start]) {
                start += 1
            } else if end - start >= 2, bytes[start] == 0xC2, bytes[start + 1] == 0xA0 {
                start += 2
            } else {
                break
            }
        }
        while end > start {
            if isSpace(bytes[end - 1]) {
                end -= 1
            } else if end - start >= 2, bytes[end - 1] == 0xA0, bytes[end - 2] == 0xC2 {
                end -= 2
            } else {
                break
            }
        }
        return start..<end
    }

    @inline(__always)
    private static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || 0x09...0x0D ~= byte && byte != 0x0B && byte != 0x0C }

    /// Whether a byte is there that only intruders have, or the lead byte of one.
    @inline(__always)
    private static func maySoil(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        for index in range {
            let byte = bytes[index]
            if byte < 0x20 || byte == 0x7F || byte == 0xC2 || byte == 0xEF || byte >= 0xF0 { return true }
        }
        return false
    }

    private static func isIntruder(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x09, 0x0A, 0x0D: false
        case ..<0x20, 0x7F...0x9F, 0xFEFF, 0xFFFD, 0xFDD0...0xFDEF: true
        case let value: value & 0xFFFE == 0xFFFE
        }
    }
}
