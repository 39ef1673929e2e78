/// An exact decimal number as text: no binary fraction ever stands in for it.
struct DecimalNumber: Equatable {
    /// What goes wrong with a text that is to be a number.
    enum Problem: Error, Equatable {
        case notANumber
        /// A thousands separator stands elsewhere than between groups of three digits.
        case misplacedSeparator
    }

    /// How the source writes numbers.
    struct Notation: Equatable {
        var decimalComma = false
        var thousandsSeparator: Unicode.Scalar?
    }

    /// More digits than any certificate holds; keeps the arithmetic short.
    static let maximumDigits = 60

    private var isNegative: Bool
    /// The digits, most significant first, without leading zeros but for the one before the point.
    private var digits: [UInt8]
    /// How many of `digits` stand behind the point.
    private var fractionCount: Int

    /// Reads digits with an optional sign in front or behind (`125-`) and an optional fraction.
    init(_ text: String, _ notation: Notation = Notation()) throws(Problem) {
        var scalars = Array(text.unicodeScalars)[...]
        var sign: Unicode.Scalar?
        if let first = scalars.first, first == "-" || first == "+" {
            sign = scalars.removeFirst()
        } else if let last = scalars.last, last == "-" || last == "+" {
            sign = scalars.removeLast()
        }
        let point: Unicode.Scalar = notation.decimalComma ? "," : "."
        let parts = scalars.split(separator: point, maxSplits: 1, omittingEmptySubsequences: false)
        guard let whole = parts.first else { throw .notANumber }
        let wholeDigits = try Self.wholeDigits(whole, notation)
        let fractionDigits = parts.count > 1 ? try Self.digits(parts[1]) : []
        guard parts.count == 1 || !fractionDigits.isEmpty, !wholeDigits.isEmpty || !fractionDigits.isEmpty,
            wholeDigits.count + fractionDigits.count <= Self.maximumDigits
        else { throw .notANumber }
        isNegative = sign == "-"
        digits = wholeDigits + fractionDigits
        fractionCount = fractionDigits.count
        dropLeadingZeros()
    }

    private static func wholeDigits(
        _ text: ArraySlice<Unicode.Scalar>, _ notation: Notation
    ) throws(Problem) -> [UInt8] {
        guard let separator = notation.thousandsSeparator, text.contains(where: { isSeparator($0, separator) }) else {
            return try digits(text)
        }
        let groups = text.split(omittingEmptySubsequences: false) { isSeparator($0, separator) }
        var all: [UInt8] = []
        for (index, group) in groups.enumerated() {
            let digits = try digits(group)
            guard index == 0 ? 1...3 ~= digits.count : digits.count == 3 else { throw .misplacedSeparator }
            all += digits
        }
        return all
    }

    /// A space stands for every kind of space, an apostrophe for the typographic one too.
    private static func isSeparator(_ scalar: Unicode.Scalar, _ separator: Unicode.Scalar) -> Bool {
        switch separator {
        case " ": scalar == " " || scalar == "\u{A0}" || scalar == "\u{2009}" || scalar == "\u{202F}"
        case "'": scalar == "'" || scalar == "\u{2019}"
        default: scalar == separator
        }
    }

    private static func digits(_ text: ArraySlice<Unicode.Scalar>) throws(Problem) -> [UInt8] {
        var digits: [UInt8] = []
        for scalar in text {
            guard "0"..."9" ~= scalar else { throw .notANumber }
            digits.append(UInt8(scalar.value - 0x30))
        }
        return digits
    }

    private mutating func dropLeadingZeros() {
        while digits.count <= fractionCount { digits.insert(0, at: 0) }
        while digits.count > fractionCount + 1, digits.first == 0 { digits.removeFirst() }
    }

    var isZero: Bool { digits.allSatisfy { $0 == 0 } }

    /// The exact product.
    func multiplied(by other: DecimalNumber) -> DecimalNumber {
        var product = [UInt8](repeating: 0, count: digits.count + other.digits.count)
        for (place, left) in digits.enumerated().reversed() {
            var carry: UInt8 = 0
            for (otherPlace, right) in other.digits.enumerated().reversed() {
                // At most 9 + 9 * 9 + 9 = 99.
                let sum = product[place + otherPlace + 1] + left * right + carry
                product[place + otherPlace + 1] = sum % 10
                carry = sum / 10
            }
            product[place] += carry
        }
        var result = self
        result.isNegative = isNegative != other.isNegative
        result.digits = product
        result.fractionCount = fractionCount + other.fractionCount
        result.dropLeadingZeros()
        return result
    }

    /// The same number without zeros at the end of its fraction.
    func withoutTrailingZeros() -> DecimalNumber {
        var result = self
        while result.fractionCount > 0, result.digits.last == 0 {
            result.digits.removeLast()
            result.fractionCount -= 1
        }
        return result
    }

    /// The same number as a whole number where its fraction is zero, otherwise unchanged.
    func wholeWherePossible() -> DecimalNumber {
        let short = withoutTrailingZeros()
        return short.fractionCount == 0 ? short : self
    }

    /// The number as `xs:decimal`, with a point.
    var text: String {
        var bytes: [UInt8] = isNegative && !isZero ? [0x2D] : []
        for (index, digit) in digits.enumerated() {
            if index == digits.count - fractionCount { bytes.append(0x2E) }
            bytes.append(0x30 + digit)
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
