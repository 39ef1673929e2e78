import Hashing

/// Texts and whole numbers in the form of RFC 8785 (JSON Canonicalization Scheme).
public enum CanonicalJSON {
    /// The largest integer that every JSON reader keeps exact: 2^53 - 1 (RFC 8785, section 3.2.2.3; RFC 7493, section 2.2).
    static let largestInteger = 9_007_199_254_740_991

    /// Appends a text in quotes. Section 3.2.2.2: two-letter escapes where JSON has them, \u00xx in lower case for other control characters, all else as it is.
    public static func append(_ text: String, to output: inout [UInt8]) {
        var text = text
        output.append(UInt8(ascii: "\""))
        text.withUTF8 { bytes in
            if bytes.contains(where: needsEscape) {
                for byte in bytes { append(byte, to: &output) }
            } else {
                output.append(contentsOf: bytes)
            }
        }
        output.append(UInt8(ascii: "\""))
    }

    /// Appends a number within ±(2^53 - 1).
    public static func append(_ number: Int, to output: inout [UInt8]) {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 20) { digits in
            var rest = number.magnitude
            var first = 20
            repeat {
                first -= 1
                digits[first] = UInt8(ascii: "0") + UInt8(rest % 10)
                rest /= 10
            } while rest > 0
            if number < 0 { output.append(UInt8(ascii: "-")) }
            output.append(contentsOf: digits[first...])
        }
    }

    static func quoted(_ text: String) -> [UInt8] {
        var output: [UInt8] = []
        append(text, to: &output)
        return output
    }

    private static func needsEscape(_ byte: UInt8) -> Bool {
        byte < 0x20 || byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\")
    }

    private static func append(_ byte: UInt8, to output: inout [UInt8]) {
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"): output += [UInt8(ascii: "\\"), byte]
        case 0x08: output += Array("\\b".utf8)
        case 0x09: output += Array("\\t".utf8)
        case 0x0A: output += Array("\\n".utf8)
        case 0x0C: output += Array("\\f".utf8)
        case 0x0D: output += Array("\\r".utf8)
        case 0..<0x20: output += Array("\\u00".utf8) + [Hexadecimal.digits[Int(byte >> 4)], Hexadecimal.digits[Int(byte & 15)]]
        default: output.append(byte)
        }
    }
}
