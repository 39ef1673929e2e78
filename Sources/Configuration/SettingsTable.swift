import Certificate
import TOML

/// One table of a settings file while it is read.
///
/// Each key is asked for once, in the form that it must have. What is wrong is added to the faults with its own place, and reading goes on with
/// nil or an empty value. `finish` then refuses what nobody asked for, so that a typing mistake has no silent effect.
final class SettingsTable {
    let file: String
    let faults: SettingsFaults
    /// Where the table's header stands; nil for the file itself.
    let position: TOMLPosition?
    /// `[seal]`, `the second [[witness]]`; empty for the file itself.
    private let name: String
    private let table: TOMLTable
    private var known: [String] = []

    convenience init(_ table: TOMLTable, file: String, faults: SettingsFaults) {
        self.init(table, file: file, faults: faults, position: nil, name: "")
    }

    private init(_ table: TOMLTable, file: String, faults: SettingsFaults, position: TOMLPosition?, name: String) {
        (self.table, self.file, self.faults, self.position, self.name) = (table, file, faults, position, name)
    }

    // MARK: Faults

    /// A fault in what is set for `key`, or, where it isn't set, in the table.
    func fault(at key: String, _ message: String, _ remedy: String) {
        faults.add(file, table[key]?.value.position ?? position, message, remedy)
    }

    func fault(at position: TOMLPosition, _ message: String, _ remedy: String) { faults.add(file, position, message, remedy) }

    /// A fault in the table as a whole.
    func fault(_ message: String, _ remedy: String) { faults.add(file, position, message, remedy) }

    /// The key as a person finds it: `'url' in the second [[witness]]`.
    func shown(_ key: String) -> String { name.isEmpty ? "'\(key)'" : "'\(key)' in \(name)" }

    /// Refuses the keys that nobody asked for.
    func finish() {
        for entry in table.entries where !known.contains(entry.key.name) {
            let nearest = EditDistance.nearest(to: entry.key.name, in: known, within: max(1, entry.key.name.utf8.count / 3))
            faults.add(
                file, entry.key.position, "'\(entry.key.name)' is no setting known \(name.isEmpty ? "here" : "in \(name)")",
                nearest.map { "Did you mean '\($0)'?" } ?? "Look for a typing mistake, or compare with the shipped example.")
        }
    }

    private func entry(_ key: String) -> TOMLValue? {
        known.append(key)
        return table[key]?.value
    }

    private func wrongKind(_ value: TOMLValue, _ what: String, _ wanted: String) {
        faults.add(
            file, value.position, "\(what) is \(value.content.kind), must be \(wanted)",
            "Write it as the shipped example does (text in quotes, numbers and true/false without).")
    }

    // MARK: Single values

    func text(_ key: String) -> String? {
        guard let value = entry(key) else { return nil }
        return text(value, shown(key))
    }

    func requiredText(_ key: String) -> String {
        guard let value = entry(key) else {
            missing(key)
            return ""
        }
        return text(value, shown(key)) ?? ""
    }

    func path(_ key: String) -> String? { text(key).flatMap { isAbsolute($0, key) ? $0 : nil } }

    func requiredPath(_ key: String) -> String {
        plainText(key) == nil ? requiredText(key) : path(key) ?? ""
    }

    func number(_ key: String, _ range: ClosedRange<Int>, _ remedy: String) -> Int? {
        guard let value = entry(key) else { return nil }
        guard case .integer(let number) = value.content else {
            wrongKind(value, shown(key), "a whole number")
            return nil
        }
        guard let number = Int(exactly: number), range ~= number else {
            let bounds =
                range.upperBound == .max ? "be at least \(range.lowerBound)" : "lie between \(range.lowerBound) and \(range.upperBound)"
            fault(at: value.position, "\(shown(key)) must \(bounds)", remedy)
            return nil
        }
        return number
    }

    func flag(_ key: String) -> Bool? {
        guard let value = entry(key) else { return nil }
        guard case .boolean(let flag) = value.content else {
            wrongKind(value, shown(key), "true or false")
            return nil
        }
        return flag
    }

    /// One character.
    func character(_ key: String) -> Unicode.Scalar? {
        guard let text = text(key) else { return nil }
        guard let scalar = text.unicodeScalars.first, text.unicodeScalars.count == 1 else {
            fault(at: key, "\(shown(key)) must be one character, not '\(text)'", "Write a tab as \"\\t\".")
            return nil
        }
        return scalar
    }

    func choice<Choice: RawRepresentable & CaseIterable>(_ key: String, default usual: Choice) -> Choice where Choice.RawValue == String {
        guard let text = text(key) else { return usual }
        guard let choice = Choice(rawValue: text) else {
            let known = Choice.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
            fault(at: key, "'\(key) = \"\(text)\"' is unknown", "Use one of \(known).")
            return usual
        }
        return choice
    }

    // MARK: Lists and tables

