/// One number in the lexical form of `xs:decimal` (XML Schema part 2, 3.2.3): sign, digits, point; no exponent.
struct DecimalLiteral {
    private(set) var isNegative = false
    private(set) var hasPoint = false
    /// The digits before the point without leading zeros, which don't count.
    private(set) var integerDigits = 0
    /// The digits behind the point without trailing zeros, which don't count.
    private(set) var fractionDigits = 0
    /// All those digits as one number, while they are at most `capacity`.
    private var digits = 0

    /// So many digits fit `Int` for certain.
    private static let capacity = 18

    /// - Returns: nil when the text is no such number.
    init?(_ text: String) {
        var hasDigit = false
        var heldZeros = 0
        for (offset, character) in text.utf8.enumerated() {
            switch character {
            case UInt8(ascii: "0")...UInt8(ascii: "9"):
                hasDigit = true
                append(Int(character - UInt8(ascii: "0")), &heldZeros)
            case UInt8(ascii: "."):
                guard !hasPoint else { return nil }
                hasPoint = true
            case UInt8(ascii: "-"), UInt8(ascii: "+"):
                guard offset == 0 else { return nil }
                isNegative = character == UInt8(ascii: "-")
            default: return nil
            }
        }
        guard hasDigit else { return nil }
    }

    /// The value times ten to the power of `fractionDigits`; nil when it has more such digits or more than 18 altogether.
    func scaled(fractionDigits: Int) -> Int? {
        guard self.fractionDigits <= fractionDigits, integerDigits + fractionDigits <= Self.capacity else { return nil }
        var value = digits
        for _ in self.fractionDigits..<fractionDigits { value *= 10 }
        return isNegative ? -value : value
    }

    /// Zeros behind the point are held back until another digit shows that they count.
    private mutating func append(_ digit: Int, _ heldZeros: inout Int) {
        if !hasPoint {
            guard digit > 0 || integerDigits > 0 else { return }
            integerDigits += 1
            shift(by: 1, adding: digit)
        } else if digit == 0 {
            heldZeros += 1
        } else {
            fractionDigits += heldZeros + 1
            shift(by: heldZeros + 1, adding: digit)
            heldZeros = 0
        }
    }

    private mutating func shift(by count: Int, adding digit: Int) {
        guard integerDigits + fractionDigits <= Self.capacity else { return }
        for _ in 0..<count { digits *= 10 }
        digits += digit
    }
}
