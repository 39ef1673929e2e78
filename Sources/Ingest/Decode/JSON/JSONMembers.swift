/// The values in an object of JSON that `JSONGrammar` has found valid, each with the way to it.
struct JSONMembers {
    private(set) var members: [Member] = []
    /// The texts of the values, one behind the other.
    private(set) var text: [UInt8] = []
    private var position = 0

    /// - Parameter range: one whole object.
    mutating func read(_ bytes: [UInt8], _ range: Range<Int>) {
        members.removeAll(keepingCapacity: true)
        text.removeAll(keepingCapacity: true)
        position = 0
        readValue(bytes.span.extracting(range), "")
    }

    /// Decodes what stands between the quotes of a string.
    static func unescape(_ bytes: Span<UInt8>, into text: inout [UInt8]) {
        var index = 0
        while index < bytes.count {
            let byte = bytes[index]
            index += 1
            guard byte == UInt8(ascii: "\\") else {
                text.append(byte)
                continue
            }
            let kind = bytes[index]
            index += 1
            switch kind {
            case UInt8(ascii: "b"): text.append(0x08)
            case UInt8(ascii: "f"): text.append(0x0C)
            case UInt8(ascii: "n"): text.append(0x0A)
            case UInt8(ascii: "r"): text.append(0x0D)
            case UInt8(ascii: "t"): text.append(0x09)
            case UInt8(ascii: "u"): readUnicode(bytes, &index, into: &text)
            default: text.append(kind)
            }
        }
    }

    // MARK: Values

    private mutating func readValue(_ bytes: Span<UInt8>, _ name: String) {
        skipSpace(bytes)
        switch bytes[position] {
        case UInt8(ascii: "{"): readObject(bytes, name)
        case UInt8(ascii: "["): readArray(bytes, name)
        case UInt8(ascii: "\""):
            let start = text.count
            Self.unescape(bytes.extracting(stringContent(bytes)), into: &text)
            members.append(Member(name: name, text: start..<text.count))
        default: readWord(bytes, name)
        }
    }

    private mutating func readObject(_ bytes: Span<UInt8>, _ name: String) {
        position += 1
        while true {
            skipSpace(bytes)
            switch bytes[position] {
            case UInt8(ascii: "}"):
                position += 1
                return
            case UInt8(ascii: ","): position += 1
            default:
                var own: [UInt8] = []
                Self.unescape(bytes.extracting(stringContent(bytes)), into: &own)
                skipSpace(bytes)
                position += 1  // the colon
                let ownName = String(decoding: own, as: UTF8.self)
                readValue(bytes, name.isEmpty ? ownName : "\(name).\(ownName)")
            }
        }
    }

    private mutating func readArray(_ bytes: Span<UInt8>, _ name: String) {
        position += 1
        var number = 1
        while true {
            skipSpace(bytes)
            switch bytes[position] {
            case UInt8(ascii: "]"):
                position += 1
                return
            case UInt8(ascii: ","):
                position += 1
                number += 1
            default: readValue(bytes, number == 1 ? name : "\(name)[\(number)]")
            }
        }
    }

    /// A number or a word; null is no text.
    private mutating func readWord(_ bytes: Span<UInt8>, _ name: String) {
        let start = text.count
        let isNull = bytes[position] == UInt8(ascii: "n")
        while position < bytes.count, Self.isWord(bytes[position]) {
            if !isNull { text.append(bytes[position]) }
            position += 1
        }
        members.append(Member(name: name, text: start..<text.count))
    }

    private static func isWord(_ byte: UInt8) -> Bool {
        !JSONGrammar.isSpace(byte) && byte != UInt8(ascii: ",") && byte != UInt8(ascii: "}") && byte != UInt8(ascii: "]")
    }

    private mutating func skipSpace(_ bytes: Span<UInt8>) {
        while JSONGrammar.isSpace(bytes[position]) { position += 1 }
    }

    /// Steps over a string.
    private mutating func stringContent(_ bytes: Span<UInt8>) -> Range<Int> {
        let start = position + 1
        position = start
        while bytes[position] != UInt8(ascii: "\"") { position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1 }
        position += 1
        return start..<position - 1
    }

    // MARK: Escapes

    /// Half of a pair that has no other half stands for nothing: it becomes U+FFFD, which no value may hold.
    private static func readUnicode(_ bytes: Span<UInt8>, _ index: inout Int, into text: inout [UInt8]) {
        var code = hexadecimal(bytes, index)
        index += 4
        if 0xD800..<0xDC00 ~= code, index + 6 <= bytes.count, bytes[index] == UInt8(ascii: "\\"), bytes[index + 1] == UInt8(ascii: "u") {
            let low = hexadecimal(bytes, index + 2)
            if 0xDC00..<0xE000 ~= low {
                code = 0x10000 + (code - 0xD800) << 10 + (low - 0xDC00)
                index += 6
            }
        }
        let scalar = Unicode.Scalar(code) ?? "\u{FFFD}"
        text.append(contentsOf: UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter)
    }

    private static func hexadecimal(_ bytes: Span<UInt8>, _ start: Int) -> UInt32 {
        var value: UInt32 = 0
        for index in start..<start + 4 {
            let byte = bytes[index]
            let digit = byte <= UInt8(ascii: "9") ? byte - UInt8(ascii: "0") : (byte | 0x20) - UInt8(ascii: "a") + 10
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
