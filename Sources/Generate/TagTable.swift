import Certificate

/// The bytes of every element's tags, by `ElementID`, made once.
struct TagTable: Sendable {
    let start: [[UInt8]]
    let end: [[UInt8]]
    /// The root's start tag with the message's namespace as the default one.
    let rootStart: [UInt8]
    /// The groups around an element, outermost first, without the root.
    let ancestors: [[Ancestor]]
    private let isRepeating: [Bool]

    struct Ancestor: Sendable {
        let id: ElementID
        /// How many repeating elements lead here, itself included: so much of a key tells one group from the next.
        let levels: Int
    }

    static let initialVehicleInformation = TagTable(.initialVehicleInformation)

    private init(_ catalogue: Catalogue) {
        start = catalogue.elements.map { Array("<\($0.name)>".utf8) }
        end = catalogue.elements.map { Array("</\($0.name)>".utf8) }
        rootStart = Array("<\(catalogue.root.name) xmlns=\"\(catalogue.namespace)\">".utf8)
        isRepeating = catalogue.elements.map(\.isRepeating)
        var ancestors: [[Ancestor]] = []
        for element in catalogue.elements {
            guard let parent = element.parent.map({ catalogue[$0] }), parent.parent != nil else {
                ancestors.append([])
                continue
            }
            ancestors.append(ancestors[Int(parent.id.rawValue)] + [Ancestor(id: parent.id, levels: parent.repeatingAncestors.count)])
        }
        self.ancestors = ancestors
    }

    /// The index of the value that a key names.
    func leaf(of key: FieldKey) -> Int {
        var levels = 0
        var index = Int(key.element(behind: 0).rawValue)
        while isRepeating[index] {
            levels += 1
            index = Int(key.element(behind: levels).rawValue)
        }
        return index
    }
}