    /// A list of texts, each with its place.
    func texts(_ key: String) -> [(text: String, position: TOMLPosition)]? {
        guard let value = entry(key) else { return nil }
        guard case .array(let elements) = value.content else {
            wrongKind(value, shown(key), "a list of texts")
            return nil
        }
        return elements.enumerated().compactMap { index, element in
            text(element, "the \(Ordinal.word(index)) text of \(shown(key))").map { ($0, element.position) }
        }
    }

    /// A table of texts, in the order of the file.
    func map(_ key: String) -> [(key: String, value: String, position: TOMLPosition)] {
        guard let value = entry(key) else { return [] }
        guard case .table(let table) = value.content else {
            wrongKind(value, shown(key), "a table of texts")
            return []
        }
        var pairs: [(key: String, value: String, position: TOMLPosition)] = []
        var names: Set<String> = []
        for entry in table.entries {
            let shown = "'\(entry.key.name)' in \(name.isEmpty ? "[\(key)]" : "'\(key)' of \(name)")"
            guard !entry.key.name.unicodeScalars.contains("\0") else {
                fault(at: entry.key.position, "\(shown) has a NUL character in its name", "Write the name without it.")
                continue
            }
            guard names.insert(entry.key.name).inserted else {
                fault(
                    at: entry.key.position, "\(shown) is there twice, and differs only in how an accented letter is encoded",
                    "Keep the one that is meant.")
                continue
            }
            if case .table(let inner) = entry.value.content, let first = inner.entries.first {
                fault(
                    at: entry.key.position, "\(shown) is a table, must be text",
                    "Put a name with dots into quotes: \"\(entry.key.name).\(first.key.name)\" = ... .")
                continue
            }
            if let text = text(entry.value, shown) { pairs.append((entry.key.name, text, entry.value.position)) }
        }
        return pairs
    }

    func table(_ key: String) -> SettingsTable? {
        guard let value = entry(key) else { return nil }
        guard case .table(let table) = value.content else {
            wrongKind(value, shown(key), "a table, which begins with [\(key)]")
            return nil
        }
        return SettingsTable(table, file: file, faults: faults, position: value.position, name: "[\(key)]")
    }

    func requiredTable(_ key: String) -> SettingsTable? {
        if table[key] == nil { missing(key) }
        return table(key)
    }

    /// The elements of `[[key]]`.
    func tables(_ key: String) -> [SettingsTable] {
        guard let value = entry(key) else { return [] }
        guard case .array(let elements) = value.content else {
            wrongKind(value, shown(key), "a list of tables, each of which begins with [[\(key)]]")
            return []
        }
        return elements.enumerated().compactMap { index, element in
            guard case .table(let table) = element.content else {
                wrongKind(element, "the \(Ordinal.word(index)) element of \(shown(key))", "a table, which begins with [[\(key)]]")
                return nil
            }
            let name = elements.count == 1 ? "[[\(key)]]" : "the \(Ordinal.word(index)) [[\(key)]]"
            return SettingsTable(table, file: file, faults: faults, position: element.position, name: name)
        }
    }

    // MARK: Pieces

    func isSet(_ key: String) -> Bool { table[key] != nil }

    /// The text for `key` where there is one, without asking for it.
    func plainText(_ key: String) -> String? {
        if case .text(let text) = table[key]?.value.content { text } else { nil }
    }

    func isEmptyText(_ key: String) -> Bool { plainText(key) == "" }

    /// Refuses that `key` isn't set.
    func missing(_ key: String) {
        faults.add(
            file, position, "'\(key)' is missing\(name.isEmpty ? "" : " in \(name)")", "Add it; the shipped example shows how.")
    }

    private func text(_ value: TOMLValue, _ what: String) -> String? {
        guard case .text(let text) = value.content else {
            wrongKind(value, what, "text")
            return nil
        }
        // C would take it for the end of the text.
        guard !text.utf8.contains(0) else {
            fault(at: value.position, "\(what) has a NUL character", "Write the text without \\u0000.")
            return nil
        }
        return text
    }

    private func isAbsolute(_ path: String, _ key: String) -> Bool {
        if !path.hasPrefix("/") { fault(at: key, "\(shown(key)) must be an absolute path", "Begin it with /.") }
        return path.hasPrefix("/")
    }
}

extension TOMLValue.Content {
    /// What it is, for a message.
    fileprivate var kind: String {
        switch self {
        case .text: "text"
        case .integer: "a whole number"
        case .float: "a number with a fraction"
        case .boolean: "true or false"
        case .offsetDateTime, .localDateTime: "a date with a time"
        case .localDate: "a date"
        case .localTime: "a time"
        case .array: "a list"
        case .table: "a table"
        }
    }
}

/// Which of several, in words.
enum Ordinal {
    private static let words = ["first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth"]

    /// - Parameter index: from 0.
    static func word(_ index: Int) -> String {
        if index < words.count { return words[index] }
        let number = index + 1
        let ending =
            switch (number % 10, number % 100) {
            case (_, 11...13): "th"
            case (1, _): "st"
            case (2, _): "nd"
            case (3, _): "rd"
            default: "th"
            }
        return "\(number)\(ending)"
    }
}
