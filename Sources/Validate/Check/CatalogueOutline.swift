import Certificate

/// The catalogue as the checks walk it: flat arrays by the number of the element, made once.
struct CatalogueOutline: Sendable {
    static let initialVehicleInformation = CatalogueOutline(.initialVehicleInformation)

    private let nodes: [Node]
    /// The type of each value; nil for groups.
    let types: [SimpleType?]
    /// The children without which a present group isn't valid; `requiredBit` of each is its place in this list.
    let required: [[Int]]
    /// What is missing when a required element is: itself, or the values that its group can't be without.
    let valuesItNeeds: [[Int]]

    /// Plain data, because the walk reads several of them for each value.
    struct Node: Sendable {
        let parent: Int
        /// The last element of the subtree.
        let last: Int
        let isValue: Bool
        let isRepeating: Bool
        /// How many groups a present table must hold at least; 0 for every other element.
        let minimumGroups: Int
        /// This element's bit among its parent's required children; 0 when it is optional.
        let requiredBit: UInt64
        /// The sum of the bits of the required children.
        let allRequired: UInt64
        /// Whether this is the lower or upper end of a range.
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
            return Node(
                parent: element.parent.map { Int($0.rawValue) } ?? 0, last: Int(element.lastDescendant.rawValue), isValue: element.isValue,
                isRepeating: element.isRepeating, minimumGroups: Self.minimumGroups(element, catalogue),
                requiredBit: siblings.firstIndex(of: element.id).map { 1 << UInt64($0) } ?? 0,
                allRequired: required[Int(element.id.rawValue)].indices.reduce(0) { $0 | 1 << UInt64($1) },
                isRangeEnd: rangeEnds.contains(element.id))
        }
        types = catalogue.elements.map(\.simpleType)
        valuesItNeeds = catalogue.elements.map { Self.needs($0, catalogue) }
        self.required = required.map { $0.map { Int($0.rawValue) } }
    }

    private static func minimumGroups(_ element: Element, _ catalogue: Catalogue) -> Int {
        guard let child = element.children.first, case .repeating(let minimum) = catalogue[child].occurrence else { return 0 }
        return minimum
    }

    private static func needs(_ element: Element, _ catalogue: Catalogue) -> [Int] {
        switch element.content {
        case .value: [Int(element.id.rawValue)]
        case .signature: []
        case .group: element.children.flatMap { catalogue[$0].occurrence == .optional ? [] : needs(catalogue[$0], catalogue) }
        }
    }

    /// The child of `group` on the way to `target` below it.
    func child(of group: Int, towards target: Int) -> Int {
        var child = target
        while nodes[child].parent != group { child = nodes[child].parent }
        return child
    }
}
