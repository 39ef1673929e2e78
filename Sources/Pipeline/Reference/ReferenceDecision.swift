import Audit
import Certificate
import Spool
import Validate

/// What is to change about which version is in force, worked out against the ledger's state. Nothing has happened before its events are
/// committed.
struct ReferenceDecision {
    /// As they would be once the events are committed.
    private(set) var versions: [ReferenceVersion]
    private(set) var events: [Event] = []

    init(_ versions: [ReferenceVersion]) { self.versions = versions }

    /// Why a version isn't put in force: whole sentences.
    struct Refusal: Error, CustomStringConvertible {
        let description: String
    }

    func version(_ sha256: String) -> ReferenceVersion? { versions.first { $0.sha256 == sha256 } }

    /// The one version whose digest begins so.
    func version(named start: String) throws(Refusal) -> ReferenceVersion { try versions.named(start) }

    mutating func receive(_ version: ReferenceVersion, for validity: Validity) {
        versions.append(version)
        var fields = version.fields(with: validity)
        fields["with"] = .text(version.submission)
        fields.merge(version.author) { $1 }
        events.append(Event(.referenceReceived, fields))
    }

    /// Puts a version in force.
    /// - Parameters:
    ///   - replacing: it may take the place of others that are for the same days.
    ///   - order: the field that holds the id of a person's order, if it had one.
    /// - Returns: what that does to others, in whole sentences.
    mutating func activate(
        _ version: ReferenceVersion, for validity: Validity, replacing: Bool, by actor: Event.Actor, reason: String? = nil,
        _ order: [String: Event.Scalar] = [:]
    ) throws(Refusal) -> [String] {
        if version.state == .active, try version.validity == validity {
            throw Refusal(description: "\(version.id) is in force already, for \(validity).")
        }
        let inForce = try inForce(beside: version)
        let new = ReferenceSuccession.Version(sha256: version.sha256, validity: validity)
        let changes: [ReferenceSuccession.Change]
        do { changes = try ReferenceSuccession.changes(for: new, among: inForce, replacing: replacing) } catch {
            throw Self.refusal(version, validity, error)
        }
        var notes: [String] = []
        for change in changes { notes.append(try apply(change, for: version, by: actor)) }
        var fields = version.fields(with: validity)
        fields.merge(version.author) { $1 }
        if let reason, !reason.isEmpty { fields["reason"] = .text(reason) }
        fields.merge(order) { $1 }
        events.append(Event(.referenceActivated, actor: actor, fields))
        replace(version.with(.active, validity))
        return notes
    }

    /// Ends a version for all vehicles.
    mutating func retire(
        _ version: ReferenceVersion, by actor: Event.Actor, reason: String, _ order: [String: Event.Scalar] = [:]
    ) throws(Refusal) {
        guard version.state != .retired else { throw Refusal(description: "\(version.id) is retired already.") }
        var fields = version.fields
        fields["reason"] = .text(reason)
        fields.merge(order) { $1 }
        events.append(Event(.referenceRetired, actor: actor, fields))
        replace(version.with(.retired, try version.validity))
    }

    private func inForce(beside version: ReferenceVersion) throws(Refusal) -> [ReferenceSuccession.Version] {
        var found: [ReferenceSuccession.Version] = []
        for other in versions where other.isInForce && other.key == version.key {
            found.append(ReferenceSuccession.Version(sha256: other.sha256, validity: try other.validity))
        }
        return found
    }

    private mutating func apply(
        _ change: ReferenceSuccession.Change, for successor: ReferenceVersion, by actor: Event.Actor
    ) throws(Refusal) -> String {
        switch change {
        case .retire(let sha256):
            let old = try versions.named(sha256)
            try retire(old, by: actor, reason: "replaced by \(successor.sha256)")
            return "\(old.id) is retired."
        case .shorten(let sha256, let lastDay):
            let old = try versions.named(sha256)
            var fields = old.fields
            fields["valid-to"] = .text("\(lastDay)")
            fields["by"] = .text(successor.sha256)
            events.append(Event(.referenceSuperseded, actor: actor, fields))
            let validity = Validity(from: try old.validity.from, to: lastDay) ?? .always
            replace(old.with(.superseded, validity))
            return "\(old.id) is for \(validity) now."
        }
    }

    private mutating func replace(_ version: ReferenceVersion) {
        versions = versions.map { $0.sha256 == version.sha256 ? version : $0 }
    }

    private static func refusal(_ version: ReferenceVersion, _ validity: Validity, _ overlap: ReferenceSuccession.Overlap) -> Refusal {
        let other = String(overlap.with.sha256.prefix(12))
        let help =
            overlap.isReplaceable
            ? "Give --valid-from a day from which \(version.id) takes over, or --replace to put it in the place of \(other)."
            : "Give --valid-from and --valid-to so that the two have no day in common, or retire \(other) first."
        return Refusal(
            description: "\(version.id) would be for \(validity), but \(other) is in force for \(overlap.with.validity). \(help)")
    }
}

extension [ReferenceVersion] {
    /// The one version whose digest begins so.
    func named(_ start: String) throws(ReferenceDecision.Refusal) -> ReferenceVersion {
        let found = filter { $0.sha256.hasPrefix(start.lowercased()) }
        guard start.utf8.count >= 4, let version = found.first else {
            throw .init(description: "There is no reference data '\(start)'. 'ecocctl reference list --all' shows the ids.")
        }
        guard found.count == 1 else {
            throw .init(description: "'\(start)' fits \(found.map(\.id).joined(separator: " and ")). Give more of the id.")
        }
        return version
    }
}

extension ReferenceVersion {
    init(_ record: ReferenceRecord, broughtBy submission: Submission) {
        let author = FileAuthor(submission.origin)
        self.init(
            sha256: record.sha256, approval: record.key.approval, type: record.key.type, variant: record.key.variant,
            version: record.key.version, name: record.name, submission: submission.id.text, state: .received,
            validFrom: record.validity.from.map { "\($0)" }, validTo: record.validity.to.map { "\($0)" }, owner: author.owner,
            changed: author.changed)
    }

    var key: ReferenceKey { ReferenceKey(approval: approval, type: type, variant: variant, version: version) }

    /// The ledger's days. ecocd writes no others, so that they can't be read means damage.
    var validity: Validity {
        get throws(ReferenceDecision.Refusal) {
            do { return try Validity(from: validFrom, to: validTo) } catch {
                throw .init(description: "The ledger's days for \(id) can't be read: \(error)")
            }
        }
    }

    fileprivate func with(_ state: State, _ validity: Validity) -> ReferenceVersion {
        with(state, from: validity.from.map { "\($0)" }, to: validity.to.map { "\($0)" })
    }

    fileprivate var author: [String: Event.Scalar] { ["owner": .text(owner), "changed": .text(changed)] }

    fileprivate var fields: [String: Event.Scalar] {
        [
            "name": .text(name), "approval": .text(approval), "type": .text(type), "variant": .text(variant), "version": .text(version),
            "sha256": .text(sha256),
        ]
    }

    fileprivate func fields(with validity: Validity) -> [String: Event.Scalar] {
        var fields = fields
        if let from = validity.from { fields["valid-from"] = .text("\(from)") }
        if let to = validity.to { fields["valid-to"] = .text("\(to)") }
        return fields
    }
}
