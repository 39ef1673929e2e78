import CXML

/// What libxml2 says against a document, in words for those who wrote it.
struct XMLComplaint {
    let line: Int
    let text: String
    let remedy: String

    private static let library = "Write the file with an XML library, and send it whole."

    /// - Parameter isComplete: whether the root is closed already.
    init(_ error: xmlError, _ code: xmlParserErrors, isComplete: Bool) {
        let said = error.message.map { String(cString: $0) } ?? "error \(error.code)"
        var text = said.split { $0.isNewline }.joined(separator: " ")
        // Some messages begin with the name of the function that gives them.
        if text.hasPrefix("xmlParse"), let colon = text.firstRange(of: ": ") { text.removeSubrange(..<colon.upperBound) }
        text = String(text.prefix(200))
        var remedy = Self.library
        switch code {
        case XML_ERR_DOCUMENT_END where !isComplete:
            // For libxml2, which is given pieces, what isn't finished is too much.
            text = "it ends before its root element is closed"
            remedy = "The file was cut off: send it again, complete."
        case XML_ERR_NAME_REQUIRED, XML_ERR_ENTITYREF_SEMICOL_MISSING, XML_ERR_UNDECLARED_ENTITY, XML_ERR_LT_IN_ATTRIBUTE:
            if said.hasPrefix("xmlParseEntityRef") { text = "a '&' begins no reference" }
            remedy = "Write '&' in values as '&amp;' and '<' as '&lt;', best with an XML library."
        default: break
        }
        line = max(Int(error.line), 1)
        self.text = text
        self.remedy = remedy
    }

    /// Where libxml2 ends without a word.
    init(line: Int) {
        self.line = max(line, 1)
        text = "it can't be read further"
        remedy = Self.library
    }
}
