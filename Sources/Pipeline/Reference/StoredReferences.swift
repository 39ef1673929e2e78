public import Audit
public import Certificate
public import Configuration
public import Control
import Validate

/// Reference data for those who only look: the ledger's state and the store's files, without the daemon.
public struct StoredReferences: Sendable {
    /// By key and age.
    public let versions: [ReferenceVersion]
    private let history: LedgerHistory
    private let store: ReferenceStore

    public init(_ places: Configuration.Places) throws {
        history = try LedgerHistory(path: places.ledger)
        store = ReferenceStore(path: places.referenceStore)
        versions = try history.referenceVersions()
    }

    /// The one version whose digest begins so.
    /// - Throws: a description of why there isn't one.
    public func version(named start: String) throws -> ReferenceVersion { try versions.named(start) }

    public func values(of version: ReferenceVersion) throws -> FieldValues { try record(version).values }

    /// The version's file, byte for byte.
    public func file(of version: ReferenceVersion) throws -> [UInt8] { try store.read(version.sha256) }

    public func history(of version: ReferenceVersion) throws -> [LedgerHistory.Place] { try history.history(of: version) }

    /// Field by field, in document order.
    public func difference(from old: ReferenceVersion, to new: ReferenceVersion) throws -> [HeldReport.Change] {
        DifferenceSheet.changes(from: try values(of: old), to: try values(of: new))
    }

    /// What vehicles get now.
    func library() throws -> ReferenceLibrary {
        var waiting: [ReferenceKey: [String]] = [:]
        for version in versions where version.state == .received { waiting[version.key, default: []].append(version.id) }
        return ReferenceLibrary(
            try versions.filter(\.isInForce).map { version in
                var record = try record(version)
                record.validity = try version.validity
                return record
            }, waiting: waiting)
    }

    private func record(_ version: ReferenceVersion) throws -> ReferenceRecord {
        try ReferenceLibrary.read(name: version.name, bytes: store.read(version.sha256), sha256: version.sha256)
    }
}
