@testable import TOML

/// A document in a form that needs no quotes, for comparison with what Python's programs in `Judge` write.
enum TOMLRendering {
    static func text(of table: TOMLTable) -> String {
        let entries = table.entries.map { (hexadecimal($0.key.name), text(of: $0.value)) }.sorted { $0.0 < $1.0 }
        return "{\(entries.map { "\($0.0)=\($0.1)" }.joined(separator: ","))}"
    }

    static func text(of value: TOMLValue) -> String {
        switch value.content {
        case .text(let text): "s\(hexadecimal(text))"
        case .integer(let number): "i\(number)"
        case .float(let number): number.isNaN ? "fnan" : "f\(String(number.bitPattern, radix: 16))"
        case .boolean(let flag): flag ? "b1" : "b0"
        case .offsetDateTime(let date, let time, let offset): "m\(text(date))T\(text(time))\(offset)"
        case .localDateTime(let date, let time): "l\(text(date))T\(text(time))"
        case .localDate(let date): "d\(text(date))"
        case .localTime(let time): "t\(text(time))"
        case .array(let values): "[\(values.map(text).joined(separator: ","))]"
        case .table(let table): text(of: table)
        }
    }

    /// What the reader makes of the bytes: the rendering, or `invalid`.
    static func text(of bytes: [UInt8]) -> String { (try? TOMLDocument(bytes)).map { text(of: $0.root) } ?? "invalid" }

    private static func hexadecimal(_ text: String) -> String { hexadecimal(Array(text.utf8)) }

    static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }

    private static func text(_ date: TOMLDate) -> String { "\(date.year)-\(date.month)-\(date.day)" }

    /// Python's times have microseconds.
    private static func text(_ time: TOMLTime) -> String { "\(time.hour):\(time.minute):\(time.second):\(time.nanosecond / 1000)" }
}
