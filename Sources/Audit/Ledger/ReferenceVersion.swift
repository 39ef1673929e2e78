/// One stored version of reference data, as of the last commit (docs/reference-data.md).
public struct ReferenceVersion: Sendable, Equatable {
    /// Of the version's file: its name in the store, and what certificates name it by.
    public let sha256: String
    public let approval: String
    public let type: String
    public let variant: String
    public let version: String
    /// Of the file that brought it, with the place in it where it brought several.
    public let name: String
    /// The submission that brought it; empty where none is on record.
    public let submission: String
    public let state: State
    /// The first and the last day of manufacture it is for, `YYYY-MM-DD`; nil for no limit. While it waits: what the file asks for.
    public let validFrom: String?
    public let validTo: String?
    /// Who owned the file that brought it (`uid:name`), and when its content was last changed.
    public let owner: String
    public let changed: String

    public enum State: String, Sendable, CaseIterable {
        /// Stored and sound; a person has not put it in force yet.
        case received
        case active
        /// A later version took over from a day on; vehicles made before still get this one.
        case superseded
        /// For no vehicle any more.
        case retired
    }

    public init(
        sha256: String, approval: String, type: String, variant: String, version: String, name: String, submission: String, state: State,
        validFrom: String?, validTo: String?, owner: String, changed: String
    ) {
        self.sha256 = sha256
        self.approval = approval
        self.type = type
        self.variant = variant
        self.version = version
        self.name = name
        self.submission = submission
        self.state = state
        self.validFrom = validFrom
        self.validTo = validTo
        self.owner = owner
        self.changed = changed
    }

    /// Whether vehicles get it.
    public var isInForce: Bool { state == .active || state == .superseded }

    /// Enough of the digest for people.
    public var id: String { String(sha256.prefix(12)) }
}

extension ReferenceVersion {
    /// The same version in another state and for other days.
    public func with(_ state: State, from validFrom: String?, to validTo: String?) -> ReferenceVersion {
        ReferenceVersion(
            sha256: sha256, approval: approval, type: type, variant: variant, version: version, name: name, submission: submission,
            state: state, validFrom: validFrom, validTo: validTo, owner: owner, changed: changed)
    }

    /// What the entries about reference data, in their order, come to: by key, then by age.
    static func fold(_ entries: [LedgerEntry]) -> [ReferenceVersion] {
        var order: [String] = []
        var versions: [String: ReferenceVersion] = [:]
        for record in entries.compactMap(\.record) {
            guard let sha256 = record.text("sha256"), let kind = Event.Kind(rawValue: record.kind) else { continue }
            if versions[sha256] == nil { order.append(sha256) }
            versions[sha256] = (versions[sha256] ?? ReferenceVersion(record, sha256)).after(kind, record)
        }
        let byAge = order.compactMap { versions[$0] }
        let keyed = byAge.enumerated().map { (key: [$1.approval, $1.type, $1.variant, $1.version], age: $0, version: $1) }
        return keyed.sorted { left, right in
            left.key == right.key ? left.age < right.age : left.key.lexicographicallyPrecedes(right.key)
        }.map(\.version)
    }

    private init(_ record: Record, _ sha256: String) {
        self.init(
            sha256: sha256, approval: record.text("approval") ?? "", type: record.text("type") ?? "", variant: record.text("variant") ?? "",
            version: record.text("version") ?? "", name: record.text("name") ?? "", submission: record.text("with") ?? "", state: .received,
            validFrom: record.text("valid-from"), validTo: record.text("valid-to"), owner: record.text("owner") ?? "",
            changed: record.text("changed") ?? "")
    }

    private func after(_ kind: Event.Kind, _ record: Record) -> ReferenceVersion {
        switch kind {
        case .referenceActivated: with(.active, from: record.text("valid-from"), to: record.text("valid-to"))
        case .referenceSuperseded: with(.superseded, from: validFrom, to: record.text("valid-to"))
        case .referenceRetired: with(.retired, from: validFrom, to: validTo)
        default: self
        }
    }
}
