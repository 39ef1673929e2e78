extension TOMLReader {
    /// A text in any of the four kinds of quotes.
    mutating func text() throws(TOMLFault) -> String {
        let isLiteral = peek == "'"
        let quote = isLiteral ? UInt8(ascii: "'") : UInt8(ascii: "\"")
        let long = isLiteral ? "'''" : "\"\"\""
        let bytes = isNext(long) ? try longText(quote, long) : try shortText(quote)
        return String(decoding: bytes, as: UTF8.self)
    }

    private mutating func shortText(_ quote: UInt8) throws(TOMLFault) -> [UInt8] {
        let opened = position()
        index += 1
        var text: [UInt8] = []
        while let next = peek, next != "\n", next != "\r" {
            let byte = bytes[index]
            if byte == quote {
                index += 1
                return text
            }
            if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                try escape(into: &text)
            } else {
                text.append(byte)
                index += 1
            }
        }
        throw TOMLFault(position: opened, message: "the text isn't closed: \(Unicode.Scalar(quote)) is missing at its end")
    }

    private mutating func longText(_ quote: UInt8, _ mark: String) throws(TOMLFault) -> [UInt8] {
        let opened = position()
        index += 3
        _ = takeLineEnd()
        var text: [UInt8] = []
        while index < bytes.count {
            let byte = bytes[index]
            if byte == quote, isNext(mark) {
                index += 3
                // One or two quotes before the closing ones belong to the text.
                for _ in 0..<2 where index < bytes.count && bytes[index] == quote {
                    text.append(quote)
                    index += 1
                }
                return text
            }
            if takeLineEnd() {
                // However lines end in the file, they end alike in the text.
                text.append(0x0A)
            } else if byte == UInt8(ascii: "\\"), quote == UInt8(ascii: "\"") {
                if !skipFoldedLine() { try escape(into: &text) }
            } else {
                text.append(byte)
                index += 1
            }
        }
        throw TOMLFault(position: opened, message: "the text isn't closed: \(mark) is missing at its end")
    }

    /// Steps over a backslash at a line's end and all white space behind it.
    private mutating func skipFoldedLine() -> Bool {
        var end = index + 1
        while end < bytes.count, bytes[end] == UInt8(ascii: " ") || bytes[end] == UInt8(ascii: "\t") { end += 1 }
        guard end < bytes.count, bytes[end] == 0x0A || bytes[end] == 0x0D else { return false }
        index = end
        repeat { skipBlanks() } while takeLineEnd()
        return true
    }

    private mutating func escape(into text: inout [UInt8]) throws(TOMLFault) {
        switch peek(1) {
        case "b": text.append(0x08)
        case "t": text.append(0x09)
        case "n": text.append(0x0A)
        case "f": text.append(0x0C)
        case "r": text.append(0x0D)
        case "\"": text.append(UInt8(ascii: "\""))
        case "\\": text.append(UInt8(ascii: "\\"))
        case "u": return try scalar(digits: 4, into: &text)
        case "U": return try scalar(digits: 8, into: &text)
        default:
            throw fault("a backslash stands before one of b t n f r \" \\ u U only; write '\\\\' for one, or the text in single quotes")
        }
        index += 2
    }

    private mutating func scalar(digits count: Int, into text: inout [UInt8]) throws(TOMLFault) {
        var value: UInt32 = 0
        let digits = bytes[index...].dropFirst(2).prefix(count)
        for byte in digits {
            guard let digit = Self.digit(byte) else { throw fault("\(count) hexadecimal digits must follow '\\u' or '\\U'") }
            value = value << 4 | digit
        }
        guard digits.count == count else { throw fault("\(count) hexadecimal digits must follow '\\u' or '\\U'") }
        guard let scalar = Unicode.Scalar(value) else {
            throw fault("there is no character U+\(String(value, radix: 16, uppercase: true))")
        }
        text.append(contentsOf: Array(String(scalar).utf8))
        index += 2 + count
    }

    private static func digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case 0x30...0x39: UInt32(byte) - 0x30
        case 0x41...0x46: UInt32(byte) - 0x41 + 10
        case 0x61...0x66: UInt32(byte) - 0x61 + 10
        default: nil
        }
    }
}
