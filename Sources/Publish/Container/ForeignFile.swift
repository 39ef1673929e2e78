/// What was given instead of a container, told by how such files begin.
enum ForeignFile {
    /// As the end of a sentence that begins with "The file"; nil for what begins as a ZIP file or as nothing known.
    static func kind(of bytes: [UInt8]) -> String? {
        if bytes.isEmpty { return "is empty: it has 0 bytes" }
        if bytes.starts(with: "PK".utf8) { return nil }
        if !bytes.contains(where: { $0 != 0 }) { return "holds nothing but zero bytes: its transfer wasn't finished" }
        for (start, kind) in signatures where bytes.starts(with: start) { return kind }
        if bytes.count > 262, bytes[257..<262].elementsEqual("ustar".utf8) { return "is a tar archive, not a bundle" }
        return text(bytes)
    }

    private static let signatures: [([UInt8], String)] = [
        ([0x1F, 0x8B], "is compressed with gzip: uncompress it first"),
        ([0x42, 0x5A, 0x68], "is compressed with bzip2: uncompress it first"),
        ([0xFD, 0x37, 0x7A, 0x58, 0x5A], "is compressed with xz: uncompress it first"),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with zstd: uncompress it first"),
        ([0x37, 0x7A, 0xBC, 0xAF, 0x27, 0x1C], "is a 7z archive, not a bundle"),
        (Array("Rar!".utf8), "is a RAR archive, not a bundle"),
        (Array("%PDF".utf8), "is a PDF document, not a bundle"),
        (Array("-----BEGIN ".utf8), "is a text in PEM: a key, certificate or signature, not a bundle"),
        ([0x30, 0x82], "is a structure in DER: a certificate or signature, not a bundle"),
        ([0x30, 0x80], "is a structure in BER: a certificate or signature, not a bundle"),
    ]

    /// What begins with this many bytes of a text is taken for one.
    private static let sample = 1024

    private static func text(_ bytes: [UInt8]) -> String? {
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let body = bytes[start...].prefix(sample + 64).drop { $0 == 0x20 || 0x09...0x0D ~= $0 }.prefix(sample)
        let words = String(decoding: body, as: UTF8.self).lowercased()
        if words.isEmpty { return bytes.count <= sample ? "holds nothing but white space" : nil }
        if words.hasPrefix("<!doctype html") || words.hasPrefix("<html") || words.hasPrefix("<head") {
            return "is an HTML page, perhaps an error or a login page of the server that it came from"
        }
        if words.hasPrefix("<") {
            let isPage = words.contains("<html") || words.contains("<!doctype html")
            if isPage { return "is an HTML page, perhaps an error or a login page of the server that it came from" }
            return words.contains("initialvehicleinformation")
                ? "is an XML message by itself, not the bundle that it came in" : "is an XML document, not a bundle"
        }
        if words.hasPrefix("{") || words.hasPrefix("[") { return "is a JSON text, not a bundle" }
        return encoded(body, words)
    }

    /// Text that stands for the bytes of a ZIP file, or of any other.
    private static func encoded(_ body: ArraySlice<UInt8>, _ words: String) -> String? {
        // "PK", 3, 4 in Base64, perhaps behind the head of a data address or of a mail's part.
        if words.contains("uesdb") {
            let isHeaded = words.hasPrefix("data:") || words.hasPrefix("content-") || words.hasPrefix("mime-")
            if isHeaded || words.hasPrefix("uesdb") { return "is a bundle as a text in Base64: decode it first" }
        }
        if words.hasPrefix("504b0304") || words.hasPrefix("50 4b 03 04") {
            return "is a bundle as a text of hexadecimal digits: decode it first"
        }
        let isText = body.allSatisfy { 0x20..<0x7F ~= $0 || 0x09...0x0D ~= $0 || $0 >= 0x80 }
        // Without a letter that the sample may have cut.
        let whole = body.prefix(body.count - body.reversed().prefix { $0 >= 0x80 }.count)
        return isText && String(validating: whole, as: UTF8.self) != nil ? "is a text, not a bundle" : nil
    }
}
