import Certificate

/// What somebody probably meant who gave an element a text that it can't have: the last step of a finding of CAT-01.
enum FieldHint {
    /// In whole sentences that take the place of the rule's remedy; nil where nothing is known. Only called for values that are wrong.
    static func about(_ text: String, for element: Element) -> String? {
        guard let type = element.simpleType else { return nil }
        let plain = String(text.trimmingBlanks)
        if plain != text, type.problem(with: plain) == nil { return "Leave out the blanks around '\(plain)'; 'trim' does that." }
        return switch type.form {
        case .integer, .decimal: NumberHint.about(plain, for: element, type)
        case .date: DateHint.about(plain)
        case .dateTime: nil
        case .codes(let codes, _): CountryHint.about(plain, for: type.name) ?? WordHint.about(plain, for: type.name, codes)
        case .text(_, let pattern): pattern == nil ? nil : designation(plain, for: element, type)
        }
    }

    private static func designation(_ text: String, for element: Element, _ type: SimpleType) -> String? {
        let joined = text.uppercased().filter { !$0.isWhitespace && $0 != "-" && $0 != "." }
        guard joined != text, type.problem(with: joined) == nil else { return nil }
        return text.uppercased() == joined
            ? "Write \(element.name) in capitals, \(joined); 'uppercase = true' for the column does that."
            : "Write \(element.name) as \(joined), without blanks, hyphens and small letters."
    }
}

extension String {
    /// Without blanks of any kind at both ends.
    fileprivate var trimmingBlanks: Substring {
        var rest = self[...]
        while rest.first?.isWhitespace == true { rest = rest.dropFirst() }
        while rest.last?.isWhitespace == true { rest = rest.dropLast() }
        return rest
    }
}
