/// One kind's members in canonical order, prepared once, so that encoding neither sorts nor allocates per member.
struct RecordLayout: Sendable {
    enum Content: Sendable {
        case actor, time, submission
        /// The value, already written.
        case fixed([UInt8])
        case field(EventCatalogue.Field)
    }

    struct Member: Sendable {
        let name: String
        /// `"name":`
        let label: [UInt8]
        let content: Content
    }

    let needsSubmission: Bool
    let members: [Member]

    static func of(_ kind: Event.Kind) -> RecordLayout { layouts[kind] ?? RecordLayout(EventCatalogue.entry(kind)) }

    private static let layouts = Dictionary(uniqueKeysWithValues: Event.Kind.allCases.map { ($0, RecordLayout(EventCatalogue.entry($0))) })

    private init(_ entry: EventCatalogue.Entry) {
        var contents: [(String, Content)] = [
            ("actor", .actor), ("at", .time), ("submission", .submission), ("v", .fixed(Array("1".utf8))),
            ("kind", .fixed(CanonicalJSON.quoted(entry.kind.rawValue))),
        ]
        contents += entry.fields.map { ($0.name, .field($0)) }
        // RFC 8785, section 3.2.3: by UTF-16 code units.
        contents.sort { $0.0.utf16.lexicographicallyPrecedes($1.0.utf16) }
        needsSubmission = entry.needsSubmission
        members = contents.map { Member(name: $0.0, label: CanonicalJSON.quoted($0.0) + [UInt8(ascii: ":")], content: $0.1) }
    }
}
