import Certificate

/// The values of one message in the page's order, with what is to be known of the groups that they stand in.
final class PageValues {
    /// One value; an empty one is missing.
    struct Entry {
        let element: Int
        let value: String
        /// The power of ten that belongs to the number.
        let exponent: String?
        fileprivate let index: Int
    }

    /// One value of a table, with the group that is its column.
    struct Cell {
        let field: Entry
        let place: UInt64
    }

    /// One of the nested groups that a column stands for.
    struct Level {
        let group: Int
        let number: Int
        let name: Entry?
        let isCode: Bool
    }

    /// Keys that sort as the page reads: by element, then in the message's order.
    private(set) var entries: [UInt64] = []
    private let fields: [Field]
    private let plan = PagePlan.initialVehicleInformation
    /// By `ElementID`: the groups that the message has of it.
    private var places: [[UInt64]]
    /// What groups say of themselves.
    private var names: [(group: Int, place: UInt64, element: Int, index: Int, isShown: Bool)] = []
    /// By the number's index: that of its power of ten.
    private var exponents: [Int: Int] = [:]

    init(_ fields: [Field]) {
        self.fields = fields
        places = [[UInt64]](repeating: [], count: plan.rank.count)
        var leaves: [Int] = []
        leaves.reserveCapacity(fields.count)
        for (index, field) in fields.enumerated() {
            var levels = 0
            var element = Int(field.key.element(behind: 0).rawValue)
            // A key holds each group and its number before the value itself: as many as the value has repeating ancestors.
            while plan.depth[element] == levels + 1, plan.table[element] == element {
                levels += 1
                let place = field.key.place(levels: levels)
                if places[element].last != place { places[element].append(place) }
                element = Int(field.key.element(behind: levels).rawValue)
            }
            if plan.mantissa[element] >= 0, leaves.last == plan.mantissa[element], !field.value.isEmpty, !fields[index - 1].value.isEmpty,
                fields[index - 1].key.place(levels: levels) == field.key.place(levels: levels)
            {
                exponents[index - 1] = index
                leaves.append(-1)
                continue
            }
            leaves.append(element)
            if plan.naming[element] != .none, levels > 0, !field.value.isEmpty {
                names.append((plan.table[element], field.key.place(levels: levels), element, index, false))
            }
        }
        entries.reserveCapacity(fields.count)
        for (index, element) in leaves.enumerated() where element >= 0 {
            // What names the group's column needs no row.
            if isInTable(element), plan.naming[element].replacesRow, !fields[index].value.isEmpty { continue }
            entries.append(UInt64(plan.rank[element]) << 32 | UInt64(element) << 20 | UInt64(index))
        }
        entries.sort()
    }

    /// One group alone needs no table: its values have rows of their own.
    private func isInTable(_ element: Int) -> Bool {
        let table = plan.table[element]
        return table >= 0 && (places[table].count > 1 || plan.isAlwaysTable[table])
    }

    func section(of entry: UInt64) -> PageSection { plan.section[Int(entry >> 32 & 0xFFFF)] }

    /// The groups that are the columns of the table in which the value stands; nil for one with a row of its own.
    func table(of entry: UInt64) -> Int? {
        let element = element(of: entry)
        return isInTable(element) ? plan.table[element] : nil
    }

    func field(of entry: UInt64) -> Entry { self.entry(element(of: entry), Int(entry & 0xFFFFF)) }

    func cell(_ entry: UInt64, _ group: Int) -> Cell {
        let field = field(of: entry)
        return Cell(field: field, place: fields[field.index].key.place(levels: plan.depth[group]))
    }

    private func element(of entry: UInt64) -> Int { Int(entry >> 20 & 0xFFF) }

    private func entry(_ element: Int, _ index: Int) -> Entry {
        Entry(element: element, value: fields[index].value, exponent: exponents[index].map { fields[$0].value }, index: index)
    }

    /// The code of the energy source in whose group the value stands.
    func fuel(of field: Entry) -> String? {
        let place = fields[field.index].key.place(levels: plan.depth[plan.sourceGroup])
        return names.first { $0.group == plan.sourceGroup && $0.place == place }.map { fields[$0.index].value }
    }
}

// MARK: - Names of groups

extension PageValues {
    /// The levels of a column that tell it from the others, outermost first; the innermost when none does.
    func levels(of group: Int, _ place: UInt64) -> [Level] {
        var levels: [Level] = []
        for depth in 1...plan.depth[group] {
            let outer = outer(place, of: group, depth)
            let element = Int(outer >> 8 & 0x3FF)
            let named = names.firstIndex { $0.group == element && $0.place == outer }
            let field = named.map { entry(names[$0].element, names[$0].index) }
            let isCode = field.map { plan.naming[$0.element].isCode } ?? false
            let isNamedColumn = field != nil && depth == plan.depth[group]
            guard isCode || isNamedColumn || places[element].count(where: { $0 >> 18 == outer >> 18 }) > 1 else { continue }
            if let named { names[named].isShown = true }
            levels.append(Level(group: element, number: Int(outer & 0xFF), name: field, isCode: isCode))
        }
        return levels.isEmpty ? [Level(group: group, number: Int(place & 0xFF), name: nil, isCode: false)] : levels
    }

    /// The codes by which the group, or one around it, tells items apart, outermost first.
    func codes(of group: Int, _ place: UInt64, _ parts: PagePlan.Parts) -> [Entry] {
        (1...plan.depth[group]).compactMap { depth in
            let outer = outer(place, of: group, depth)
            guard let named = names.firstIndex(where: { $0.place == outer && parts.namers.contains($0.element) }) else { return nil }
            names[named].isShown = true
            return entry(names[named].element, names[named].index)
        }
    }

    /// The groups around those of which `parts` tells apart: what a value needs as a name when there are several of them.
    func surroundings(of group: Int, _ place: UInt64, _ parts: PagePlan.Parts) -> (group: Int, place: UInt64)? {
        for depth in (1...plan.depth[group]).reversed() {
            let outer = outer(place, of: group, depth)
            let element = Int(outer >> 8 & 0x3FF)
            if !parts.namers.contains(where: { plan.table[$0] == element }) { return (element, outer) }
        }
        return nil
    }

    private func outer(_ place: UInt64, of group: Int, _ depth: Int) -> UInt64 { place >> (18 * UInt64(plan.depth[group] - depth)) }

    /// The numbers of groups that name no column so far.
    func namesNotShown() -> [Entry] {
        names.filter { !$0.isShown && isInTable($0.element) && plan.naming[$0.element].replacesRow }.map { entry($0.element, $0.index) }
    }
}
