import CXML

/// One parsed document: the only owner of its `xmlDoc`. Nodes are looked at through `XMLElement`, never beyond the tree's life.
struct XMLTree: ~Copyable {
    let document: UnsafeMutablePointer<xmlDoc>
    let root: XMLElement

    /// Parses UTF-8 without any DTD, entity or network access. Nil when it isn't well-formed; the log has the reason then.
    init?(_ bytes: [UInt8], log: XMLErrorLog) {
        guard XMLSecurity.isReady, let context = xmlNewParserCtxt() else { return nil }
        defer { xmlFreeParserCtxt(context) }
        // Compact: short texts lie in their nodes, which nothing changes.
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_COMPACT.rawValue)
        let document = bytes.withUnsafeBufferPointer { buffer in
            buffer.withMemoryRebound(to: CChar.self) { characters in
                log.capturing {
                    xmlCtxtReadMemory(context, characters.baseAddress, Int32(clamping: characters.count), nil, "UTF-8", options)
                }
            }
        }
        guard let document else { return nil }
        guard context.pointee.wellFormed == 1, let root = xmlDocGetRootElement(document) else {
            xmlFreeDoc(document)
            return nil
        }
        self.document = document
        self.root = XMLElement(node: root)
    }

    deinit { xmlFreeDoc(document) }
}

/// A look at one element of an `XMLTree`: valid as long as the tree is.
struct XMLElement {
    let node: UnsafeMutablePointer<xmlNode>

    var name: String { String(cString: node.pointee.name) }
    var namespace: String? { node.pointee.ns.flatMap { $0.pointee.href }.map { String(cString: $0) } }

    func `is`(_ name: StaticString, in namespace: String) -> Bool {
        Self.equal(node.pointee.name, name) && self.namespace == namespace
    }

    /// Compares without making a string: this runs for every element of a message.
    static func equal(_ text: UnsafePointer<xmlChar>?, _ other: StaticString) -> Bool {
        guard let text else { return false }
        return xmlStrcmp(text, other.utf8Start) == 0
    }

    /// The child elements; nil when there is anything else beside white space.
    var elementsOnly: [XMLElement]? {
        var elements: [XMLElement] = []
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: elements.append(XMLElement(node: current))
            case XML_TEXT_NODE where xmlIsBlankNode(current) == 1: break
            default: return nil
            }
            child = current.pointee.next
        }
        return elements
    }

    /// The text; nil when there is any child that isn't text.
    var text: [UInt8]? { Self.text(node.pointee.children) }

    /// The attributes without namespace by name; nil when one has a namespace. Declarations of namespaces aren't attributes.
    var attributes: [String: String]? {
        var attributes: [String: String] = [:]
        var property = node.pointee.properties
        while let current = property {
            guard current.pointee.ns == nil, let name = current.pointee.name, let value = Self.text(current.pointee.children) else {
                return nil
            }
            attributes[String(cString: name)] = String(decoding: value, as: UTF8.self)
            property = current.pointee.next
        }
        return attributes
    }

    private static func text(_ first: UnsafeMutablePointer<xmlNode>?) -> [UInt8]? {
        var bytes: [UInt8] = []
        var child = first
        while let current = child {
            guard current.pointee.type == XML_TEXT_NODE, let content = current.pointee.content else { return nil }
            bytes.append(contentsOf: UnsafeBufferPointer(start: content, count: Int(xmlStrlen(content))))
            child = current.pointee.next
        }
        return bytes
    }
}
