/// The characters that XML 1.0 can carry (section 2.2) and its white space (section 2.3).
enum XMLCharacter {
    /// The first character that no XML 1.0 document can hold, not even as a reference: most control characters, U+FFFE and U+FFFF.
    static func firstForbidden(in text: String) -> Unicode.Scalar? {
        // Nearly all text is free of such bytes, and looking at bytes is cheap.
        guard text.utf8.contains(where: { $0 < 0x20 || $0 == 0xEF }) else { return nil }
        return text.unicodeScalars.first { scalar in
            switch scalar.value {
            case 0x09, 0x0A, 0x0D: false
            case ..<0x20, 0xFFFE, 0xFFFF: true
            default: false
            }
        }
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x09 || byte == 0x0D }
}

extension Unicode.Scalar {
    /// At least four digits, as after `U+`.
    var hexadecimal: String {
        let digits = String(value, radix: 16, uppercase: true)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension String {
    /// Without the XML white space at both ends.
    var trimmingXMLSpace: Substring {
        guard let first = utf8.firstIndex(where: { !XMLCharacter.isSpace($0) }),
            let last = utf8.lastIndex(where: { !XMLCharacter.isSpace($0) })
        else { return "" }
        return self[first...last]
    }
}
