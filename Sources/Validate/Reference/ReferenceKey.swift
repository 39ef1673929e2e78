import Certificate

/// What a reference record is for: all vehicles of one approval, type, variant and version.
public struct ReferenceKey: Hashable, Sendable, CustomStringConvertible {
    /// The approval number with its extension, as it stands in the record.
    public let approval: String
    public let type: String
    public let variant: String
    public let version: String

    public init(approval: String, type: String, variant: String, version: String) {
        self.approval = approval
        self.type = type
        self.variant = variant
        self.version = version
    }

    public var description: String { "\(approval), type \(type), variant \(variant), version \(version)" }

    static let places: [Place] = [.typeApprovalNumber, .type, .variant, .version]

    /// The key that `values` name, or the names of the elements that are missing for it.
    static func read(_ values: FieldValues) -> Result {
        let parts = places.map { $0.key().flatMap { values[$0] } }
        guard let approval = parts[0], let type = parts[1], let variant = parts[2], let version = parts[3] else {
            return .missing(zip(places, parts).filter { $0.1 == nil }.map(\.0.element.name))
        }
        return .key(ReferenceKey(approval: approval, type: type, variant: variant, version: version))
    }

    enum Result {
        case key(ReferenceKey)
        case missing([String])
    }

    /// The two digits of the approval's extension; nil for a number in another form.
    public var approvalExtension: String? { (try? TypeApprovalNumber(approval))?.extension }

    /// Whether both are one approval's type, variant and version, under two of its extensions.
    public func isOtherExtension(of other: ReferenceKey) -> Bool {
        guard approval != other.approval, parts.dropFirst() == other.parts.dropFirst() else { return false }
        return isSameApproval(as: other)
    }

    /// Whether both belong to one approval, whatever the extension.
    public func isSameApproval(as other: ReferenceKey) -> Bool {
        guard let one = try? TypeApprovalNumber(approval), let two = try? TypeApprovalNumber(other.approval) else { return false }
        return (one.country, one.act, one.base) == (two.country, two.act, two.base)
    }

    var parts: [String] { [approval, type, variant, version] }
}
