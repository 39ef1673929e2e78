import Certificate

/// A message that grows field by field in document order. Its bytes are Canonical XML 1.0 (sections 2.3 and 4.6): start and end tag for
/// every element, one namespace declaration on the root, only `&`, `<`, `>` and CR escaped.
struct CanonicalDocument {
    private var bytes: [UInt8] = []
    /// The groups that are open, outermost first, without the root.
    private var open: [(group: ElementID, place: UInt64)] = []
    private let tags = TagTable.initialVehicleInformation

    private static let declaration = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)

    init(fieldCount: Int) {
        bytes.reserveCapacity(512 + fieldCount * 96)
        bytes.append(contentsOf: Self.declaration)
        bytes.append(contentsOf: tags.rootStart)
    }

    mutating func append(_ field: Field) {
        let leaf = tags.leaf(of: field.key)
        enter(tags.ancestors[leaf], field.key)
        bytes.append(contentsOf: tags.start[leaf])
        append(text: field.value)
        bytes.append(contentsOf: tags.end[leaf])
    }

    consuming func finish() -> GeneratedMessage {
        leave(to: 0)
        let offset = bytes.count
        bytes.append(contentsOf: tags.end[0])
        return GeneratedMessage(bytes: bytes, documentStart: Self.declaration.count, signatureOffset: offset)
    }

    /// Closes the groups that the key doesn't stand in, and opens those that it does.
    private mutating func enter(_ ancestors: [TagTable.Ancestor], _ key: FieldKey) {
        var common = 0
        while common < open.count, common < ancestors.count, open[common].group == ancestors[common].id,
            open[common].place == key.place(levels: ancestors[common].levels)
        {
            common += 1
        }
        leave(to: common)
        for ancestor in ancestors[common...] {
            bytes.append(contentsOf: tags.start[Int(ancestor.id.rawValue)])
            open.append((ancestor.id, key.place(levels: ancestor.levels)))
        }
    }

    private mutating func leave(to depth: Int) {
        while open.count > depth { bytes.append(contentsOf: tags.end[Int(open.removeLast().group.rawValue)]) }
    }

    private mutating func append(text: String) {
        var text = text
        text.withUTF8 { characters in
            if characters.contains(where: Self.isEscaped) {
                for character in characters { append(escaped: character) }
            } else {
                bytes.append(contentsOf: characters)
            }
        }
    }

    private static func isEscaped(_ character: UInt8) -> Bool {
        character == UInt8(ascii: "&") || character == UInt8(ascii: "<") || character == UInt8(ascii: ">") || character == 0x0D
    }

    private mutating func append(escaped character: UInt8) {
        switch character {
        case UInt8(ascii: "&"): bytes.append(contentsOf: "&amp;".utf8)
        case UInt8(ascii: "<"): bytes.append(contentsOf: "&lt;".utf8)
        case UInt8(ascii: ">"): bytes.append(contentsOf: "&gt;".utf8)
        case 0x0D: bytes.append(contentsOf: "&#xD;".utf8)
        default: bytes.append(character)
        }
    }
}
