/// Where a value came from.
public enum Origin: Hashable, Sendable {
    /// The record: column number (from 1) of a table, or line number of a message.
    case record(Int)
    case reference
    case constant
    /// Given by ecocd itself: the header values that must be new.
    case assigned
}

/// One value of a message.
public struct Field: Hashable, Sendable {
    public let key: FieldKey
    public var value: String
    public var origin: Origin

    public init(_ key: FieldKey, _ value: String, _ origin: Origin) {
        self.key = key
        self.value = value
        self.origin = origin
    }
}

/// The values of one message in document order, each place once. A value type without I/O; cheap to search, merge and compare.
public struct FieldValues: Sendable, Hashable {
    public private(set) var fields: [Field]

    public init() { fields = [] }

    /// Sorts by place. Of two fields for one place the later one stays.
    public init(_ unsorted: [Field]) {
        fields = []
        fields.reserveCapacity(unsorted.count)
        // Small pairs are cheaper to sort than fields.
        let order = unsorted.indices.map { (bits: unsorted[$0].key.bits, index: $0) }.sorted { $0 < $1 }
        for (bits, index) in order {
            if fields.last?.key.bits == bits { fields.removeLast() }
            fields.append(unsorted[index])
        }
    }

    public var isEmpty: Bool { fields.isEmpty }
    public var count: Int { fields.count }

    public subscript(key: FieldKey) -> String? {
        let index = lowerBound(key.bits)
        return index < fields.count && fields[index].key == key ? fields[index].value : nil
    }

    public mutating func set(_ field: Field) {
        let index = lowerBound(field.key.bits)
        if index < fields.count, fields[index].key == field.key {
            fields[index] = field
        } else {
            fields.insert(field, at: index)
        }
    }

    public mutating func remove(_ key: FieldKey) {
        let index = lowerBound(key.bits)
        if index < fields.count, fields[index].key == key { fields.remove(at: index) }
    }

    /// These values with `upper`'s laid over them: where both have a place, `upper` wins.
    public func overlaid(by upper: FieldValues) -> FieldValues {
        var merged = FieldValues()
        merged.fields.reserveCapacity(fields.count + upper.fields.count)
        var mine = fields[...]
        for field in upper.fields {
            while let first = mine.first, first.key < field.key {
                merged.fields.append(first)
                mine.removeFirst()
            }
            if mine.first?.key == field.key { mine.removeFirst() }
            merged.fields.append(field)
        }
        merged.fields.append(contentsOf: mine)
        return merged
    }

    /// The values inside one group: the `indices.last`-th of a repeating element, or a plain group.
    public func inside(_ element: Element, indices: [Int] = []) -> ArraySlice<Field> {
        guard let range = FieldKey.range(of: element, indices: indices) else { return [] }
        return fields[lowerBound(range.lowerBound)..<lowerBound(range.upperBound)]
    }

    /// The numbers of the groups that hold at least one value, ascending: of `element` below the outer groups `indices`.
    public func groups(of element: Element, within indices: [Int] = []) -> [Int] {
        guard let table = FieldKey.Table(element, within: indices) else { return [] }
        var found: [Int] = []
        while let number = nextGroup(of: table, after: found.last ?? 0) { found.append(number) }
        return found
    }

    /// The first group behind group `number` of a table that holds a value; nil when there is none.
    package func nextGroup(of table: FieldKey.Table, after number: Int = 0) -> Int? {
        guard number < FieldKey.maximumIndex else { return nil }
        let index = lowerBound(table.start(of: number + 1))
        return index < fields.count ? table.group(of: fields[index].key) : nil
    }

    private func lowerBound(_ bits: UInt64) -> Int {
        var low = 0
        var high = fields.count
        while low < high {
            let middle = (low + high) / 2
            if fields[middle].key.bits < bits { low = middle + 1 } else { high = middle }
        }
        return low
    }
}

extension FieldKey {
    /// The groups of one repeating element below certain outer groups.
    package struct Table {
        private let prefix: UInt64
        /// Of the group's number.
        private let shift: UInt64

        /// Nil when the outer groups don't fit the element, or it doesn't repeat.
        package init?(_ element: Element, within indices: [Int]) {
            let ancestors = element.repeatingAncestors
            guard element.isRepeating, indices.count + 1 == ancestors.count, indices.allSatisfy({ 1...maximumIndex ~= $0 }) else {
                return nil
            }
            var (prefix, shift): (UInt64, UInt64) = (0, 54)
            for (ancestor, index) in zip(ancestors, indices) {
                prefix |= UInt64(ancestor.rawValue) << shift | UInt64(index) << (shift - 8)
                shift -= 18
            }
            self.prefix = prefix | UInt64(element.id.rawValue) << shift
            self.shift = shift - 8
        }

        /// The lowest key of a group; `number` is 1...255.
        fileprivate func start(of number: Int) -> UInt64 { prefix | UInt64(number) << shift }

        /// The group that a key stands in; nil for one of another table.
        fileprivate func group(of key: FieldKey) -> Int? {
            let number = Int(key.bits >> shift & 0xFF)
            return number > 0 && key.bits >> (shift + 8) == prefix >> (shift + 8) ? number : nil
        }
    }
}
