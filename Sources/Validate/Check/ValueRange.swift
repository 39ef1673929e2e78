import Certificate

/// A value that may be given as a range instead: IVI spells the ends `…Min`/`…Max`, `…AdjustableMin`/`…Max` or `…VariableMin`/`…Max`.
struct ValueRange: Sendable {
    let fixed: Place
    let minimum: Place
    let maximum: Place

    static let all = all(of: .initialVehicleInformation)

    /// The range that has its lower or upper end at this element.
    static let byEnd: [ElementID: ValueRange] = Dictionary(
        uniqueKeysWithValues: all.flatMap { [($0.minimum.element.id, $0), ($0.maximum.element.id, $0)] })

    static func all(of catalogue: Catalogue) -> [ValueRange] {
        catalogue.elements.compactMap { minimum in
            guard minimum.isValue, minimum.name.hasSuffix("Min") else { return nil }
            let stem = minimum.name.dropLast(3)
            guard let maximum = catalogue.element(named: stem + "Max") else { return nil }
            let names = ["Adjustable", "Variable", ""].filter { stem.hasSuffix($0) }.map { stem.dropLast($0.count) }
            guard let fixed = names.lazy.compactMap({ catalogue.element(named: $0) }).first else { return nil }
            return ValueRange(fixed: Place(fixed), minimum: Place(minimum), maximum: Place(maximum))
        }
    }
}
