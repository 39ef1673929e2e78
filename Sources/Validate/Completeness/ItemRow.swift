import Certificate

/// One row of the table of items: elements of the certificate, and for which vehicles they are demanded or forbidden.
struct ItemRow: Sendable {
    /// The id of the rule that the row becomes, such as `COC-20`.
    let id: String
    let elements: [ItemChoice]
    let clauses: [ItemClause]
    /// The categories for which an unconditional demand on a complete vehicle is certain enough to be an error.
    let certain: CategorySet
    /// What of the row's subject other rules decide, or why nothing does; nil where the clauses say all.
    let note: String?
    /// The published requirements that the row decides besides.
    let requirements: String?

    /// The clauses that no other rule decides.
    var ownClauses: [ItemClause] { clauses.filter(\.decidedBy.isEmpty) }

    /// An error where the demand is certain, else a warning.
    func severity(of clause: ItemClause, category: VehicleCategory, completion: Character) -> Finding.Severity {
        let isCertain = clause.kind == .demanded && clause.condition == nil && completion == "C" && certain.contains(category)
        return isCertain ? .error : .warning
    }
}

/// One sentence of a row: the vehicles of these categories and stages of completion must have the elements, or must not.
struct ItemClause: Sendable {
    let kind: Kind
    let categories: CategorySet
    /// Any of `C` (complete), `I` (incomplete) and `V` (completed).
    let completions: Set<Character>
    let elements: [ItemChoice]
    let frame: ItemFrame
    let condition: ItemCondition?
    /// The rules that decide the sentence instead of this row.
    let decidedBy: [String]

    enum Kind: String, Sendable {
        case demanded, forbidden
    }

    func isFor(_ category: VehicleCategory, _ completion: Character) -> Bool {
        categories.contains(category) && completions.contains(completion)
    }
}

/// What the table tells apart: the category, as far as a clause does, and the stage of completion.
struct PlanKey: Hashable, Sendable {
    private let category: Substring
    private let completion: Character

    private static let bases: [Substring] =
        ["M1", "M2", "M3", "N1", "N2", "N3", "O1", "O2", "O3", "O4"] + (1...7).map { "L\($0)" } + ["T1", "C1", "R1", "S1"]

    init(_ category: VehicleCategory, _ completion: Character) {
        let tellsNumbersApart = category.isRoadVehicle || category.letter == "L"
        self.category = tellsNumbersApart ? category.base : "\(category.letter)1"
        self.completion = completion
    }

    /// One plan for each category and stage of completion.
    static func plans<Plan>(_ make: (VehicleCategory, Character) -> Plan) -> [PlanKey: Plan] {
        var plans: [PlanKey: Plan] = [:]
        for category in bases.compactMap({ VehicleCategory(String($0)) }) {
            for completion: Character in ["C", "I", "V"] { plans[PlanKey(category, completion)] = make(category, completion) }
        }
        return plans
    }
}

/// Elements of which one is enough. The end of a range stands for the fixed value.
struct ItemChoice: Sendable {
    let places: [Place]
    /// These and, for those that may be a range, where it begins.
    private let all: [Place]

    init(_ places: [Place]) {
        self.places = places
        all = places + places.compactMap { place in ValueRange.all.first { $0.fixed.element.id == place.element.id }?.minimum }
    }

    /// How a finding and a page name it.
    var name: String { places.map(\.element.name).joined(separator: " or ") }

    /// Where it stands below the groups `prefix`: the indices of the first place that holds a value, or nil.
    func found(in values: FieldValues, under prefix: [Int]) -> (place: Place, indices: [Int])? {
        for place in all {
            if let indices = values.firstGroups(holding: place.element, under: prefix) { return (place, indices) }
        }
        return nil
    }
}

/// Categories by letter (`M`), by letter and number (`M1`, `L3`), or all.
struct CategorySet: Sendable {
    let codes: [String]
    private let codeSet: Set<String>

    init(_ codes: [String]) {
        self.codes = codes
        codeSet = Set(codes)
    }

    func contains(_ category: VehicleCategory) -> Bool {
        codeSet.contains(String(category.letter)) || codeSet.contains(String(category.base))
    }
}

extension FieldValues {
    /// The group numbers of the first place, in document order, at which the element (or anything in it) has a value.
    ///
    /// - Parameter prefix: the numbers of its outermost groups; those that it hasn't are ignored.
    fileprivate func firstGroups(holding element: Element, under prefix: [Int]) -> [Int]? {
        let levels = element.repeatingAncestors
        let known = prefix.count <= levels.count ? prefix : Array(prefix.prefix(levels.count))
        guard known.count < levels.count else { return inside(element, indices: known).isEmpty ? nil : known }
        guard let table = FieldKey.Table(Catalogue.initialVehicleInformation[levels[known.count]], within: known) else { return nil }
        var number = 0
        while let group = nextGroup(of: table, after: number) {
            if let found = firstGroups(holding: element, under: known + [group]) { return found }
            number = group
        }
        return nil
    }
}
