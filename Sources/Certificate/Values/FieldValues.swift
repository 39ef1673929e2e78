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
        var found: [Int] = []
        var next = 1
        while next <= FieldKey.maximumIndex, let range = FieldKey.range(of: element, indices: indices + [next]) {
            let index = lowerBound(range.lowerBound)
            guard index < fields.count, let number = fields[index].key.group(of: element, within: indices) else { break }
            found.append(number)
            next = number + 1
        }
        return found
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
    /// The number of the group of the repeating `element` that this key stands in, when its outer groups are `indices`.
    func group(of element: Element, within indices: [Int]) -> Int? {
        let shift = UInt64(54 - 18 * indices.count)
        let number = Int(bits >> (shift - 8) & 0xFF)
        guard number > 0, let range = Self.range(of: element, indices: indices + [number]), range.contains(bits) else { return nil }
        return number
    }
}
