import Certificate

/// Where each element stands on the page: worked out once from the catalogue's items, the same for all languages.
struct PagePlan: Sendable {
    static let initialVehicleInformation = PagePlan(.initialVehicleInformation)

    /// By `ElementID`: its place among all values in reading order.
    let rank: [Int]
    /// By rank.
    let section: [PageSection]
    /// By `ElementID`: the element in whose groups the value stands, innermost; -1 for none.
    let table: [Int]
    /// By `ElementID` of a table's group: the number of repeating elements down to it.
    let depth: [Int]
    /// By `ElementID`: what kind of name the value gives its group.
    let naming: [Naming]

    /// How a value names the group that it stands in, at the head of a table's column.
    enum Naming: Sendable {
        case none
        /// Behind the group's own name, in place of a row.
        case number
        /// By its meaning, in place of a row.
        case code
        /// By its meaning, and in a row, too.
        case codeWithRow

        var isCode: Bool { self == .code || self == .codeWithRow }
        var replacesRow: Bool { self == .number || self == .code }
    }

    private static let namings: [String: Naming] = [
        "AxleNumber": .number, "TyreNumber": .number, "AxleGroupNumber": .number, "ManufacturerStageNumber": .number,
        "MechanicalCouplingNumber": .number, "GearNumber": .number, "BrakedTypeTrail": .code, "BodyworkTypeTrailer": .code,
        "LocationMarkingsSubject": .code, "TestFamilyIdentifier": .code, "EnergySource": .codeWithRow,
    ]

    private init(_ catalogue: Catalogue) {
        let placed = catalogue.elements.filter(\.isValue).map { (place: Place($0), element: $0) }.sorted { $0.place < $1.place }
        var rank = [Int](repeating: 0, count: catalogue.elements.count)
        for (index, (_, element)) in placed.enumerated() { rank[Int(element.id.rawValue)] = index }
        self.rank = rank
        section = placed.map(\.place.section)
        table = catalogue.elements.map { $0.repeatingAncestors.last.map { Int($0.rawValue) } ?? -1 }
        depth = catalogue.elements.map(\.repeatingAncestors.count)
        naming = catalogue.elements.map { Self.namings[$0.name] ?? .none }
    }

    /// Where a value stands: section, item, and the catalogue's order where items are the same.
    private struct Place: Comparable {
        let section: PageSection
        private let order: [Int]

        init(_ element: Element) {
            let id = Int(element.id.rawValue)
            if let text = element.item ?? PageSection.besides[element.name] {
                let item = text.split(separator: ".").compactMap { Int($0) }
                section = PageSection(item: item)
                // Shorter items come first: a number below zero ends each. What has no item of its own follows those that have.
                order = item + [-1, element.item == nil ? 1 : 0, id]
            } else if let found = PageSection.listed.first(where: { $0.value.contains(element.name) }) {
                section = found.key
                order = [found.value.firstIndex(of: element.name) ?? 0]
            } else {
                section = .further
                order = [id]
            }
        }

        static func < (left: Place, right: Place) -> Bool {
            guard left.section == right.section else { return left.section.position < right.section.position }
            return left.order.lexicographicallyPrecedes(right.order)
        }
    }
}

extension PageSection {
    fileprivate var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }
}
