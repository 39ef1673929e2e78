import ArgumentParser
import Page
import Pipeline

/// `ecocctl elements`: what a value is called, what it may hold, and who must give it. Works offline.
struct ElementsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "elements", abstract: "Find an element of the certificate: path, type, unit, codes, and where it is demanded.",
        discussion: """
            Without a WORD: all of them. With several words: those that fit each of them. A word is part of a name, of a path, or of what \
            people call the value in any of the page's languages; or the number of an item, such as 13.2. One element alone is shown with its \
            codes. Exit code 1 when there is none.
            """)

    @OptionGroup var common: CommonOptions

    @Argument(help: ArgumentHelp("What to look for.", valueName: "word"))
    var words: [String] = []

    @Option(help: "The language of labels and meanings: \(PageLanguage.list).")
    var language = PageLanguage.english.rawValue

    func validate() throws {
        guard PageLanguage(rawValue: language) != nil else {
            throw ValidationError("There are no labels in '\(language)'; write one of \(PageLanguage.list).")
        }
    }

    func run() throws {
        let found = ElementEntry.search(words, PageLanguage(rawValue: language) ?? .english)
        guard !found.isEmpty else {
            throw CommandRefusal(
                .no,
                "No element fits '\(words.joined(separator: " "))', by its name, its item's number or what people call it. 'ecocctl elements' lists them all."
            )
        }
        if common.json { return try Console.json(found.map(ElementDescription.init)) }
        if found.count == 1 { return ElementDescription(found[0]).show() }
        // Where a row may be as wide as it takes, with the groups that it stands in.
        let isNarrow = TextWidth.terminal != nil
        Console.table(
            ["ELEMENT", "ITEM", "UNIT", "TYPE", "WHAT IT IS"],
            found.map { [isNarrow ? $0.element.name : $0.path, $0.element.item ?? "-", $0.element.unit ?? "-", $0.type, $0.label] },
            breaksWords: true)
        Console.line()
        Console.text("\(found.count) elements. 'ecocctl elements NAME' shows one with its path, its codes and who must give it.")
    }
}

/// An element as people and programs get it told.
struct ElementDescription: Encodable {
    let name, path, label, type, typeName: String
    let item, unit: String?
    let required: Bool
    let codes: [Code]
    let demanded, forbidden: [Demand]

    struct Code: Encodable {
        let code: String
        let meaning: String?
    }

    struct Demand: Encodable {
        let element: String
        let categories, stages: [String]
        let each, condition: String?
        let unless: [String]
        let rules: [String]
        let errorForComplete: [String]?
        let words: String
    }

    init(_ entry: ElementEntry) {
        (name, path, label, type) = (entry.element.name, entry.path, entry.label, entry.type)
        typeName = entry.element.simpleType?.name ?? ""
        (item, unit, required) = (entry.element.item, entry.element.unit, entry.isRequired)
        codes = entry.codes.map { Code(code: $0.code, meaning: $0.meaning) }
        let demands = entry.demands.map { demand in
            (
                demand.isForbidden,
                Demand(
                    element: demand.element, categories: demand.categories, stages: demand.completions, each: demand.frame,
                    condition: demand.condition, unless: demand.alternatives, rules: demand.rules, errorForComplete: demand.errorFor,
                    words: ElementEntry.words(demand, of: entry.element))
            )
        }
        demanded = demands.filter { !$0.0 }.map(\.1)
        forbidden = demands.filter(\.0).map(\.1)
    }

    func show() {
        Console.text("\(name): \(label)", rest: "  ")
        fact("path", path)
        if let item { fact("item", item) }
        if let unit { fact("unit", unit) }
        fact("type", "\(type) (\(typeName))")
        fact("required", required ? "by the schema" : "not by the schema")
        for demand in demanded + forbidden { fact("rules", demand.words) }
        guard !codes.isEmpty else { return }
        Console.line()
        Console.table(["CODE", "WHAT IT MEANS"], codes.map { [$0.code, $0.meaning ?? "-"] })
    }

    private func fact(_ name: String, _ text: String) {
        let name = name + String(repeating: " ", count: max(1, 10 - name.count))
        Console.text(text, first: name, rest: String(repeating: " ", count: 10))
    }
}
