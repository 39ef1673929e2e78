public import Certificate

/// The reference records in force. A value type; searching it has no effects.
public struct ReferenceLibrary: Sendable {
    /// The records of each key, by the days that they are for.
    private let byKey: [ReferenceKey: [ReferenceRecord]]
    /// Versions that were received and wait for activation, by their short ids.
    private let waiting: [ReferenceKey: [String]]
    /// All keys, in a fixed order.
    private let keys: [ReferenceKey]

    /// Of two records of one key that are for the same day the later one stays.
    /// - Parameter waiting: the ids of versions that aren't in force yet: only spoken of where no other is found.
    public init(_ records: [ReferenceRecord] = [], waiting: [ReferenceKey: [String]] = [:]) {
        var byKey: [ReferenceKey: [ReferenceRecord]] = [:]
        for record in records {
            byKey[record.key, default: []].removeAll { $0.validity.overlaps(record.validity) }
            byKey[record.key, default: []].append(record)
        }
        self.byKey = byKey.mapValues { $0.sorted { $0.validity.beginsBefore($1.validity) } }
        self.waiting = waiting
        keys = Set(byKey.keys).union(waiting.keys).sorted { $0.parts.lexicographicallyPrecedes($1.parts) }
    }

    public var isEmpty: Bool { byKey.isEmpty }
    public var records: [ReferenceRecord] { keys.flatMap { byKey[$0] ?? [] } }

    /// What the library knows about a record.
    public enum Match: Sendable {
        case found(ReferenceRecord)
        /// The record lacks these elements of the key.
        case noKey(missing: [String])
        /// There is data of this key, but none in force for the day on which the vehicle was made.
        case otherDays(Known, made: CalendarDate?)
        /// No record has this key; `nearest` are up to three that come close, the best first.
        case unknown(ReferenceKey, nearest: [Known])
    }

    /// A key, the days it has data in force for, and the ids of the versions that wait.
    public struct Known: Sendable, Equatable {
        public let key: ReferenceKey
        public let validities: [Validity]
        public let waiting: [String]
    }

    /// Finds the reference record for the (constants and) values of a record: that of its key and date of manufacture. A vehicle without that
    /// date, as the categories L, T, C, R and S are, gets the one whose days have no end.
    public func record(for values: FieldValues) -> Match {
        switch ReferenceKey.read(values) {
        case .missing(let names): return .noKey(missing: names)
        case .key(let key):
            let made = Place.dateManufactureVehicle.key().flatMap { values[$0] }.flatMap { CalendarDate($0) }
            let fitting = byKey[key]?.last { record in made.map(record.validity.contains) ?? (record.validity.to == nil) }
            if let fitting { return .found(fitting) }
            return keys.contains(key) ? .otherDays(known(key), made: made) : .unknown(key, nearest: nearest(to: key))
        }
    }

    private func known(_ key: ReferenceKey) -> Known {
        Known(key: key, validities: byKey[key]?.map(\.validity) ?? [], waiting: waiting[key] ?? [])
    }

    private func nearest(to wanted: ReferenceKey) -> [Known] {
        let ranked = keys.map { (key: $0, likeness: $0.likeness(to: wanted)) }.filter { $0.likeness > (0, 0) }
        // Sorting is stable by the keys' fixed order, so the same library always names the same keys.
        return ranked.sorted { ($1.likeness.0, $1.likeness.1) < ($0.likeness.0, $0.likeness.1) }.prefix(3).map { known($0.key) }
    }
}

extension ReferenceKey {
    /// How many of the four parts are the same, then how many characters the parts have in common from their beginnings.
    fileprivate func likeness(to other: ReferenceKey) -> (equalParts: Int, commonCharacters: Int) {
        let pairs = zip(parts, other.parts)
        return (pairs.count { $0 == $1 }, pairs.reduce(0) { $0 + zip($1.0.utf8, $1.1.utf8).prefix { $0 == $1 }.count })
    }
}
