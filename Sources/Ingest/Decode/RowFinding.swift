import Certificate

/// The findings that decoding makes about single rows.
enum RowFinding {
    static func fieldCount(_ count: Int, expected: Int, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.fieldCount.rawValue, severity: .error, row: row,
            message: "The row has \(count) field\(count == 1 ? "" : "s"), but the first row has \(expected).",
            remedy: "Put text that holds the delimiter into quotes, and write every column, also where it is empty.")
    }

    static func recordLength(_ count: Int, expected: Int, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.recordLength.rawValue, severity: .error, row: row,
            message: "The line has \(count) character\(count == 1 ? "" : "s"), but a record has \(expected).",
            remedy: "Fill up every value to its length, and check that the source's encoding is the one in its settings.")
    }

    static func repeatedMember(_ name: String, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.repeatedMember.rawValue, severity: .error, row: row, column: name,
            message: "The record has '\(name)' more than once.", remedy: "Give every value once; write several of one kind as an array.")
    }

    static func noObject(_ text: String, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.noObject.rawValue, severity: .error, row: row, value: text, message: "The line is no JSON object.",
            remedy: "Write each vehicle as one object, with a JSON library, on a line of its own.")
    }

    /// - Parameter name: of the element that has the text; nil for the record itself.
    static func strayText(_ text: String, in name: String?, isNil: Bool, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.strayText.rawValue, severity: .error, row: row, column: name, value: text,
            message: isNil
                ? "The element is marked as nil, and yet it has text."
                : "Text stands beside the elements of \(name.map { "'\($0)'" } ?? "the record").",
            remedy: isNil ? "Leave out either." : "Put it into an element of its own, or leave it out.")
    }

    static func textBehindQuote(_ text: String, column: String, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.textBehindQuote.rawValue, severity: .error, row: row, column: column, value: text,
            message: "Text stands behind the closing quote of the field.", remedy: "Write a quote inside a quoted field twice.")
    }

    static func namelessColumn(_ text: String, column: String, row: Int) -> Finding {
        Finding(
            rule: DecodingRule.namelessColumn.rawValue, severity: .error, row: row, column: column, value: text,
            message: "The column holds a value but has no name in the header.", remedy: "Name the column, or leave it empty.")
    }

    static func hidden(
        _ character: HiddenCharacter, in text: String, _ column: ColumnPlan.Column, name: String, row: Int
    ) -> Finding {
        let (message, remedy) = words(for: character)
        return finding(.controlCharacter, message, remedy, value: text, column, name: name, row: row)
    }

    /// As above, for a cell of a sheet that has no plan of columns.
    static func hidden(_ character: HiddenCharacter, in text: String, column: String, row: Int) -> Finding {
        let (message, remedy) = words(for: character)
        return Finding(
            rule: DecodingRule.controlCharacter.rawValue, severity: .error, row: row, column: column, value: text, message: message,
            remedy: remedy)
    }

    private static func words(for character: HiddenCharacter) -> (message: String, remedy: String) {
        (
            "The value \(TextFlaw.hidden(character.scalar, position: character.position).words).",
            character.scalar.value == 0xFFFD
                ? "Mend the value in the source, where an earlier conversion has damaged it." : "Remove the character in the source."
        )
    }

    static func conversion(
        _ rule: DecodingRule, _ message: String, _ remedy: String, value: String, _ column: ColumnPlan.Column, name: String, row: Int
    ) -> Finding {
        finding(rule, message, remedy, value: value, column, name: name, row: row)
    }

    private static func finding(
        _ rule: DecodingRule, _ message: String, _ remedy: String, value: String, _ column: ColumnPlan.Column, name: String, row: Int
    ) -> Finding {
        Finding(
            rule: rule.rawValue, severity: .error, row: row, column: name, element: FieldPath.write(column.key),
            item: column.key.resolve(in: .initialVehicleInformation).element.item, value: value, message: message, remedy: remedy)
    }
}
