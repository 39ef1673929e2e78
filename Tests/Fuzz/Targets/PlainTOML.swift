import TOML

/// A document in one spelling: every key in quotes, every table on one line.
enum PlainTOML {
    static func text(of root: TOMLTable) -> String {
        root.entries.map { "\(quoted($0.key.name)) = \(text(of: $0.value))\n" }.joined()
    }

    private static func text(of value: TOMLValue) -> String {
        switch value.content {
        case .text(let text): quoted(text)
        case .integer(let number): String(number)
        case .float(let number): number.isNaN ? "nan" : number.isInfinite ? (number < 0 ? "-inf" : "inf") : number.description
        case .boolean(let flag): String(flag)
        case .offsetDateTime(let date, let time, let offset): "\(text(date))T\(text(time))\(text(offset: offset))"
        case .localDateTime(let date, let time): "\(text(date))T\(text(time))"
        case .localDate(let date): text(date)
        case .localTime(let time): text(time)
        case .array(let values): "[\(values.map(text).joined(separator: ", "))]"
        case .table(let table): "{\(table.entries.map { "\(quoted($0.key.name)) = \(text(of: $0.value))" }.joined(separator: ", "))}"
        }
    }

    private static func quoted(_ text: String) -> String {
        let escaped = text.unicodeScalars.map { scalar in
            switch scalar {
            case "\"": "\\\""
            case "\\": "\\\\"
            case _ where scalar.value < 0x20 || scalar.value == 0x7F: "\\u\(digits(Int(scalar.value), 4, radix: 16))"
            default: String(scalar)
            }
        }
        return "\"\(escaped.joined())\""
    }

    private static func text(_ date: TOMLDate) -> String {
        "\(digits(date.year, 4))-\(digits(date.month, 2))-\(digits(date.day, 2))"
    }

    private static func text(_ time: TOMLTime) -> String {
        "\(digits(time.hour, 2)):\(digits(time.minute, 2)):\(digits(time.second, 2)).\(digits(time.nanosecond, 9))"
    }

    private static func text(offset: Int) -> String {
        "\(offset < 0 ? "-" : "+")\(digits(abs(offset) / 60, 2)):\(digits(abs(offset) % 60, 2))"
    }

    private static func digits(_ number: Int, _ count: Int, radix: Int = 10) -> String {
        let text = String(number, radix: radix)
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
