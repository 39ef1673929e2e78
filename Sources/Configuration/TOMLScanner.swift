/// Finds what toml++ ends the whole program at instead of refusing the file: an assertion of its own fails where a table's name begins with
/// what no name begins with, where a date has a broken time, and where a bracket closes instead of a value. A daemon that is told to
/// read its settings again must live on.
///
/// It follows strings, comments and brackets as TOML 1.0 has them; all other faults are left to toml++.
struct TOMLScanner {
    struct Fault: Equatable {
        /// From 1.
        let line: Int
        let message: String
    }

    private let text: [UInt8]
    private var index = 0
    private var line = 1
    /// How many arrays and inline tables are open.
    private var depth = 0
    private var isLineStart = true
    /// The last byte that wasn't white space.
    private var last: UInt8 = 0x0A

    static func fault(in text: [UInt8]) -> Fault? {
        var scanner = TOMLScanner(text: text)
        return scanner.run()
    }

    private init(text: [UInt8]) {
        self.text = text
        // toml++ steps over a byte order mark.
        if text.starts(with: [0xEF, 0xBB, 0xBF]) { index = 3 }
    }

    private mutating func run() -> Fault? {
        while index < text.count {
            let byte = text[index]
            switch byte {
            case UInt8(ascii: "\n"):
                line += 1
                isLineStart = true
                if depth == 0 { last = byte }
                index += 1
                continue
            case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\r"):
                index += 1
                continue
            case UInt8(ascii: "#"):
                index = text[index...].firstIndex(of: UInt8(ascii: "\n")) ?? text.count
                continue
            case UInt8(ascii: "\""), UInt8(ascii: "'"): guard skipString(byte) else { return nil }
            case UInt8(ascii: "["), UInt8(ascii: "{"):
                if byte == UInt8(ascii: "["), isLineStart, depth == 0, !namesTable {
                    return Fault(line: line, message: "the name of a table must begin with a letter, a digit, '_', '-' or a quote")
                }
                depth += 1
                index += 1
            case UInt8(ascii: "]"), UInt8(ascii: "}"):
                if lacksValue(before: byte) { return Fault(line: line, message: "a value is missing before a bracket that closes") }
                depth = max(0, depth - 1)
                index += 1
            default:
                if isCutDate {
                    return Fault(
                        line: line,
                        message:
                            "a value is cut by a space, or a date isn't whole: behind it comes nothing or a time, as in 1979-05-27T07:32:00"
                    )
                }
                index += 1
            }
            isLineStart = false
            last = byte
        }
        return nil
    }

    /// Whether what follows one or two brackets is for toml++ to judge.
    private var namesTable: Bool {
        var next = index + 1
        if next < text.count, text[next] == UInt8(ascii: "[") { next += 1 }
        while next < text.count, text[next] == UInt8(ascii: " ") || text[next] == UInt8(ascii: "\t") { next += 1 }
        guard next < text.count else { return true }
        switch text[next] {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "_"), UInt8(ascii: "-"), UInt8(ascii: "\""), UInt8(ascii: "'"), UInt8(ascii: "]"):
            return true
        default: return false
        }
    }

    /// An array may end behind a comma; nothing else ends where a value must come.
    private func lacksValue(before bracket: UInt8) -> Bool {
        last == UInt8(ascii: "=") || bracket == UInt8(ascii: "}") && (last == UInt8(ascii: "[") || last == UInt8(ascii: ","))
    }

    /// Whether a value begins here that is cut: a day with `T` and no time behind it, or a number or day with a space and a digit behind it,
    /// which only a time may be.
    private var isCutDate: Bool {
        guard last == UInt8(ascii: "=") || last == UInt8(ascii: "[") || last == UInt8(ascii: ",") else { return false }
        let end = text[index...].firstIndex(where: Self.endsValue) ?? text.count
        if isNext(" 0", at: end), !isNext("00:00", at: end + 1) { return true }
        guard isNext("0000-00-00", at: index), index + 10 < text.count else { return false }
        return text[index + 10] | 0x20 == UInt8(ascii: "t") && !isNext("00:00", at: index + 11)
    }

    private static func endsValue(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"), UInt8(ascii: "\r"), UInt8(ascii: ","), UInt8(ascii: "]"),
            UInt8(ascii: "}"), UInt8(ascii: "#"):
            true
        default: false
        }
    }

    /// - Parameter form: `0` stands for any digit.
    private func isNext(_ form: StaticString, at index: Int) -> Bool {
        form.withUTF8Buffer { form in
            form.indices.allSatisfy { offset in
                guard index + offset < text.count else { return false }
                let byte = text[index + offset]
                return form[offset] == UInt8(ascii: "0") ? Self.isDigit(byte) : byte == form[offset]
            }
        }
    }

    private static func isDigit(_ byte: UInt8) -> Bool { UInt8(ascii: "0")...UInt8(ascii: "9") ~= byte }

    /// Steps over a string.
    /// - Returns: false when it isn't closed: toml++ says so, and looks no further.
    private mutating func skipString(_ quote: UInt8) -> Bool {
        let isLong = isQuote(quote, at: index + 1) && isQuote(quote, at: index + 2)
        index += isLong ? 3 : 1
        while index < text.count {
            switch text[index] {
            case UInt8(ascii: "\\") where quote == UInt8(ascii: "\""):
                if index + 1 < text.count, text[index + 1] == UInt8(ascii: "\n") { line += 1 }
                index += 2
            case UInt8(ascii: "\n"):
                guard isLong else { return false }
                line += 1
                index += 1
            case quote where !isLong:
                index += 1
                return true
            case quote where isQuote(quote, at: index + 1) && isQuote(quote, at: index + 2):
                index += 3
                // One or two quotes may be the end of the text itself.
                for _ in 0..<2 where isQuote(quote, at: index) { index += 1 }
                return true
            default: index += 1
            }
        }
        return false
    }

    private func isQuote(_ quote: UInt8, at index: Int) -> Bool { index < text.count && text[index] == quote }
}
