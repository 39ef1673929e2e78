/// A record as read back: the members of its JSON object.
public struct Record: Sendable, Equatable {
    /// The version of the record form: 1.
    public let version: Int
    /// The kind as written; `Event.Kind(rawValue:)` knows those of this program.
    public let kind: String
    /// UTC to the millisecond, RFC 3339.
    public let time: String
    /// `ecocd`, or `uid:name` of a person.
    public let actor: String
    public let submission: String?
    /// The kind's own fields.
    public let fields: [String: Event.Scalar]

    /// A text field, or nil when it is missing or a number.
    public func text(_ name: String) -> String? {
        if case .text(let text) = fields[name] { text } else { nil }
    }

    /// A number field, or nil when it is missing or a text.
    public func number(_ name: String) -> Int? {
        if case .number(let number) = fields[name] { number } else { nil }
    }
}
