import Certificate

/// The table of items: which elements the certificate of each category and stage of completion must and must not hold.
///
/// Read from `Resources/coc-items.table` (docs/completeness.md), once in the life of the program.
struct ItemTable: Sendable {
    let rows: [ItemRow]

    static let current: ItemTable = {
        do {
            return ItemTable(rows: try ItemTableReader.read(String(decoding: PackageResources.coc_items_table, as: UTF8.self)))
        } catch {
            // The text is part of the program and a unit test reads it: only a broken build comes here.
            fatalError("built-in table of items: \(error)")
        }
    }()
}

/// Reads the table's own form: a line with the row's id and elements, then one indented line for each clause.
struct ItemTableReader {
    /// What is wrong with the text, and in which line.
    struct Fault: Error, CustomStringConvertible {
        let line: Int
        let what: String
        var description: String { "line \(line): \(what)" }
    }

    static let everyCategory = ["M", "N", "O", "L", "T", "C", "R", "S"]

    private var rows: [ItemRow] = []
    private var open: Parts?
    private var line = 0

    private struct Parts {
        let id: String
        let elements: [ItemChoice]
        var clauses: [ItemClause] = []
        var certain: [String] = []
        var note: String?
        var requirements: String?
    }

    static func read(_ text: String) throws(Fault) -> [ItemRow] {
        var reader = ItemTableReader()
        for (number, text) in joined(text) { try reader.take(text, number) }
        reader.close()
        return reader.rows
    }

    /// The lines with their numbers; one that ends with a comma goes on in the next.
    private static func joined(_ text: String) -> [(Int, String)] {
        var lines: [(Int, String)] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            let isComment = line.hasPrefix("#") || line.allSatisfy(\.isWhitespace)
            if isComment { continue }
            if let last = lines.last, last.1.hasSuffix(",") {
                lines[lines.count - 1].1 += " " + line.drop(while: \.isWhitespace)
            } else {
                lines.append((index + 1, String(line)))
            }
        }
        return lines
    }

    private mutating func take(_ text: String, _ number: Int) throws(Fault) {
        line = number
        let words = text.split(separator: " ").map(String.init)
        guard text.hasPrefix("  ") else {
            close()
            open = Parts(id: words[0], elements: try choices(words.dropFirst()))
            return
        }
        guard open != nil else { throw fault("a clause stands before the first row") }
        switch words[0] {
        case "certain": open?.certain = Array(words.dropFirst())
        case "note": open?.note = words.dropFirst().joined(separator: " ")
        case "source": open?.requirements = words.dropFirst().joined(separator: " ")
        default:
            let clause = try clause(words[...])
            open?.clauses.append(clause)
        }
    }

    private mutating func close() {
        guard let parts = open else { return }
        rows.append(
            ItemRow(
                id: parts.id, elements: parts.elements, clauses: parts.clauses, certain: CategorySet(parts.certain), note: parts.note,
                requirements: parts.requirements))
        open = nil
    }

    /// `demanded M N1 [CV] of Elements per axle if condition by RULE-01`.
    private func clause(_ words: ArraySlice<String>) throws(Fault) -> ItemClause {
        var parts = Dictionary(grouping: [String](), by: \.self)
        var keyword = "categories"
        var completions: Set<Character> = ["C", "I", "V"]
        guard let first = words.first, let kind = ItemClause.Kind(rawValue: first) else {
            throw fault("unknown word '\(words.first ?? "")'")
        }
        for word in words.dropFirst() {
            if ["of", "per", "if", "by"].contains(word) {
                keyword = word
            } else if word.hasPrefix("["), word.hasSuffix("]") {
                completions = Set(word.dropFirst().dropLast())
            } else {
                parts[keyword, default: []].append(word)
            }
        }
        guard let open, let categories = parts["categories"], completions.isSubset(of: ["C", "I", "V"]) else {
            throw fault("categories or completions are missing")
        }
        return ItemClause(
            kind: kind, categories: CategorySet(categories == ["all"] ? Self.everyCategory : categories), completions: completions,
            elements: try parts["of"].map { words throws(Fault) in try choices(words[...]) } ?? open.elements,
            frame: try parts["per"].map { words throws(Fault) in try known(ItemFrame(rawValue: words[0]), words[0]) } ?? .vehicle,
            condition: try parts["if"].map { words throws(Fault) in try known(ItemCondition(rawValue: words[0]), words[0]) },
            decidedBy: (parts["by"] ?? []).map { $0.hasSuffix(",") ? String($0.dropLast()) : $0 })
    }

    /// `A + B`: both; `A, B`: each; `A / B`: one of them.
    private func choices(_ words: ArraySlice<String>) throws(Fault) -> [ItemChoice] {
        var choices: [[Place]] = []
        var joins = false
        for word in words where word != "+" {
            guard word != "/" else {
                joins = true
                continue
            }
            let name = word.hasSuffix(",") ? String(word.dropLast()) : word
            let place = Place(try known(Catalogue.initialVehicleInformation.element(named: name), name))
            if joins { choices[choices.count - 1].append(place) } else { choices.append([place]) }
            joins = false
        }
        guard !choices.isEmpty else { throw fault("no element is named") }
        return choices.map { ItemChoice($0) }
    }

    private func known<Value>(_ value: Value?, _ word: String) throws(Fault) -> Value {
        guard let value else { throw fault("unknown word '\(word)'") }
        return value
    }

    private func fault(_ what: String) -> Fault { Fault(line: line, what: what) }
}
