extension SimpleType {
    /// Why the text isn't in the type's value space, or nil when it is.
    ///
    /// It decides as XML Schema 1.0 part 2 and libxml2 do: characters are Unicode code points; numbers may have signs and leading zeros; a
    /// date may have an offset. It is stricter in one point: numbers and dates with white space around them, which the schema lets pass
    /// and libxml2 only sometimes, are refused. Nothing is normalised: the text would be written as it is.
    /// - Returns: what follows the name of the element in a sentence, such as `has 19 characters, at most 15 fit`.
    public func problem(with text: String) -> String? {
        if let character = XMLCharacter.firstForbidden(in: text) {
            return "holds the character U+\(character.hexadecimal), which XML can't carry"
        }
        // No type of the schema has an empty value.
        if text.isEmpty { return "is empty" }
        if form.isCollapsing, text.utf8.first.map(XMLCharacter.isSpace) == true || text.utf8.last.map(XMLCharacter.isSpace) == true {
            return "has white space around '\(Self.shown(String(text.trimmingXMLSpace)))'"
        }
        return switch form {
        case .text(let length, let pattern): Self.textProblem(text, length, pattern)
        case .codes(let list, _): codes.contains(text) ? nil : Self.codeProblem(text, list)
        case .decimal(let totalDigits, let fractionDigits, let minimum, let maximum):
            Self.decimalProblem(text, totalDigits, fractionDigits, minimum, maximum)
        case .integer(let range, _): Self.integerProblem(text, range)
        case .date: Self.dateProblem(text)
        case .dateTime: Self.dateTimeProblem(text)
        }
    }

    /// Whether both texts are one value of the type: numbers may be written with more zeros, all else is compared as text.
    public func isSame(_ one: String, _ other: String) -> Bool {
        if one == other { return true }
        let fractionDigits: Int
        switch form {
        case .decimal(_, let digits, _, _): fractionDigits = digits
        case .integer: fractionDigits = 0
        case .text, .codes, .date, .dateTime: return false
        }
        guard let one = DecimalLiteral(one)?.scaled(fractionDigits: fractionDigits),
            let other = DecimalLiteral(other)?.scaled(fractionDigits: fractionDigits)
        else { return false }
        return one == other
    }

    private static func textProblem(_ text: String, _ length: ClosedRange<Int>?, _ pattern: String?) -> String? {
        if let length, let problem = lengthProblem(text, length) { return problem }
        if let pattern, let known = TextPattern(rawValue: pattern), !known.matches(text) { return "'\(shown(text))' \(known.expectation)" }
        return nil
    }

    private static func lengthProblem(_ text: String, _ length: ClosedRange<Int>) -> String? {
        // No code point takes less than one byte, so a short text needn't be counted.
        if length.lowerBound == 1, 1...length.upperBound ~= text.utf8.count { return nil }
        let count = text.unicodeScalars.count
        if length.contains(count) { return nil }
        let limit = length.lowerBound == length.upperBound ? "exactly \(length.upperBound)" : "at most \(length.upperBound)"
        return "has \(count) \(count == 1 ? "character" : "characters"), \(limit) fit"
    }

    private static func codeProblem(_ text: String, _ codes: [String]) -> String {
        let nearest = EditDistance.nearest(to: text, in: codes).map { ", nearest is \($0)" } ?? ""
        let list = codes.count <= 12 ? "the codes \(codes.joined(separator: ", "))" : "its \(codes.count) codes"
        return "'\(shown(text))' is none of \(list)\(nearest)"
    }

    private static func integerProblem(_ text: String, _ range: ClosedRange<Int>) -> String? {
        guard let number = DecimalLiteral(text), !number.hasPoint else { return "'\(shown(text))' isn't a whole number" }
        guard let value = number.scaled(fractionDigits: 0), range.contains(value) else {
            return "'\(shown(text))' isn't within \(range.lowerBound) and \(range.upperBound)"
        }
        return nil
    }

    private static func decimalProblem(_ text: String, _ totalDigits: Int, _ fractionDigits: Int, _ minimum: String, _ maximum: String)
        -> String?
    {
        guard let number = DecimalLiteral(text) else {
            let hint = text.contains(",") ? ", the decimal point is '.'" : ""
            return "'\(shown(text))' isn't a decimal number\(hint)"
        }
        guard number.fractionDigits <= fractionDigits else {
            return "'\(shown(text))' has \(number.fractionDigits) digits behind the point, at most \(fractionDigits) fit"
        }
        guard let value = number.scaled(fractionDigits: fractionDigits),
            let low = DecimalLiteral(minimum)?.scaled(fractionDigits: fractionDigits),
            let high = DecimalLiteral(maximum)?.scaled(fractionDigits: fractionDigits), low <= value, value <= high
        else { return "'\(shown(text))' isn't within \(minimum) and \(maximum)" }
        guard number.integerDigits + number.fractionDigits <= totalDigits else {
            return "'\(shown(text))' has more than \(totalDigits) digits"
        }
        return nil
    }

    private static func dateProblem(_ text: String) -> String? {
        var reader = DateTimeReader(text)
        if reader.date() != nil, reader.optionalOffset(), reader.isAtEnd { return nil }
        return "'\(shown(text))' isn't a date of the calendar written as YYYY-MM-DD"
    }

    private static func dateTimeProblem(_ text: String) -> String? {
        if CalendarDate.isDateTime(text) { return nil }
        return "'\(shown(text))' isn't a date and time written as YYYY-MM-DDThh:mm:ss with an offset such as +01:00"
    }

    private static func shown(_ text: String) -> String { text.count > 40 ? text.prefix(40) + "…" : text }
}

extension SimpleType.Form {
    /// Whether white space around a value has no meaning (the facet `whiteSpace` is `collapse`).
    fileprivate var isCollapsing: Bool {
        switch self {
        case .text, .codes: false
        case .decimal, .integer, .date, .dateTime: true
        }
    }
}
