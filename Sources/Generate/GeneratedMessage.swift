/// One message as canonical XML.
public struct GeneratedMessage: Sendable, Equatable {
    /// The XML declaration line and the document, which is its own canonical form (C14N 1.0, inclusive and exclusive).
    public let bytes: [UInt8]
    /// The offset of the root's start tag, behind the XML declaration.
    public let documentStart: Int
    /// The offset of the root's end tag, where the signature goes.
    public let signatureOffset: Int
}
