/// Whether bytes are text that may stand in a TOML file: UTF-8, without control characters other than tabs and line ends.
///
/// TOML allows control characters nowhere, so this is asked before the file is read. What comes after may rely on well-formed UTF-8.
struct TextCheck {
    private let bytes: [UInt8]
    private var index = 0
    private var line = 1
    private var column = 1
    private var faults: [TOMLFault] = []

    /// At most one fault of a line. What isn't UTF-8 ends the search.
    static func faults(in bytes: [UInt8], limit: Int) -> [TOMLFault] {
        var check = TextCheck(bytes: bytes)
        check.run(limit)
        return check.faults
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private mutating func run(_ limit: Int) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) { return add("the file is UTF-16, and must be UTF-8") }
        while index < bytes.count, faults.count < limit {
            let byte = bytes[index]
            switch byte {
            case 0x0A:
                (line, column) = (line + 1, 1)
                index += 1
                continue
            case 0x0D where index + 1 < bytes.count && bytes[index + 1] == 0x0A: index += 1
            case 0x00: addOnce("a NUL byte can't stand in the file")
            case 0x0D: addOnce("a carriage return stands alone, without the line feed of a line end")
            case 0x01...0x08, 0x0B...0x1F, 0x7F:
                addOnce("the control character U+\(Self.hexadecimal(byte)) can't stand in the file")
            case 0x09, 0x20...0x7E: index += 1
            default:
                let length = Self.length(bytes[index...])
                guard length > 0 else { return add("the bytes from here on aren't UTF-8") }
                index += length
            }
            column += 1
        }
    }

    private mutating func addOnce(_ message: String) {
        if faults.last?.position.line != line { add(message) }
        index += 1
    }

    private mutating func add(_ message: String) {
        faults.append(TOMLFault(position: TOMLPosition(line: line, column: column), message: message))
    }

    private static func hexadecimal(_ byte: UInt8) -> String {
        let digits = String(byte, radix: 16, uppercase: true)
        return String(repeating: "0", count: 4 - digits.count) + digits
    }

    /// The length of the character beyond ASCII that begins here, 0 when none does (RFC 3629, section 4: no surrogates, no overlong forms,
    /// nothing above U+10FFFF).
    private static func length(_ bytes: ArraySlice<UInt8>) -> Int {
        let first = bytes.startIndex
        func isNext(_ offset: Int, _ range: ClosedRange<UInt8>) -> Bool {
            first + offset < bytes.endIndex && range ~= bytes[first + offset]
        }
        let tail: ClosedRange<UInt8> = 0x80...0xBF
        switch bytes[first] {
        case 0xC2...0xDF: return isNext(1, tail) ? 2 : 0
        case 0xE0: return isNext(1, 0xA0...0xBF) && isNext(2, tail) ? 3 : 0
        case 0xED: return isNext(1, 0x80...0x9F) && isNext(2, tail) ? 3 : 0
        case 0xE1...0xEF: return isNext(1, tail) && isNext(2, tail) ? 3 : 0
        case 0xF0: return isNext(1, 0x90...0xBF) && isNext(2, tail) && isNext(3, tail) ? 4 : 0
        case 0xF1...0xF3: return isNext(1, tail) && isNext(2, tail) && isNext(3, tail) ? 4 : 0
        case 0xF4: return isNext(1, 0x80...0x8F) && isNext(2, tail) && isNext(3, tail) ? 4 : 0
        default: return 0
        }
    }
}
