import Sign
import Hashing

/// The list of a bundle's files with their digests that the detached signature covers (EN 319 162-1, section 4.4.3.1 and annex A.4).
///
/// One fixed form is written, and only that form is read: so no XML parser is needed and nothing can stand in it unseen.
struct ASiCManifest: Equatable {
    /// The first is the sealed message.
    let references: [Reference]

    struct Reference: Equatable {
        let name: String
        /// SHA-256 of the file.
        let digest: [UInt8]
    }

    init(_ references: [Reference]) { self.references = references }

    init(of entries: [BundleEntry]) {
        references = entries.map { Reference(name: $0.name, digest: $0.sha256.bytes) }
    }

    /// Reads what `bytes` writes; nil for anything else.
    init?(reading text: [UInt8]) {
        let start = Array("<asic:DataObjectReference URI=\"".utf8)
        let digestStart = Array("<ds:DigestValue>".utf8)
        var references: [Reference] = []
        var rest = text[...]
        while let found = Self.behind(start, in: rest) {
            guard let nameEnd = found.firstIndex(of: UInt8(ascii: "\"")), let value = Self.behind(digestStart, in: found[nameEnd...]),
                let valueEnd = value.firstIndex(of: UInt8(ascii: "<")), let digest = Base64.decode(xml: Array(value[..<valueEnd]))
            else { return nil }
            references.append(Reference(name: String(decoding: found[..<nameEnd], as: UTF8.self), digest: digest))
            rest = value[valueEnd...]
        }
        self.references = references
        guard !references.isEmpty, bytes == text else { return nil }
    }

    var bytes: [UInt8] {
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<asic:ASiCManifest xmlns:asic=\"http://uri.etsi.org/02918/v1.2.1#\" xmlns:ds=\"http://www.w3.org/2000/09/xmldsig#\">"
        text += "<asic:SigReference URI=\"\(ContainerFormat.signatureName)\" MimeType=\"application/pkcs7-signature\"/>"
        for (index, reference) in references.enumerated() {
            text += "<asic:DataObjectReference URI=\"\(reference.name)\" MimeType=\"\(Self.mediaType(reference.name))\""
            text += index == 0 ? " Rootfile=\"true\">" : ">"
            text += "<ds:DigestMethod Algorithm=\"http://www.w3.org/2001/04/xmlenc#sha256\"/>"
            text += "<ds:DigestValue>\(Base64.encode(reference.digest))</ds:DigestValue>"
            text += "</asic:DataObjectReference>"
        }
        text += "</asic:ASiCManifest>\n"
        return Array(text.utf8)
    }

    private static func mediaType(_ name: String) -> String {
        switch name.split(separator: ".").last {
        case "xml": "application/xml"
        case "html": "text/html"
        case "json": "application/json"
        case "txt", "tlog-proof": "text/plain"
        default: "application/octet-stream"
        }
    }

    /// What follows the first occurrence of `word`.
    private static func behind(_ word: [UInt8], in text: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
        var start = text.startIndex
        while let found = text[start...].firstIndex(of: word[0]) {
            if text[found...].starts(with: word) { return text[(found + word.count)...] }
            start = found + 1
        }
        return nil
    }
}
