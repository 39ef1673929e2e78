internal import CXML
import Synchronization

/// The official schema as a second opinion on messages that are about to be sealed (docs/configuration.md, `schema`). Any number of threads.
///
/// libxml2 doesn't promise that one parsed schema may serve two validations at once, so each thread that validates gets one of its own.
public final class MessageSchema: Sendable {
    public let path: String
    private let idle: Mutex<[ParsedSchema]>

    /// Why the file can't be used, as a sentence.
    public struct Unusable: Error, CustomStringConvertible {
        public let description: String
    }

    /// Reads the schema, and the files that it imports from beside it.
    /// - Throws: for a file that can't be read or isn't a schema.
    public init(path: String) throws(Unusable) {
        self.path = path
        idle = Mutex([try ParsedSchema(path)])
    }

    /// What the schema says against a message that isn't signed yet; nil when it agrees. Blocks for about a millisecond.
    /// - Parameter signatureOffset: where the signature will be put: the schema asks for one, so a placeholder stands in.
    public func objection(to message: [UInt8], signatureOffset: Int) -> String? {
        let log = XMLErrorLog()
        let complete = message[..<signatureOffset] + Self.placeholder + message[signatureOffset...]
        guard let tree = XMLTree(Array(complete), log: log) else { return "it isn't well-formed: \(log.text)" }
        let schema: ParsedSchema
        do { schema = try idle.withLock { $0.popLast() } ?? ParsedSchema(path) } catch {
            return "\(error)"
        }
        defer { idle.withLock { $0.append(schema) } }
        return schema.accepts(tree, log) ? nil : log.text
    }

    private static let placeholder = Array(
        ("<Signature xmlns=\"http://www.w3.org/2000/09/xmldsig#\"><SignedInfo><CanonicalizationMethod Algorithm=\"urn:x\"/>"
            + "<SignatureMethod Algorithm=\"urn:x\"/><Reference><DigestMethod Algorithm=\"urn:x\"/><DigestValue>AA==</DigestValue>"
            + "</Reference></SignedInfo><SignatureValue>AA==</SignatureValue></Signature>").utf8)
}

/// The only owner of one parsed schema.
///
/// Sendable by proof: it isn't changed after `init`, and `MessageSchema` gives it to one thread at a time.
private final class ParsedSchema: @unchecked Sendable {
    private let schema: xmlSchemaPtr

    init(_ path: String) throws(MessageSchema.Unusable) {
        let log = XMLErrorLog()
        let parsed: xmlSchemaPtr? = log.capturing {
            guard XMLSecurity.isReady, let parser = xmlSchemaNewParserCtxt(path) else { return nil }
            defer { xmlSchemaFreeParserCtxt(parser) }
            return xmlSchemaParse(parser)
        }
        guard let parsed else { throw MessageSchema.Unusable(description: "\(path) can't be used as a schema: \(log.text)") }
        schema = parsed
    }

    deinit { xmlSchemaFree(schema) }

    func accepts(_ tree: borrowing XMLTree, _ log: XMLErrorLog) -> Bool {
        let document = tree.document
        return log.capturing {
            guard let validation = xmlSchemaNewValidCtxt(schema) else { return false }
            defer { xmlSchemaFreeValidCtxt(validation) }
            return xmlSchemaValidateDoc(validation, document) == 0
        }
    }
}
