/// One kind's members in canonical order, prepared once, so that encoding neither sorts nor allocates per member.
struct RecordLayout: Sendable {
    enum Content: Sendable { case actor, time, submission, fixed, field }

    /// A class only because it is passed about for every member of every record: a copy is one reference.
    final class Member: Sendable {
        let name: String
        /// `,"name":`, with the value behind it where that is always the same.
        let label: [UInt8]
        let content: Content
        /// Of a field: what its value must be, and whether there must be one.
        let type: EventCatalogue.FieldType
        let isRequired: Bool

        fileprivate init(_ name: String, _ content: Content, value: [UInt8] = []) {
            self.name = name
            self.content = content
            label = [UInt8(ascii: ",")] + CanonicalJSON.quoted(name) + [UInt8(ascii: ":")] + value
            type = .text
            isRequired = true
        }

        fileprivate init(_ field: EventCatalogue.Field) {
            name = field.name
            content = .field
            label = [UInt8(ascii: ",")] + CanonicalJSON.quoted(field.name) + [UInt8(ascii: ":")]
            type = field.type
            isRequired = field.isRequired
        }
    }

    let needsSubmission: Bool
    let members: [Member]

    static func of(_ kind: Event.Kind) -> RecordLayout { layouts[kind] ?? RecordLayout(EventCatalogue.entry(kind)) }

    private static let layouts = Dictionary(uniqueKeysWithValues: Event.Kind.allCases.map { ($0, RecordLayout(EventCatalogue.entry($0))) })

    private init(_ entry: EventCatalogue.Entry) {
        let own = [
            Member("actor", .actor), Member("at", .time), Member("submission", .submission), Member("v", .fixed, value: Array("1".utf8)),
            Member("kind", .fixed, value: CanonicalJSON.quoted(entry.kind.rawValue)),
        ]
        // RFC 8785, section 3.2.3: by UTF-16 code units.
        members = (own + entry.fields.map { Member($0) }).sorted { $0.name.utf16.lexicographicallyPrecedes($1.name.utf16) }
        needsSubmission = entry.needsSubmission
    }
}
