import Certificate

/// The text of one cell.
struct CellText {
    let text: String
    /// The first character that no value may hold (`TextFlaw.hidden`): among others a byte order mark, which stands where files were put
    /// together, and U+FFFD, which stands where the source itself has already lost one.
    let firstHidden: HiddenCharacter?

    /// - Parameter range: whole characters of valid UTF-8.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>) {
        let isClean = !TextFlaw.maySoil(bytes, range)
        text = bytes.extracting(range).withUnsafeBufferPointer { String(decoding: $0, as: UTF8.self) }
        firstHidden = isClean ? nil : TextFlaw.firstHidden(in: text).map { HiddenCharacter(scalar: $0, position: $1) }
    }

    private init() {
        text = ""
        firstHidden = nil
    }

    /// Without text.
    static let empty = CellText()

    /// As above; no text where nothing but white space stands.
    ///
    /// - Parameter trim: whether white space at both ends goes.
    init(_ bytes: Span<UInt8>, _ range: Range<Int>, trim: Bool) {
        let trimmed = Self.trim(bytes, range)
        if trimmed.isEmpty { self.init() } else { self.init(bytes, trim ? trimmed : range) }
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
}

/// A character that no value may hold, and where it stands in its cell.
struct HiddenCharacter: Equatable {
    let scalar: Unicode.Scalar
    /// Counted in characters, from 1.
    let position: Int
}
