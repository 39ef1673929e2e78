/// The number of an element in the catalogue: its place in document order, 0 for the root.
public struct ElementID: RawRepresentable, Hashable, Comparable, Sendable {
    public let rawValue: UInt16

    public init(rawValue: UInt16) { self.rawValue = rawValue }

    public static func < (left: ElementID, right: ElementID) -> Bool { left.rawValue < right.rawValue }
}

/// One element of the message. All names are unique, so the catalogue is a tree and a name is enough to find its place.
///
/// Immutable, and a class only because it is passed about for every value: a copy is one reference.
public final class Element: Sendable {
    public let id: ElementID
    public let name: String
    public let parent: ElementID?
    public let content: Content
    public let occurrence: Occurrence
    /// The elements directly inside, in the order in which they are written; empty for a value.
    public let children: [ElementID]
    /// The last element below this one: `id...lastDescendant` is the whole subtree.
    public let lastDescendant: ElementID
    /// The repeating elements (`1..*`) on the way from the root, this element included; at most three.
    public let repeatingAncestors: [ElementID]
    /// The item of the certificate of conformity (Regulation (EU) 2020/683, Annex VIII) that shows it, such as `13.2`.
    public let item: String?
    /// The unit as written on the certificate, such as `kg`; nil for text, codes, counts and dates.
    public let unit: String?
    /// The type of a value; nil for a group and the signature.
    public let simpleType: SimpleType?
    public let isValue: Bool
    /// Whether it is the group of a table.
    public let isRepeating: Bool

    public enum Content: Sendable, Equatable {
        case value(SimpleType)
        case group
        case signature
    }

    public enum Occurrence: Sendable, Equatable {
        case required
        case optional
        /// A group of a table: `minimum` times and more.
        case repeating(minimum: Int)
    }

    init(
        id: ElementID, name: String, parent: ElementID?, content: Content, occurrence: Occurrence, children: [ElementID],
        lastDescendant: ElementID, repeatingAncestors: [ElementID], item: String?, unit: String?
    ) {
        self.id = id
        self.name = name
        self.parent = parent
        self.content = content
        self.occurrence = occurrence
        self.children = children
        self.lastDescendant = lastDescendant
        self.repeatingAncestors = repeatingAncestors
        self.item = item
        self.unit = unit
        if case .value(let type) = content { simpleType = type } else { simpleType = nil }
        isValue = simpleType != nil
        if case .repeating = occurrence { isRepeating = true } else { isRepeating = false }
    }
}
