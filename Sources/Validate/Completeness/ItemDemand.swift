public import Certificate

/// What the table of items (docs/completeness.md) says of one element: which vehicles must have it, or must not.
public struct ItemDemand: Sendable {
    /// The element it is about: the one asked for, or a group around it.
    public let element: String
    public let isForbidden: Bool
    /// Letters (`M`), or letters with numbers (`M1`).
    public let categories: [String]
    /// `complete`, `incomplete`, `completed`; all three where the stage of completion doesn't matter.
    public let completions: [String]
    /// How often, as `on each axle`; nil for once.
    public let frame: String?
    /// As `where an axle is powered`; nil for always.
    public let condition: String?
    /// Other elements of which one is enough instead.
    public let alternatives: [String]
    /// The rules that decide it.
    public let rules: [String]
    /// The categories for which it is an error that a complete vehicle lacks it; elsewhere it is a warning. Nil where other rules decide.
    public let errorFor: [String]?

    /// The table's clauses about an element, and about the groups that it stands in.
    public static func of(_ element: Element) -> [ItemDemand] { byElement[element.id] ?? [] }

    private static let byElement: [ElementID: [ItemDemand]] = {
        let catalogue = Catalogue.initialVehicleInformation
        var direct: [ElementID: [ItemDemand]] = [:]
        for row in ItemTable.current.rows {
            for clause in row.clauses {
                for choice in clause.elements {
                    for place in choice.places { direct[place.element.id, default: []].append(ItemDemand(row, clause, choice, place)) }
                }
            }
        }
        var all = direct
        // Parents come first in the catalogue: they have theirs already.
        for element in catalogue.elements {
            guard let parent = element.parent, let above = all[parent] else { continue }
            all[element.id, default: []] += above
        }
        return all
    }()

    private init(_ row: ItemRow, _ clause: ItemClause, _ choice: ItemChoice, _ place: Place) {
        element = place.element.name
        isForbidden = clause.kind == .forbidden
        categories = clause.categories.codes
        completions = [("C", "complete"), ("I", "incomplete"), ("V", "completed")].filter { clause.completions.contains($0.0) }.map(\.1)
        frame = clause.frame == .vehicle ? nil : clause.frame.words
        condition = clause.condition?.words
        alternatives = choice.places.map(\.element.name).filter { $0 != place.element.name }
        let isOwn = clause.decidedBy.isEmpty
        rules = isOwn ? [row.id] : clause.decidedBy
        let isCertain = clause.kind == .demanded && clause.condition == nil && clause.completions.contains("C")
        errorFor = isOwn ? (isCertain ? Self.common(row.certain.codes, clause.categories.codes) : []) : nil
    }

    /// The categories that both name: a letter stands for all its numbers.
    private static func common(_ certain: [String], _ own: [String]) -> [String] {
        certain.flatMap { code in
            own.contains(code) || own.contains(String(code.prefix(1))) ? [code] : own.filter { $0.prefix(1) == code }
        }
    }

    /// `for M and N, complete, on each axle (COC-20: an error for M1, elsewhere a warning)`.
    public var words: String {
        let all = categories == ItemTableReader.everyCategory ? "every category" : categories.listed
        let parts: [String?] = ["for \(all)", completions.count == 3 ? nil : completions.joined(separator: " or "), frame, condition]
        let instead = alternatives.isEmpty ? "" : ", unless \(alternatives.joined(separator: " or ")) is given"
        return parts.compactMap(\.self).joined(separator: ", ") + "\(instead) (\(rules.joined(separator: ", "))\(weight))"
    }

    private var weight: String {
        guard let errorFor else { return "" }
        return errorFor.isEmpty ? ": a warning" : ": an error for complete \(errorFor.listed), else a warning"
    }
}
