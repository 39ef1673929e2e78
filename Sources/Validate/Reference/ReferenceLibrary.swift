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
        []
    }
}

extension ReferenceLibrary {
    /// Reads an IVI-shaped XML file without signature, VIN and the header values that must be new.
    /// - Parameter sha256: of `bytes`, in lower-case hexadecimal; it is taken as given.
    public static func read(name: String, bytes: [UInt8], sha256: String) throws(ReferenceRejection) -> ReferenceRecord {
        throw ReferenceRejection(name: name, findings: [])
    }
}
