/// The regular expressions of the schema, each matched by hand: they run on every record.
enum TextPattern: String {
    case capitalsAndDigits = "[A-Z0-9]+"
    case randomIdentifier = "[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-4[0-9a-fA-F]{3}-[89abAB][0-9a-fA-F]{3}-[0-9a-fA-F]{12}"

    func matches(_ text: String) -> Bool {
        switch self {
        case .capitalsAndDigits: !text.isEmpty && text.utf8.allSatisfy(Self.isCapitalOrDigit)
        case .randomIdentifier: text.utf8.count == 36 && zip(text.utf8, 0...).allSatisfy { Self.isIdentifierByte($0, at: $1) }
        }
    }

    /// What a text that doesn't match lacks, to follow the text in a sentence.
    var expectation: String {
        switch self {
        case .capitalsAndDigits: "holds more than A-Z and 0-9"
        case .randomIdentifier: "isn't a UUID of version 4, such as 6fa459ea-ee8a-4ca4-894e-db77e160355e"
        }
    }

    private static func isCapitalOrDigit(_ byte: UInt8) -> Bool { isDigit(byte) || UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    private static func isHexadecimal(_ byte: UInt8) -> Bool { isDigit(byte) || UInt8(ascii: "a")...UInt8(ascii: "f") ~= byte | 0x20 }

    /// RFC 9562: hyphens in four places, the version 4 at 14 and the variant at 19.
    private static func isIdentifierByte(_ byte: UInt8, at offset: Int) -> Bool {
        switch offset {
        case 8, 13, 18, 23: byte == UInt8(ascii: "-")
        case 14: byte == UInt8(ascii: "4")
        case 19:
            byte == UInt8(ascii: "8") || byte == UInt8(ascii: "9") || byte | 0x20 == UInt8(ascii: "a") || byte | 0x20 == UInt8(ascii: "b")
        default: isHexadecimal(byte)
        }
    }
}
