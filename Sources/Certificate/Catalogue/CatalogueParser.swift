/// Reads the catalogue's own text form (docs/catalogue.md).
enum CatalogueParser {
    struct Failure: Error, CustomStringConvertible {
        let line: Int
        let reason: String
        var description: String { "line \(line): \(reason)" }
    }

    static func parse(_ bytes: [UInt8]) throws(Failure) -> Catalogue {
        var namespace = ""
        var types: [SimpleType] = []
        var tree = ElementTree()
        var section = Section.preamble
        for (number, line) in logicalLines(String(decoding: bytes, as: UTF8.self)) {
            let words = line.split(separator: " ", maxSplits: 1)
            switch (section, words[0]) {
            case (_, "[types]"): section = .types
            case (_, "[elements]"): section = .elements
            case (.preamble, "namespace") where words.count == 2: namespace = String(words[1])
            case (.types, _): types.append(try simpleType(line, number))
            case (.elements, _): try tree.add(line, number, types)
            default: throw Failure(line: number, reason: "unexpected '\(line)'")
            }
        }
        return Catalogue(namespace: namespace, elements: tree.elements(), simpleTypes: types)
    }

    private enum Section { case preamble, types, elements }

    /// Lines without comments and blanks; a line that ends with a comma goes on in the next.
    private static func logicalLines(_ text: String) -> [(number: Int, text: String)] {
        var lines: [(number: Int, text: String)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated()
        where !line.isEmpty && !line.hasPrefix("#") {
            if let last = lines.last, last.text.hasSuffix(",") {
                lines[lines.count - 1].text += " " + line.drop { $0 == " " }
            } else {
                lines.append((index + 1, String(line)))
            }
        }
        return lines
    }

    private static func simpleType(_ line: String, _ number: Int) throws(Failure) -> SimpleType {
        let words = line.split(separator: " ", maxSplits: 2).map(String.init)
        let limits = words.count > 2 ? words[2] : ""
        guard words.count > 1, let form = form(words[1], limits) else {
            throw Failure(line: number, reason: "not a type: '\(line)'")
        }
        return SimpleType(name: words[0], form: form)
    }

    private static func form(_ kind: String, _ limits: String) -> SimpleType.Form? {
        switch kind {
        case "date": .date
        case "dateTime": .dateTime
        case "short", "int": range(limits).map { .integer($0, base: kind) }
        case "text": text(limits)
        case "decimal": decimal(limits)
        case "codes": codes(limits)
        default: nil
        }
    }

    private static func text(_ limits: String) -> SimpleType.Form? {
        let words = limits.split(separator: " ")
        let pattern = words.last.flatMap { $0.hasPrefix("/") ? String($0.dropFirst().dropLast()) : nil }
        guard pattern.map({ TextPattern(rawValue: $0) != nil }) ?? true else { return nil }
        return .text(length: words.first.flatMap { range($0) }, pattern: pattern)
    }

    private static func decimal(_ limits: String) -> SimpleType.Form? {
        let words = limits.split(separator: " ")
        guard words.count == 2 else { return nil }
        let digits = words[0].split(separator: ".").compactMap { Int($0) }
        guard digits.count == 2, let bounds = bounds(words[1]) else { return nil }
        return .decimal(totalDigits: digits[0], fractionDigits: digits[1], minimum: String(bounds.0), maximum: String(bounds.1))
    }

    private static func codes(_ limits: String) -> SimpleType.Form? {
        guard let colon = limits.firstIndex(of: ":"), let length = Int(limits[..<colon]) else { return nil }
        let list = limits[limits.index(after: colon)...].split(separator: ",").map { String($0.drop { $0 == " " }) }
        return .codes(list, maximumLength: length)
    }

    private static func range(_ text: some StringProtocol) -> ClosedRange<Int>? {
        guard let (low, high) = bounds(text), let low = Int(low), let high = Int(high), low <= high else { return nil }
        return low...high
    }

    /// The two sides of `..`; a single point belongs to a decimal bound, as in `-99.999..99.999`.
    private static func bounds<Text: StringProtocol>(_ text: Text) -> (Text.SubSequence, Text.SubSequence)? {
        var index = text.startIndex
        while index < text.endIndex {
            if text[index...].hasPrefix("..") { return (text[..<index], text[text.index(index, offsetBy: 2)...]) }
            index = text.index(after: index)
        }
        return nil
    }
}
