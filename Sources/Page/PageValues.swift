import Certificate

/// The values of one message in the page's order, with what is to be known of the groups that they stand in.
final class PageValues {
    /// One value.
    struct Entry {
        let element: Int
        let value: String
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
    private var names: [(group: Int, place: UInt64, index: Int, isShown: Bool)] = []

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
            leaves.append(element)
            if plan.naming[element] != .none, levels > 0 {
                names.append((plan.table[element], field.key.place(levels: levels), index, false))
            }
        }
        entries.reserveCapacity(fields.count)
        for (index, element) in leaves.enumerated() {
            // What names the group's column needs no row.
            if isInTable(element), plan.naming[element].replacesRow { continue }
            entries.append(UInt64(plan.rank[element]) << 32 | UInt64(element) << 20 | UInt64(index))
        }
        entries.sort()
    }

    /// One group alone needs no table: its values have rows of their own.
    private func isInTable(_ element: Int) -> Bool { plan.table[element] >= 0 && places[plan.table[element]].count > 1 }

    func section(of entry: UInt64) -> PageSection { plan.section[Int(entry >> 32 & 0xFFFF)] }

    /// The groups that are the columns of the table in which the value stands; nil for one with a row of its own.
    func table(of entry: UInt64) -> Int? {
        let element = element(of: entry)
        return isInTable(element) ? plan.table[element] : nil
    }

    func field(of entry: UInt64) -> Entry {
        let index = Int(entry & 0xFFFFF)
        return Entry(element: element(of: entry), value: fields[index].value, index: index)
    }

    func cell(_ entry: UInt64, _ group: Int) -> Cell {
        let field = field(of: entry)
        return Cell(field: field, place: fields[field.index].key.place(levels: plan.depth[group]))
    }

    private func element(of entry: UInt64) -> Int { Int(entry >> 20 & 0xFFF) }

    /// The levels of a column that tell it from the others, outermost first; the innermost when none does.
    func levels(of group: Int, _ place: UInt64) -> [Level] {
        var levels: [Level] = []
        for depth in 1...plan.depth[group] {
            let outer = place >> (18 * UInt64(plan.depth[group] - depth))
            let element = Int(outer >> 8 & 0x3FF)
            let named = names.firstIndex { $0.group == element && $0.place == outer }
            let field = named.map { Entry(element: leaf(names[$0].index), value: fields[names[$0].index].value, index: names[$0].index) }
            let isCode = field.map { plan.naming[$0.element].isCode } ?? false
            guard isCode || places[element].count(where: { $0 >> 18 == outer >> 18 }) > 1 else { continue }
            if let named { names[named].isShown = true }
            levels.append(Level(group: element, number: Int(outer & 0xFF), name: field, isCode: isCode))
        }
        return levels.isEmpty ? [Level(group: group, number: Int(place & 0xFF), name: nil, isCode: false)] : levels
    }

    /// The numbers of groups that name no column so far.
    func namesNotShown() -> [Entry] {
        names.filter { !$0.isShown && plan.naming[leaf($0.index)].replacesRow && places[$0.group].count > 1 }.map {
            Entry(element: leaf($0.index), value: fields[$0.index].value, index: $0.index)
        }
    }

    private func leaf(_ index: Int) -> Int {
        var levels = 0
        while true {
            let element = Int(fields[index].key.element(behind: levels).rawValue)
            guard plan.table[element] == element else { return element }
            levels += 1
        }
    }
}
