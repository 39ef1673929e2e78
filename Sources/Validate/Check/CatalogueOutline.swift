import Certificate

/// The catalogue as the checks walk it: flat arrays by `ElementID`, made once.
struct CatalogueOutline: Sendable {
    static let initialVehicleInformation = CatalogueOutline(.initialVehicleInformation)

    private let nodes: [Node]

    struct Node: Sendable {
        let parent: Int
        /// The last element of the subtree.
        let last: Int
        let type: SimpleType?
        let isRepeating: Bool
        /// How many groups a present table must hold at least; 0 for every other element.
        let minimumGroups: Int
        /// The children without which a present group isn't valid; `requiredBit` of each is its place in this list.
        let required: [Int]
        /// This element's bit among its parent's required children; 0 when it is optional.
        let requiredBit: UInt64
        /// The sum of the bits of `required`.
        let allRequired: UInt64
        /// What is missing when this required element is: itself, or the values that its group can't be without.
        let valuesItNeeds: [Int]
        let isRangeEnd: Bool
    }

    subscript(index: Int) -> Node { nodes[index] }

    init(_ catalogue: Catalogue) {
        let required = catalogue.elements.map { element in
            element.children.filter { catalogue[$0].occurrence == .required && catalogue[$0].content != .signature }
        }
        let rangeEnds = Set(ValueRange.all(of: catalogue).flatMap { [$0.minimum.element.id, $0.maximum.element.id] })
        nodes = catalogue.elements.map { element in
            let siblings = element.parent.map { required[Int($0.rawValue)] } ?? []
            let mine = required[Int(element.id.rawValue)].map { Int($0.rawValue) }
            return Node(
                parent: element.parent.map { Int($0.rawValue) } ?? 0, last: Int(element.lastDescendant.rawValue), type: element.simpleType,
                isRepeating: element.isRepeating, minimumGroups: Self.minimumGroups(element, catalogue), required: mine,
                requiredBit: siblings.firstIndex(of: element.id).map { 1 << UInt64($0) } ?? 0,
                allRequired: mine.indices.reduce(0) { $0 | 1 << UInt64($1) }, valuesItNeeds: Self.needs(element, catalogue),
                isRangeEnd: rangeEnds.contains(element.id))
        }
    }

    private static func minimumGroups(_ element: Element, _ catalogue: Catalogue) -> Int {
        guard let child = element.children.first, case .repeating(let minimum) = catalogue[child].occurrence else { return 0 }
        return minimum
    }

    private static func needs(_ element: Element, _ catalogue: Catalogue) -> [Int] {
        switch element.content {
        case .value: return [Int(element.id.rawValue)]
        case .signature: return []
        case .group:
            return element.children.flatMap { child in
                catalogue[child].occurrence == .optional ? [] : needs(catalogue[child], catalogue)
            }
        }
    }

    /// The value that a key leads to.
    func value(of key: FieldKey) -> Int {
        var levels = 0
        while true {
            let element = Int(key.element(behind: levels).rawValue)
            guard nodes[element].isRepeating else { return element }
            levels += 1
        }
    }

    /// The child of `group` on the way to `target` below it.
    func child(of group: Int, towards target: Int) -> Int {
        var child = target
        while nodes[child].parent != group { child = nodes[child].parent }
        return child
    }
}
