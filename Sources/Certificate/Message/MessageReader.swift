import Markup

/// Reads IVI messages, from the ERP or from reference data, as hostile input.
///
/// Streaming and without a tree. A DOCTYPE ends the reading at once, so no entity is ever declared, let alone expanded; nothing is fetched.
/// The order inside a group doesn't matter (the schema's groups are `xs:all`), and whether required elements are there isn't asked here.
/// Values are kept exactly as text: nothing is trimmed and no number rewritten.
public enum MessageReader {
    public enum Kind: Sendable {
        /// One vehicle's message.
        case message
        /// What is the same for all vehicles of a version: Header, VIN and the like may be missing.
        case reference
    }

    /// Upper limits, far above every real message (about 20 KB, 600 elements, 10 levels).
    enum Limit {
        static let bytes = 8 << 20
        static let elements = 100_000
        static let depth = 32
        static let findings = 200
        static let instructions = 16
        /// What libxml2 takes the square of. Elements and depth are counted while it reads.
        static let cost = MarkupCost.Limits(
            elements: .max, depth: .max, attributes: 100_000, attributesOfOne: 64, namespaces: 10_000, namespacesInScope: 64, name: 1_024,
            namespaceName: 1_024)
    }

    /// Blocking and free of I/O; may run on any number of threads at once.
    public static func read(_ bytes: [UInt8], kind: Kind = .message) throws(MessageReadingFailure) -> Message {
        try checkOuterForm(bytes, kind)
        let handler = MessageHandler(kind: kind)
        try MessageParser.parse(bytes, into: handler)
        return handler.message()
    }

    /// Keeps what is plainly no XML, and encodings that need a converter outside libxml2, away from the parser.
    private static func checkOuterForm(_ bytes: [UInt8], _ kind: Kind) throws(MessageReadingFailure) {
        guard bytes.count <= Limit.bytes else {
            throw MessageReadingFailure(
                .tooLarge, line: 1, reason: "The \(kind.noun) has \(bytes.count) bytes; more than \(Limit.bytes) aren't read.",
                remedy: "Send one vehicle per message.")
        }
        guard let form = XMLEncoding(of: bytes) else {
            throw MessageReadingFailure(
                .notWellFormed, line: 1, reason: "The \(kind.noun) doesn't begin like XML.",
                remedy: "Send an XML file, or give the source the decoder of its format.")
        }
        guard form.isReadable else {
            throw MessageReadingFailure(
                .encoding, line: 1, reason: "The \(kind.noun) is declared as '\(form.name)', which isn't read.",
                remedy: "Write the file in UTF-8 and declare encoding=\"UTF-8\".")
        }
        do throws(MarkupCost.Excess) { try MarkupCost.check(bytes, Limit.cost) } catch {
            throw MessageReadingFailure(
                .tooLarge, line: error.line, reason: "The \(kind.noun) \(error.reason).",
                remedy: "Write it as the schema has it: with elements, and one namespace.")
        }
    }
}

extension MessageReader.Kind {
    var noun: String {
        switch self {
        case .message: "message"
        case .reference: "reference file"
        }
    }
}
