public import Certificate
public import Page
public import Validate

/// All that a person who fills an element has to know of it: from the catalogue, the page's words and the table of items.
public struct ElementEntry: Sendable {
    public let element: Element
    /// What people call it.
    public let label: String
    /// The full path, with `[n]` behind each table.
    public let path: String
    public let codes: [Code]
    public let demands: [ItemDemand]

    public struct Code: Sendable {
        public let code: String
        /// Nil where it isn't sure.
        public let meaning: String?
    }

    /// Every value of the message, in document order.
    public static func all(_ language: PageLanguage) -> [ElementEntry] {
        let words = ElementWords.of(language)
        return Catalogue.initialVehicleInformation.elements.compactMap { ElementEntry($0, words) }
    }

    /// Those that people may mean by these words, the whole of a name or an item's number before parts of them. Any language's labels count,
    /// upper and lower case don't.
    public static func search(_ words: [String], _ language: PageLanguage) -> [ElementEntry] {
        let wanted = words.map { $0.replacing(/\[\d+\]/, with: "[n]").lowercased() }
        let all = all(language)
        let exact = all.filter { entry in
            wanted.allSatisfy { [entry.element.name.lowercased(), entry.path.lowercased(), entry.element.item ?? ""].contains($0) }
        }
        guard exact.isEmpty else { return exact }
        let languages = PageLanguage.allCases.map(ElementWords.of)
        return all.filter { entry in
            let texts = ([entry.path] + languages.map { $0.label(of: entry.element) }).map { $0.lowercased() }
            return wanted.allSatisfy { word in texts.contains { $0.contains(word) } }
        }
    }

    private init?(_ element: Element, _ words: ElementWords) {
        guard let type = element.simpleType,
            let key = FieldKey(element, indices: Array(repeating: 1, count: element.repeatingAncestors.count))
        else { return nil }
        self.element = element
        label = words.label(of: element)
        path = FieldPath.write(key).replacing("[1]", with: "[n]")
        codes = type.allCodes.map { Code(code: $0, meaning: words.meaning(of: $0, type: type.name)) }
        demands = ItemDemand.of(element)
    }

    /// Whether every message has it, or every group that it stands in.
    public var isRequired: Bool { element.occurrence == .required }

    /// What it may hold, in words.
    public var type: String {
        switch element.simpleType?.form {
        case .text(let length, let pattern):
            (length.map {
                $0.count == 1 ? "text of \($0.lowerBound) characters" : "text of \($0.lowerBound) to \($0.upperBound) characters"
            } ?? "text")
                + (pattern.map { " like \($0)" } ?? "")
        case .codes(let codes, _): codes.count == 1 ? "always \(codes[0])" : "one of \(codes.count) codes"
        case .decimal(let total, let fraction, let minimum, let maximum):
            "number from \(minimum) to \(maximum), at most \(fraction) decimals and \(total) digits in all"
        case .integer(let range, _): "whole number from \(range.lowerBound) to \(range.upperBound)"
        case .date: "date, YYYY-MM-DD"
        case .dateTime: "date and time with offset, as 2026-08-30T10:00:00Z"
        case nil: ""
        }
    }
}

extension SimpleType {
    fileprivate var allCodes: [String] { if case .codes(let codes, _) = form { codes } else { [] } }
}
