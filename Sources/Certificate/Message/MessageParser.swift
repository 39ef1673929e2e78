import CXML

/// Owns one libxml2 push parser and passes its events to a `MessageHandler`.
struct MessageParser: ~Copyable {
    private let context: xmlParserCtxtPtr
    private let handler: MessageHandler

    static func parse(_ bytes: [UInt8], into handler: MessageHandler) throws(MessageReadingFailure) {
        guard let parser = MessageParser(handler) else {
            throw MessageReadingFailure(
                .tooLarge, line: 1, reason: "There is no memory left to read the message.", remedy: "Free memory, then retry.")
        }
        try parser.run(bytes)
    }

    private init?(_ handler: MessageHandler) {
        _ = XMLLibrary.isReady
        var events = Self.events
        // Unretained is enough: this struct holds the handler for as long as the parser that calls it.
        guard let context = xmlCreatePushParserCtxt(&events, Unmanaged.passUnretained(handler).toOpaque(), nil, 0, nil) else { return nil }
        // Any bit that libxml2 doesn't know comes back; these it knows since 2.6.
        guard xmlCtxtUseOptions(context, Int32(XML_PARSE_NONET.rawValue | XML_PARSE_NOCDATA.rawValue)) == 0 else {
            xmlFreeParserCtxt(context)
            return nil
        }
        self.context = context
        self.handler = handler
        handler.context = context
    }

    deinit {
        handler.context = nil
        xmlFreeParserCtxt(context)
    }

    private borrowing func run(_ bytes: [UInt8]) throws(MessageReadingFailure) {
        // The bytes are in memory already, so one chunk: the caller's limit on them fits Int32.
        let status = bytes.withUnsafeBytes { buffer in
            xmlParseChunk(context, buffer.baseAddress?.assumingMemoryBound(to: CChar.self), Int32(buffer.count), 1)
        }
        if let failure = handler.failure { throw failure }
        guard context.pointee.wellFormed == 1, context.pointee.nsWellFormed == 1 else {
            throw handler.notWellFormed(status: status)
        }
    }

    /// Only what the handler needs is set: with `getEntity` and its kin missing no entity can resolve.
    private static var events: xmlSAXHandler {
        var events = xmlSAXHandler()
        events.initialized = UInt32(XML_SAX2_MAGIC)
        events.startElementNs = { user, name, _, uri, _, _, attributeCount, _, attributes in
            guard let name, let handler = MessageParser.handler(user) else { return }
            handler.start(name, uri, attributes: attributes, count: Int(attributeCount))
        }
        events.endElementNs = { user, _, _, _ in MessageParser.handler(user)?.end() }
        // The same function for both, else libxml2 guesses which white space could be dropped.
        let characters: charactersSAXFunc = { user, text, length in
            guard let text else { return }
            MessageParser.handler(user)?.characters(UnsafeBufferPointer(start: text, count: Int(length)))
        }
        events.characters = characters
        events.ignorableWhitespace = characters
        events.processingInstruction = { user, target, data in
            guard let target else { return }
            MessageParser.handler(user)?.instruction(String(cString: target), data.map { String(cString: $0) } ?? "")
        }
        events.internalSubset = { user, _, _, _ in MessageParser.handler(user)?.documentType() }
        events.serror = { user, error in
            guard let error else { return }
            MessageParser.handler(user)?.libraryError(error.pointee)
        }
        return events
    }

    private static func handler(_ user: UnsafeMutableRawPointer?) -> MessageHandler? {
        user.map { Unmanaged<MessageHandler>.fromOpaque($0).takeUnretainedValue() }
    }
}
