public import Certificate

/// The active reference records. A value type; searching it has no effects.
public struct ReferenceLibrary: Sendable {
    private let byKey: [ReferenceKey: ReferenceRecord]
    /// All keys, in a fixed order.
    private let keys: [ReferenceKey]

    /// Of two records with the same key the later one stays.
    public init(_ records: [ReferenceRecord] = []) {
        byKey = Dictionary(records.map { ($0.key, $0) }) { $1 }
        keys = byKey.keys.sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
    }

    public var isEmpty: Bool { byKey.isEmpty }
    public var records: [ReferenceRecord] { keys.compactMap { byKey[$0] } }

    /// What the library knows about a record.
    public enum Match: Sendable {
        case found(ReferenceRecord)
        /// The record lacks these elements of the key.
        case noKey(missing: [String])
        /// No record has this key; `nearest` are up to three that come close, the best first.
        case unknown(ReferenceKey, nearest: [ReferenceKey])
    }

    /// Finds the reference record for the (constants and) values of a record.
    public func record(for values: FieldValues) -> Match {
        switch ReferenceKey.read(values) {
        case .missing(let names): .noKey(missing: names)
        case .key(let key): byKey[key].map { .found($0) } ?? .unknown(key, nearest: nearest(to: key))
        }
    }

    private func nearest(to wanted: ReferenceKey) -> [ReferenceKey] {
        let ranked = keys.map { (key: $0, likeness: $0.likeness(to: wanted)) }.filter { $0.likeness > (0, 0) }
        // Sorting is stable by the keys' fixed order, so the same library always names the same keys.
        return ranked.sorted { ($1.likeness.0, $1.likeness.1) < ($0.likeness.0, $0.likeness.1) }.prefix(3).map(\.key)
    }
}

extension ReferenceKey {
    /// How many of the four parts are the same, then how many characters the parts have in common from their beginnings.
    fileprivate func likeness(to other: ReferenceKey) -> (equalParts: Int, commonCharacters: Int) {
        let pairs = zip(parts, other.parts)
        return (pairs.count { $0 == $1 }, pairs.reduce(0) { $0 + zip($1.0.utf8, $1.1.utf8).prefix { $0 == $1 }.count })
    }
}
