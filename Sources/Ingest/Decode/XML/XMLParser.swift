import CXML
import Certificate

/// Owns one libxml2 push parser and passes its events to an `XMLRecordHandler`.
///
/// Input is hostile: nothing is fetched, and a document type ends the reading at once, so no entity is ever declared, let alone expanded.
struct XMLParser: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let handler: XMLRecordHandler
    private let nameLimit: Int

    /// Bytes of one tag, comment or section that libxml2 may wait for the end of. It compares each attribute of a tag with all others.
    private static let waitingLimit = 256 << 10

    /// - Parameter nameLimit: how many different names elements and attributes may have in the whole document.
    init(_ handler: XMLRecordHandler, nameLimit: Int) throws(FileRejection) {
        _ = XMLLibrary.isReady
        var events = Self.events
        // Unretained is enough: this struct holds the handler for as long as the parser that calls it.
        guard let context = xmlCreatePushParserCtxt(&events, Unmanaged.passUnretained(handler).toOpaque(), nil, 0, nil) else {
            throw Self.noMemory
        }
        // The pieces are UTF-8 whatever the document declares. Any option that libxml2 doesn't know comes back; these it knows since 2.8.
        let options = Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue | XML_PARSE_IGNORE_ENC.rawValue)
        guard xmlCtxtUseOptions(context, options) == 0, context.pointee.dictNames == 1, handler.begin(context) else {
            xmlFreeParserCtxt(context)
            throw Self.noMemory
        }
        self.context = context
        self.handler = handler
        self.nameLimit = nameLimit
    }

    deinit {
        handler.end()
        xmlFreeParserCtxt(context)
    }

    /// Reads on. A record that ends in the piece is with the handler then.
    borrowing func read(_ piece: [UInt8]) throws(FileRejection) {
        try parse(piece, isLast: false)
        let input = context.pointee.input.pointee
        guard let end = input.end, let current = input.cur, end - current <= Self.waitingLimit else {
            throw FileRejection(
                .longRow, "Line \(input.line): a tag, comment or section is longer than \(Self.waitingLimit) bytes.",
                remedy: "Check the quotes and the '>' of the tag.")
        }
        // libxml2 holds them all, and takes the longer to find each the more they are.
        guard Int(xmlDictSize(context.pointee.dict)) <= nameLimit else {
            throw FileRejection(
                .tooManyColumns, "Line \(input.line): up to here elements and attributes have more than \(nameLimit) different names.",
                remedy: "Write one kind of value under one name.")
        }
    }

    /// Says that there is no more.
    borrowing func finish() throws(FileRejection) {
        try parse([], isLast: true)
        guard handler.isComplete else { throw handler.malformed() }
    }

    private static let noMemory = FileRejection.unreadable("there is no memory left for it")

    private borrowing func parse(_ piece: [UInt8], isLast: Bool) throws(FileRejection) {
        let status = piece.withUnsafeBytes { bytes in
            xmlParseChunk(context, bytes.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(bytes.count), isLast ? 1 : 0)
        }
        if let failure = handler.failure { throw failure }
        // Where memory ends, the document still counts as well-formed.
        guard status != Int32(XML_ERR_NO_MEMORY.rawValue) else { throw Self.noMemory }
        guard context.pointee.wellFormed == 1, !handler.hasNamespaceFault else {
            throw handler.malformed()
        }
    }

    /// Only what the handler needs is set: with `getEntity` and its kin missing no entity can resolve.
    private static var events: xmlSAXHandler {
        var events = xmlSAXHandler()
        events.initialized = UInt32(XML_SAX2_MAGIC)
        events.startElementNs = { user, name, prefix, _, namespaceCount, namespaces, attributeCount, _, attributes in
            guard let name else { return }
            XMLParser.handler(user)?.start(
                XMLTag(
                    prefix: prefix, name: name, namespaceCount: Int(namespaceCount), namespaces: namespaces,
                    attributeCount: Int(attributeCount), attributes: attributes))
        }
        events.endElementNs = { user, name, prefix, _ in
            guard let name else { return }
            XMLParser.handler(user)?.end(prefix, name)
        }
        // The same function for both, else libxml2 guesses which white space could be dropped.
        let characters: charactersSAXFunc = { user, text, length in
            guard let text else { return }
            XMLParser.handler(user)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
        }
        events.characters = characters
        events.ignorableWhitespace = characters
        events.comment = { user, text in
            guard let text else { return }
            XMLParser.handler(user)?.comment(UnsafeBufferPointer(start: text, count: Int(xmlStrlen(text))))
        }
        events.processingInstruction = { user, target, data in
            guard let target else { return }
            XMLParser.handler(user)?.instruction(target, data)
        }
        events.internalSubset = { user, _, _, _ in XMLParser.handler(user)?.documentType() }
        events.serror = { user, error in
            guard let error else { return }
            XMLParser.handler(user)?.libraryError(error.pointee)
        }
        return events
    }

    private static func handler(_ user: UnsafeMutableRawPointer?) -> XMLRecordHandler? {
        user.map { Unmanaged<XMLRecordHandler>.fromOpaque($0).takeUnretainedValue() }
    }
}

/// A start tag as libxml2 gives it, for as long as the event lasts.
struct XMLTag {
    typealias Name = UnsafePointer<xmlChar>

    let prefix: Name?
    let name: Name
    /// How many namespaces it declares: each a prefix, nil for the default one, and the name of the namespace.
    let namespaceCount: Int
    fileprivate let namespaces: UnsafeMutablePointer<Name?>?
    let attributeCount: Int
    fileprivate let attributes: UnsafeMutablePointer<Name?>?

    fileprivate init(
        prefix: Name?, name: Name, namespaceCount: Int, namespaces: UnsafeMutablePointer<Name?>?, attributeCount: Int,
        attributes: UnsafeMutablePointer<Name?>?
    ) {
        self.prefix = prefix
        self.name = name
        self.namespaceCount = namespaces == nil ? 0 : namespaceCount
        self.namespaces = namespaces
        self.attributeCount = attributes == nil ? 0 : attributeCount
        self.attributes = attributes
    }

    func namespace(_ index: Int) -> (prefix: Name?, uri: Name?) {
        (namespaces?[2 * index], namespaces?[2 * index + 1])
    }

    /// libxml2 gives five pointers an attribute: name, prefix, namespace, start and end of the value.
    func attribute(_ index: Int) -> (name: Name, prefix: Name?, uri: Name?, value: UnsafeBufferPointer<UInt8>)? {
        guard let attributes, let name = attributes[5 * index] else { return nil }
        let place = attributes + 5 * index
        guard let start = place[3], let end = place[4] else { return (name, place[1], place[2], UnsafeBufferPointer(start: nil, count: 0)) }
        return (name, place[1], place[2], UnsafeBufferPointer(start: start, count: end - start))
    }
}
