/// Looks once over a message before it is sealed, for what canonical XML never holds and for a signature.
struct UnsignedMessageCheck {
    private let bytes: [UInt8]
    private let documentStart: Int
    private let signatureOffset: Int

    init(_ bytes: [UInt8], documentStart: Int, signatureOffset: Int) {
        self.bytes = bytes
        self.documentStart = documentStart
        self.signatureOffset = signatureOffset
    }

    func run() throws(SealError) {
        guard documentStart >= 0, signatureOffset > documentStart, signatureOffset < bytes.count else {
            throw .notCanonical("its offsets lie outside of it")
        }
        guard bytes[documentStart] == UInt8(ascii: "<"), bytes[bytes.count - 1] == UInt8(ascii: ">") else {
            throw .notCanonical("it doesn't begin and end with the root element")
        }
        guard bytes[signatureOffset] == UInt8(ascii: "<"), bytes[signatureOffset + 1] == UInt8(ascii: "/") else {
            throw .notCanonical("the signature's place isn't just before the root's end tag")
        }
        guard !bytes[(signatureOffset + 1)...].contains(UInt8(ascii: "<")) else {
            throw .notCanonical("something follows the signature's place besides the root's end tag")
        }
        guard hasOwnProlog else { throw .notCanonical("something other than the XML declaration stands before the root") }
        try scan()
    }

    private var hasOwnProlog: Bool {
        documentStart == 0 || bytes[..<documentStart].elementsEqual(DocumentProlog.declaration)
    }

    /// Every `<` begins a tag here, since canonical text and attribute values write it as `&lt;`.
    private func scan() throws(SealError) {
        var error: SealError?
        bytes.withUnsafeBufferPointer { buffer in
            var index = documentStart
            while index < buffer.count, error == nil {
                let byte = buffer[index]
                index += 1
                if byte == UInt8(ascii: "\r") { error = .notCanonical("it holds a carriage return") }
                guard byte == UInt8(ascii: "<"), index < buffer.count else { continue }
                if buffer[index] == UInt8(ascii: "!") || buffer[index] == UInt8(ascii: "?") {
                    error = .notCanonical("it holds a comment, a section or an instruction")
                } else if Self.isSignature(buffer, nameAt: index) {
                    error = SealError(
                        .alreadySigned, "The message already carries a signature.",
                        remedy: "Deliver it without one, or set `existing-signature = \"discard\"` for its source.")
                }
            }
        }
        if let error { throw error }
    }

    /// Whether the element name at `start` is `Signature`, with or without a prefix.
    private static func isSignature(_ buffer: UnsafeBufferPointer<UInt8>, nameAt start: Int) -> Bool {
        var end = start
        var local = start
        while end < buffer.count {
            switch buffer[end] {
            case UInt8(ascii: ">"), UInt8(ascii: " "), UInt8(ascii: "\t"), UInt8(ascii: "\n"):
                return end - local == 9 && buffer[local..<end].elementsEqual("Signature".utf8)
            case UInt8(ascii: "/") where end > start:
                return end - local == 9 && buffer[local..<end].elementsEqual("Signature".utf8)
            case UInt8(ascii: ":"): local = end + 1
            default: break
            }
            end += 1
        }
        return false
    }
}

/// What may stand before the root of a sealed message: nothing, or exactly this declaration.
enum DocumentProlog {
    static let declaration = Array("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n".utf8)
}

extension SealError {
    fileprivate static func notCanonical(_ reason: String) -> SealError {
        SealError(
            .notCanonical, "The message isn't in canonical form: \(reason).",
            remedy: "Report this: ecocd's generator must write canonical XML.")
    }
}
