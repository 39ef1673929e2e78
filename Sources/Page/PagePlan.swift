import Certificate

/// Where each element stands on the page: worked out once from the catalogue's items and `PageLayout`, the same for all languages.
struct PagePlan: Sendable {
    static let initialVehicleInformation = PagePlan(.initialVehicleInformation)

    /// By `ElementID`: its place among all values in reading order.
    let rank: [Int]
    /// By `ElementID`: the numbers of its item; none where it has no item.
    let order: [[Int]]
    /// By rank.
    let section: [PageSection]
    /// By `ElementID`: the element in whose groups the value stands, innermost; -1 for none.
    let table: [Int]
    /// By `ElementID` of a table's group: the number of repeating elements down to it.
    let depth: [Int]
    /// By `ElementID`: what kind of name the value gives its group.
    let naming: [PageLayout.Naming]
    /// By `ElementID` of a table's group: how its codes tell items apart.
    let parts: [Int: Parts]
    /// By `ElementID` of a table's group: whether its values are never rows without a name.
    let isAlwaysTable: [Bool]
    /// By `ElementID` of a power of ten: the number that it belongs to; -1 for all other elements.
    let mantissa: [Int]
    /// By `ElementID`: whether the energy source decides the unit.
    let hasUnitByFuel: [Bool]
    /// The group that an energy source names.
    let sourceGroup: Int

    /// `PageLayout.Parts` in numbers.
    struct Parts: Sendable {
        let namers: Set<Int>
        let element: Int
        private let items: [String: Item]

        struct Item: Sendable {
            let number: [UInt8]
            let order: [Int]
        }

        fileprivate init?(_ parts: PageLayout.Parts, _ catalogue: Catalogue) {
            guard let element = catalogue.element(named: parts.element) else { return nil }
            namers = Set(parts.namers.compactMap { catalogue.element(named: $0).map { Int($0.id.rawValue) } })
            self.element = Int(element.id.rawValue)
            items = parts.items.mapValues { Item(number: Array($0.utf8), order: PagePlan.numbers($0)) }
        }

        func item(_ codes: [String]) -> Item? { items[codes.joined(separator: " ")] ?? codes.first.flatMap { items[$0] } }
    }

    private init(_ catalogue: Catalogue) {
        let elements = catalogue.elements
        let placed = elements.filter(\.isValue).map { (place: Place($0, catalogue), element: $0) }.sorted { $0.place < $1.place }
        var rank = [Int](repeating: 0, count: elements.count)
        for (index, (_, element)) in placed.enumerated() { rank[Int(element.id.rawValue)] = index }
        self.rank = rank
        order = elements.map { $0.item.map(Self.numbers) ?? [] }
        section = placed.map(\.place.section)
        table = elements.map { $0.repeatingAncestors.last.map { Int($0.rawValue) } ?? -1 }
        depth = elements.map(\.repeatingAncestors.count)
        naming = elements.map { PageLayout.namings[$0.name] ?? .none }
        var parts: [Int: Parts] = [:]
        var isAlwaysTable = [Bool](repeating: false, count: elements.count)
        for (name, layout) in PageLayout.parts {
            guard let group = catalogue.element(named: name) else { continue }
            parts[Int(group.id.rawValue)] = Parts(layout, catalogue)
            for namer in layout.namers.compactMap(catalogue.element(named:)) {
                if let group = namer.repeatingAncestors.last { isAlwaysTable[Int(group.rawValue)] = true }
            }
        }
        self.parts = parts
        self.isAlwaysTable = isAlwaysTable
        mantissa = elements.map { element in
            guard element.name.hasSuffix(PageLayout.exponentEnding) else { return -1 }
            return catalogue.element(named: element.name.dropLast(PageLayout.exponentEnding.count)).map { Int($0.id.rawValue) } ?? -1
        }
        hasUnitByFuel = elements.map { element in PageLayout.byFuel.contains { element.name.hasPrefix($0) } }
        sourceGroup = catalogue.element(named: "EnergySource")?.repeatingAncestors.last.map { Int($0.rawValue) } ?? -1
    }

    /// The numbers of an item, as they sort: `13.2` is 13 and 2.
    static func numbers(_ item: String) -> [Int] { item.split(separator: ".").compactMap { Int($0) } }

    /// Where a value stands: section, item, and the catalogue's order where items are the same.
    private struct Place: Comparable {
        let section: PageSection
        private let order: [Int]

        init(_ element: Element, _ catalogue: Catalogue) {
            let id = Int(element.id.rawValue)
            if let found = PageLayout.listed.first(where: { $0.value.contains(element.name) }) {
                section = found.key
                order = [found.value.firstIndex(of: element.name) ?? 0]
            } else if let text = element.item ?? Self.neighbour(of: element, catalogue) {
                let item = PagePlan.numbers(text)
                section = PageSection(item: item)
                // Shorter items come first: a number below zero ends each. What has no item of its own follows those that have.
                order = item + [-1, element.item == nil ? 1 : 0, id]
            } else {
                section = .further
                order = [id]
            }
        }

        /// Its own neighbour, or that of the innermost group that has one.
        private static func neighbour(of element: Element, _ catalogue: Catalogue) -> String? {
            var next: Element? = element
            while let here = next {
                if let item = PageLayout.besides[here.name] { return item }
                next = here.parent.map { catalogue[$0] }
            }
            return nil
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
