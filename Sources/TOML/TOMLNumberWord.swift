/// A word that must be a number: TOML 1.0, "Integer" and "Float".
struct TOMLNumberWord {
    private let word: ArraySlice<UInt8>

    init(_ word: ArraySlice<UInt8>) { self.word = word }

    func content() throws(WordProblem) -> TOMLValue.Content {
        let isSigned = word.first == UInt8(ascii: "+") || word.first == UInt8(ascii: "-")
        let isNegative = word.first == UInt8(ascii: "-")
        let body = word.dropFirst(isSigned ? 1 : 0)
        if body.elementsEqual("inf".utf8) { return .float(isNegative ? -.infinity : .infinity) }
        if body.elementsEqual("nan".utf8) { return .float(.nan) }
        guard let first = body.first, 0x30...0x39 ~= first else { throw .noValue }
        if first == 0x30, let mark = body.dropFirst().first, let radix = Self.radix(mark) {
            guard !isSigned else { throw .said("a number in base \(radix) has no sign") }
            return .integer(try Self.integer(body.dropFirst(2), radix: radix, isNegative: false))
        }
        guard body.contains(where: { $0 == UInt8(ascii: ".") || $0 | 0x20 == UInt8(ascii: "e") }) else {
            try Self.checkLeadingZero(body)
            return .integer(try Self.integer(body, radix: 10, isNegative: isNegative))
        }
        return .float(try float(body, isNegative))
    }

    private static func radix(_ mark: UInt8) -> Int64? {
        switch mark {
        case UInt8(ascii: "x"): 16
        case UInt8(ascii: "o"): 8
        case UInt8(ascii: "b"): 2
        default: nil
        }
    }

    private static func integer(_ text: ArraySlice<UInt8>, radix: Int64, isNegative: Bool) throws(WordProblem) -> Int64 {
        var value: Int64 = 0
        try digits(text, radix: radix) { digit throws(WordProblem) in
            let (product, isTooLarge) = value.multipliedReportingOverflow(by: radix)
            let (sum, isBeyond) = isNegative ? product.subtractingReportingOverflow(digit) : product.addingReportingOverflow(digit)
            guard !isTooLarge, !isBeyond else { throw .said("whole numbers lie between -9223372036854775808 and 9223372036854775807") }
            value = sum
        }
        return value
    }

    /// Digits, with single underscores between them.
    private static func digits(
        _ text: ArraySlice<UInt8>, radix: Int64, _ take: (Int64) throws(WordProblem) -> Void = { _ in }
    ) throws(WordProblem) {
        var isBehindDigit = false
        for byte in text {
            if byte == UInt8(ascii: "_"), isBehindDigit {
                isBehindDigit = false
                continue
            }
            guard let digit = digit(byte), digit < radix else { throw problem(byte) }
            try take(digit)
            isBehindDigit = true
        }
        guard isBehindDigit else { throw text.isEmpty ? .said("a digit is missing") : problem(UInt8(ascii: "_")) }
    }

    private static func problem(_ byte: UInt8) -> WordProblem {
        byte == UInt8(ascii: "_")
            ? .said("an underscore stands between two digits only") : .said("'\(Unicode.Scalar(byte))' can't stand in this number")
    }

    private static func digit(_ byte: UInt8) -> Int64? {
        switch byte {
        case 0x30...0x39: Int64(byte) - 0x30
        case 0x41...0x46: Int64(byte) - 0x41 + 10
        case 0x61...0x66: Int64(byte) - 0x61 + 10
        default: nil
        }
    }

    private static func checkLeadingZero(_ whole: ArraySlice<UInt8>) throws(WordProblem) {
        if whole.count > 1, whole.first == 0x30 { throw .said("a number has no zeros in front") }
    }

    private func float(_ body: ArraySlice<UInt8>, _ isNegative: Bool) throws(WordProblem) -> Double {
        let exponentMark = body.firstIndex { $0 | 0x20 == UInt8(ascii: "e") }
        let mantissa = body[..<(exponentMark ?? body.endIndex)]
        let point = mantissa.firstIndex(of: UInt8(ascii: "."))
        let whole = mantissa[..<(point ?? mantissa.endIndex)]
        try Self.digits(whole, radix: 10)
        try Self.checkLeadingZero(whole)
        if let point { try Self.digits(mantissa[(point + 1)...], radix: 10) }
        if let exponentMark {
            var exponent = body[(exponentMark + 1)...]
            if exponent.first == UInt8(ascii: "+") || exponent.first == UInt8(ascii: "-") { exponent = exponent.dropFirst() }
            try Self.digits(exponent, radix: 10)
        }
        guard let value = Double(String(decoding: body.filter { $0 != UInt8(ascii: "_") }, as: UTF8.self)) else { throw .noValue }
        return isNegative ? -value : value
    }
}
