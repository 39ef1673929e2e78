public import Audit

/// A JSON object of texts and whole numbers in canonical form (RFC 8785): keys sorted, no white space, one way to write each value.
///
/// Reading accepts canonical form only, so the same content always has the same bytes and the same digest.
public struct FlatObject: Sendable, Equatable {
    public var fields: [String: Event.Scalar]

    public init(_ fields: [String: Event.Scalar]) { self.fields = fields }

    /// Why bytes aren't such an object.
    public struct Malformed: Error, Equatable, CustomStringConvertible {
        /// The byte, from 0, at which reading stopped.
        public let offset: Int
        public let description: String

        init(_ reason: String, at offset: Int) {
            self.offset = offset
            description = "the file isn't a canonical JSON object: \(reason) at byte \(offset)"
        }
    }

    /// The canonical bytes.
    public var bytes: [UInt8] {
        let members = fields.sorted { $0.key.utf16.lexicographicallyPrecedes($1.key.utf16) }.map { key, value in
            switch value {
            case .text(let text): Self.quoted(key) + ":" + Self.quoted(text)
            case .number(let number): Self.quoted(key) + ":\(number)"
            }
        }
        return Array("{\(members.joined(separator: ","))}".utf8)
    }

    public init(reading bytes: [UInt8]) throws(Malformed) {
        var reader = Reader(bytes: bytes)
        fields = try reader.object()
        guard reader.isAtEnd else { throw Malformed("something follows the object", at: reader.position) }
        // Escapes, number forms and the order of keys: only what comes out the same was canonical.
        guard self.bytes == bytes else { throw Malformed("another way of writing was used", at: 0) }
    }

    private static func quoted(_ text: String) -> String {
        var result = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": result += "\\\""
            case "\\": result += "\\\\"
            case "\u{8}": result += "\\b"
            case "\t": result += "\\t"
            case "\n": result += "\\n"
            case "\u{C}": result += "\\f"
            case "\r": result += "\\r"
            case "\0"..<" ":
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result + "\""
    }

    private struct Reader {
        let bytes: [UInt8]
        var position = 0

        var isAtEnd: Bool { position == bytes.count }

        mutating func object() throws(Malformed) -> [String: Event.Scalar] {
            var fields: [String: Event.Scalar] = [:]
            try expect("{")
            if take("}") { return fields }
            repeat {
                let key = try text()
                try expect(":")
                guard fields.updateValue(try value(), forKey: key) == nil else { throw Malformed("'\(key)' is there twice", at: position) }
            } while take(",")
            try expect("}")
            return fields
        }

        private mutating func value() throws(Malformed) -> Event.Scalar {
            guard position < bytes.count else { throw Malformed("it ends too early", at: position) }
            return bytes[position] == UInt8(ascii: "\"") ? .text(try text()) : .number(try number())
        }

        private mutating func number() throws(Malformed) -> Int {
            let digits = bytes[position...].prefix { $0 == UInt8(ascii: "-") || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
            guard let number = Int(String(decoding: digits, as: UTF8.self)), abs(number) <= 1 << 53 else {
                throw Malformed("there is neither a text nor a whole number", at: position)
            }
            position += digits.count
            return number
        }

        private mutating func text() throws(Malformed) -> String {
            let start = position
            try expect("\"")
            var content: [UInt8] = []
            while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
                if bytes[position] == UInt8(ascii: "\\") {
                    content.append(try escaped())
                } else {
                    content.append(bytes[position])
                    position += 1
                }
            }
            try expect("\"")
            guard let text = String(validating: content, as: UTF8.self) else { throw Malformed("a text isn't UTF-8", at: start) }
            return text
        }

        /// Canonical form escapes ASCII only.
        private mutating func escaped() throws(Malformed) -> UInt8 {
            try expect("\\")
            guard position < bytes.count else { throw Malformed("it ends too early", at: position) }
            let sign = bytes[position]
            position += 1
            switch sign {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"): return sign
            case UInt8(ascii: "b"): return 0x08
            case UInt8(ascii: "t"): return 0x09
            case UInt8(ascii: "n"): return 0x0A
            case UInt8(ascii: "f"): return 0x0C
            case UInt8(ascii: "r"): return 0x0D
            case UInt8(ascii: "u"):
                let digits = bytes[position...].prefix(4)
                guard digits.count == 4, let code = UInt8(String(decoding: digits, as: UTF8.self), radix: 16), code < 0x20 else {
                    fallthrough
                }
                position += 4
                return code
            default: throw Malformed("an escape isn't one that canonical form uses", at: position - 1)
            }
        }

        private mutating func expect(_ sign: Unicode.Scalar) throws(Malformed) {
            guard take(sign) else { throw Malformed("'\(sign)' is missing", at: position) }
        }

        private mutating func take(_ sign: Unicode.Scalar) -> Bool {
            guard position < bytes.count, bytes[position] == UInt8(ascii: sign) else { return false }
            position += 1
            return true
        }
    }
}
