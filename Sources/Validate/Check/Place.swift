import Certificate

/// Where a rule looks: one element of the catalogue, found by its name once in the life of the program.
struct Place: Sendable {
    let element: Element
    /// The key of an element outside tables; nil for one that needs group numbers.
    private let fixed: FieldKey?

    init(_ name: String) { self.init(Catalogue.initialVehicleInformation.known(name)) }

    init(_ element: Element) {
        self.element = element
        fixed = element.repeatingAncestors.isEmpty ? FieldKey(element) : nil
    }

    /// The key at these group numbers; nil when their count doesn't fit.
    func key(_ indices: [Int] = []) -> FieldKey? {
        if indices.isEmpty, let fixed { return fixed }
        return FieldKey(element, indices: indices)
    }
}
