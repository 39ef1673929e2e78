/// What nobody sees in a text and a computer does: a character without a shape, or a letter that only looks like the right one.
public enum TextFlaw: Sendable, Equatable {
    /// A control character, line break, tab, zero-width or direction-changing character, or one that stands for no character at all.
    case hidden(Unicode.Scalar, position: Int)
    /// A letter or digit of another script than those around it.
    case foreign(ForeignLetter)

    /// What kind of text it is.
    public enum Kind: Sendable {
        /// In a language, perhaps in Bulgarian or Greek: a word is in one script, whichever that is.
        case language
        /// Numbers, codes and designations, which are made of Latin letters.
        case designation
    }

    /// The first flaw: any hidden character goes before letters. Nearly all text is decided by one pass over its bytes.
    public static func first(in text: String, _ kind: Kind) -> TextFlaw? {
        var text = text
        guard text.withUTF8({ maySoil($0.span, 0..<$0.count) }) else { return nil }
        if let (scalar, position) = firstHidden(in: text) { return .hidden(scalar, position: position) }
        return ForeignLetter.first(in: text, kind).map { .foreign($0) }
    }

    /// The first hidden character, and its position from 1.
    public static func firstHidden(in text: String) -> (scalar: Unicode.Scalar, position: Int)? {
        for (offset, scalar) in text.unicodeScalars.enumerated() where isHidden(scalar) { return (scalar, offset + 1) }
        return nil
    }

    /// Whether bytes are there that a flawed text has. False for printable ASCII and the Latin letters below U+0250, by a look at each byte.
    ///
    /// - Parameter range: whole characters of valid UTF-8.
    @inlinable
    public static func maySoil(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Bool {
        var index = range.lowerBound
        while index < range.upperBound {
            let byte = bytes[index]
            if byte >= 0x20 && byte < 0x7F {
                index += 1
            } else if byte >= 0xC3 && byte <= 0xC8 {
                index += 2
            } else {
                return true
            }
        }
        return false
    }

    /// Whether a character has no shape of its own, or no meaning that two systems share.
    public static func isHidden(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E, 0xA0...0xAC, 0xAE...0x24F: return false
        case 0xFFFD: return true
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned, .surrogate: return true
        default: return scalar.properties.isDefaultIgnorableCodePoint
        }
    }

    /// The text with a word in the place of each hidden character: `T⟨U+200B⟩1`. For people, who couldn't see it.
    public static func visible(_ text: String) -> String {
        guard firstHidden(in: text) != nil else { return text }
        return text.unicodeScalars.map { isHidden($0) ? "⟨U+\($0.hexadecimal)⟩" : String($0) }.joined()
    }

    /// What follows the name of the element in a sentence: `holds U+0009 (a tab) at position 4`.
    public var words: String {
        switch self {
        case .hidden(let scalar, let position): "holds \(Self.named(scalar)) at position \(position)"
        case .foreign(let letter): "holds \(letter.words)"
        }
    }

    /// `U+200B (a zero-width space)`: the code point with what it is or does.
    public static func named(_ scalar: Unicode.Scalar) -> String { "U+\(scalar.hexadecimal) (\(meaning(scalar)))" }

    private static func meaning(_ scalar: Unicode.Scalar) -> String {
        switch scalar.value {
        case 0x09: return "a tab"
        case 0x0A, 0x0D, 0x85, 0x2028, 0x2029: return "a line break"
        case 0xAD: return "a soft hyphen"
        case 0x200B: return "a zero-width space"
        case 0x200C, 0x200D, 0x2060: return "a zero-width joiner or non-joiner"
        case 0x61C, 0x200E, 0x200F, 0x202A...0x202E, 0x2066...0x2069: return "which changes the direction of the text"
        case 0xFEFF: return "a byte order mark"
        case 0xFFFD: return "which stands for a character that is already lost"
        default: break
        }
        switch scalar.properties.generalCategory {
        case .control: return "a control character"
        case .privateUse: return "a character for private use"
        case .unassigned: return "which is no character"
        default: return "which has no width"
        }
    }
}
