/// The place of one value in a message: its element and the numbers of the groups of tables that it stands in.
///
/// Sixty-four bits whose order as a number is document order: for each repeating ancestor its element (10 bits) and the group's number
/// (8 bits), then the element itself (10 bits). An eCoC table so holds at most 255 groups; the schema sets no limit.
public struct FieldKey: Hashable, Comparable, Sendable {
    package let bits: UInt64

    /// The most groups that one table may hold.
    public static let maximumIndex = 255

    /// - Parameter indices: the group number in each of the element's repeating ancestors, outermost first, each 1...255.
    /// - Returns: nil when their count or a number doesn't fit the element.
    public init?(_ element: Element, indices: [Int] = []) {
        guard indices.count == element.repeatingAncestors.count, indices.allSatisfy({ 1...Self.maximumIndex ~= $0 }) else { return nil }
        var bits: UInt64 = 0
        var shift: UInt64 = 54
        for (ancestor, index) in zip(element.repeatingAncestors, indices) {
            bits |= UInt64(ancestor.rawValue) << shift | UInt64(index) << (shift - 8)
            shift -= 18
        }
        // The leaf follows its last group; lower levels stay zero, so a key sorts before all that is nested deeper behind it.
        bits |= UInt64(element.id.rawValue) << shift
        self.bits = bits
    }

    init(bits: UInt64) { self.bits = bits }

    public static func < (left: FieldKey, right: FieldKey) -> Bool { left.bits < right.bits }
}

extension FieldKey {
    /// What all values inside the same groups share, as far as the outer `levels` repeating ancestors go; 0 for none.
    package func place(levels: Int) -> UInt64 { levels == 0 ? 0 : bits >> (64 - 18 * UInt64(levels)) }

    /// The element behind `levels` repeating ancestors: the value itself when it has that many, else the next repeating one.
    package func element(behind levels: Int) -> ElementID { ElementID(rawValue: UInt16(bits >> (54 - 18 * UInt64(levels)) & 0x3FF)) }

    /// The element and the group numbers that this key was made of.
    public func resolve(in catalogue: Catalogue) -> (element: Element, indices: [Int]) {
        var indices: [Int] = []
        var shift: UInt64 = 54
        while true {
            let element = catalogue[ElementID(rawValue: UInt16(bits >> shift & 0x3FF))]
            guard element.isRepeating else { return (element, indices) }
            indices.append(Int(bits >> (shift - 8) & 0xFF))
            shift -= 18
        }
    }

    /// The element that this key was made of.
    package func element(in catalogue: Catalogue) -> Element {
        var shift: UInt64 = 54
        while true {
            let element = catalogue[ElementID(rawValue: UInt16(bits >> shift & 0x3FF))]
            guard element.isRepeating else { return element }
            shift -= 18
        }
    }

    /// The group numbers that this key was made of, 1...255, outermost first.
    package func forEachGroup(in catalogue: Catalogue, _ body: (Int) -> Void) {
        var shift: UInt64 = 54
        while catalogue[ElementID(rawValue: UInt16(bits >> shift & 0x3FF))].isRepeating {
            body(Int(bits >> (shift - 8) & 0xFF))
            shift -= 18
        }
    }

    /// The keys of everything inside the group that is `indices.last`-th in the repeating `element` (or inside a plain group).
    static func range(of element: Element, indices: [Int]) -> Range<UInt64>? {
        var prefix: UInt64 = 0
        var shift: UInt64 = 54
        guard indices.count == element.repeatingAncestors.count, indices.allSatisfy({ 1...maximumIndex ~= $0 }) else { return nil }
        for (ancestor, index) in zip(element.repeatingAncestors, indices) {
            prefix |= UInt64(ancestor.rawValue) << shift | UInt64(index) << (shift - 8)
            if ancestor == element.id { return prefix..<prefix + (1 << (shift - 8)) }
            shift -= 18
        }
        let last = UInt64(element.lastDescendant.rawValue) + 1
        return (prefix | UInt64(element.id.rawValue) << shift)..<(prefix + last << shift)
    }
}
