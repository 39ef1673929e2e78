/// One number in the lexical form of `xs:decimal` (XML Schema part 2, 3.2.3): sign, digits, point; no exponent.
struct DecimalLiteral {
    let isNegative: Bool
    let hasPoint: Bool
    /// The digits without leading zeros before and trailing zeros behind the point, which don't count.
    private let integer: Substring.UTF8View
    private let fraction: Substring.UTF8View

    var integerDigits: Int { integer.count }
    var fractionDigits: Int { fraction.count }

    /// - Returns: nil when the text is no such number.
    init?(_ text: String) {
        var rest = text[...].utf8
        isNegative = rest.first == UInt8(ascii: "-")
        if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
        let whole = rest.prefix(while: Self.isDigit)
        rest = rest.dropFirst(whole.count)
        hasPoint = rest.first == UInt8(ascii: ".")
        let part = hasPoint ? rest.dropFirst() : rest
        guard part.allSatisfy(Self.isDigit), !whole.isEmpty || !part.isEmpty else { return nil }
        integer = whole.drop { $0 == UInt8(ascii: "0") }
        fraction = part.prefix(part.count - part.reversed().prefix { $0 == UInt8(ascii: "0") }.count)
    }

    /// The value times ten to the power of `fractionDigits`; nil when it has more such digits or more than 18 altogether.
    func scaled(fractionDigits: Int) -> Int? {
        guard self.fractionDigits <= fractionDigits, integerDigits + fractionDigits <= 18 else { return nil }
        var value = 0
        for digit in integer { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
        for digit in fraction { value = value * 10 + Int(digit - UInt8(ascii: "0")) }
        for _ in self.fractionDigits..<fractionDigits { value *= 10 }
        return isNegative ? -value : value
    }

    private static func isDigit(_ character: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= character }
}
