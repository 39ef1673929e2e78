/// Follows a JSON text byte by byte (RFC 8259), so that a document of any length is judged in constant memory. Bytes are those of valid UTF-8.
struct JSONGrammar {
    /// More levels than any honest export has.
    static let deepest = 64

    enum Event: Equatable {
        case nothing
        /// The quotes of a member's name.
        case nameStart, nameEnd
        /// The first byte of a value.
        case valueStart
        /// A bracket that closes an object or an array.
        case close
        case invalid
    }

    private enum State {
        case value, firstElement, firstName, name, colon, behindValue, end
        case string, escape, unicode(Int)
        case minus, zero, integer, point, fraction, exponentStart, exponentSign, exponent
        /// How much of the word has been read.
        case literal(StaticString, Int)
    }

    private var state = State.value
    private var isName = false
    /// One bit a level, the innermost last: set for an object.
    private var levels: UInt64 = 0
    private(set) var depth = 0

    /// Whether the text could end here.
    var isComplete: Bool {
        if depth > 0 { return false }
        switch state {
        case .end, .zero, .integer, .fraction, .exponent: return true
        default: return false
        }
    }

    /// Whether nothing but white space was there.
    var isAtStart: Bool { if depth == 0, case .value = state { true } else { false } }

    /// Whether the value that was opened last, or holds the current one, is an object.
    private var isInObject: Bool { levels & 1 == 1 }

    mutating func accept(_ byte: UInt8) -> Event {
        switch state {
        case .string: return readString(byte)
        case .escape: return readEscape(byte)
        case .unicode(let left):
            guard Self.isHexadecimal(byte) else { return .invalid }
            state = left == 1 ? .string : .unicode(left - 1)
            return .nothing
        case .minus, .zero, .integer, .point, .fraction, .exponentStart, .exponentSign, .exponent: return readNumber(byte)
        case .literal(let word, let read):
            guard word.utf8Start[read] == byte else { return .invalid }
            if read + 1 == word.utf8CodeUnitCount { endValue() } else { state = .literal(word, read + 1) }
            return .nothing
        default: break
        }
        if Self.isSpace(byte) { return .nothing }
        switch state {
        case .value: return startValue(byte)
        case .firstElement: return byte == UInt8(ascii: "]") ? close(byte) : startValue(byte)
        case .firstName: return byte == UInt8(ascii: "}") ? close(byte) : startName(byte)
        case .name: return startName(byte)
        case .colon:
            guard byte == UInt8(ascii: ":") else { return .invalid }
            state = .value
            return .nothing
        case .behindValue:
            guard byte == UInt8(ascii: ",") else { return close(byte) }
            state = isInObject ? .name : .value
            return .nothing
        default: return .invalid
        }
    }

    // MARK: Structure

    private mutating func startName(_ byte: UInt8) -> Event {
        guard byte == UInt8(ascii: "\"") else { return .invalid }
        state = .string
        isName = true
        return .nameStart
    }

    private mutating func startValue(_ byte: UInt8) -> Event {
        switch byte {
        case UInt8(ascii: "{"), UInt8(ascii: "["):
            guard depth < Self.deepest else { return .invalid }
            let isObject = byte == UInt8(ascii: "{")
            levels = levels << 1 | (isObject ? 1 : 0)
            depth += 1
            state = isObject ? .firstName : .firstElement
        case UInt8(ascii: "\""):
            state = .string
            isName = false
        case UInt8(ascii: "-"): state = .minus
        case UInt8(ascii: "0"): state = .zero
        case UInt8(ascii: "1")...UInt8(ascii: "9"): state = .integer
        case UInt8(ascii: "t"): state = .literal("true", 1)
        case UInt8(ascii: "f"): state = .literal("false", 1)
        case UInt8(ascii: "n"): state = .literal("null", 1)
        default: return .invalid
        }
        return .valueStart
    }

    private mutating func close(_ byte: UInt8) -> Event {
        guard depth > 0, byte == UInt8(ascii: isInObject ? "}" : "]") else { return .invalid }
        levels >>= 1
        depth -= 1
        endValue()
        return .close
    }

    private mutating func endValue() { state = depth == 0 ? .end : .behindValue }

    // MARK: Values

    private mutating func readString(_ byte: UInt8) -> Event {
        switch byte {
        case UInt8(ascii: "\""):
            if isName {
                state = .colon
                return .nameEnd
            }
            endValue()
        case UInt8(ascii: "\\"): state = .escape
        case ..<0x20: return .invalid
        default: break
        }
        return .nothing
    }

    private mutating func readEscape(_ byte: UInt8) -> Event {
        switch byte {
        case UInt8(ascii: "u"): state = .unicode(4)
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"), UInt8(ascii: "b"), UInt8(ascii: "f"), UInt8(ascii: "n"),
            UInt8(ascii: "r"), UInt8(ascii: "t"):
            state = .string
        default: return .invalid
        }
        return .nothing
    }

    private mutating func readNumber(_ byte: UInt8) -> Event {
        let isDigit = UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte
        let isExponent = byte == UInt8(ascii: "e") || byte == UInt8(ascii: "E")
        switch state {
        case .minus where isDigit: state = byte == UInt8(ascii: "0") ? .zero : .integer
        case .integer where isDigit, .fraction where isDigit, .exponent where isDigit: break
        case .zero where byte == UInt8(ascii: "."), .integer where byte == UInt8(ascii: "."): state = .point
        case .point where isDigit: state = .fraction
        case .zero where isExponent, .integer where isExponent, .fraction where isExponent: state = .exponentStart
        case .exponentStart where byte == UInt8(ascii: "+") || byte == UInt8(ascii: "-"): state = .exponentSign
        case .exponentStart where isDigit, .exponentSign where isDigit: state = .exponent
        case .zero, .integer, .fraction, .exponent:
            // The byte behind the number.
            endValue()
            return accept(byte)
        default: return .invalid
        }
        return .nothing
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 }

    private static func isHexadecimal(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        default: false
        }
    }
}
