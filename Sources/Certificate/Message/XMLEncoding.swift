/// The character encoding that an XML file starts with (XML 1.0, appendix F).
public struct XMLEncoding {
    /// As declared, or `UTF-8` and `UTF-16` where the first bytes say so.
    public let name: String

    /// The encodings that libxml2 decodes by itself, without iconv.
    var isReadable: Bool {
        ["UTF-8", "UTF8", "US-ASCII", "ASCII", "ISO-8859-1", "UTF-16", "UTF-16LE", "UTF-16BE"].contains(name.uppercased())
    }

    /// - Returns: nil when the bytes begin neither with a byte order mark nor with white space or `<`.
    public init?(of bytes: [UInt8]) {
        if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
            name = "UTF-16"
            return
        }
        let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
        let text = bytes[start...]
        guard let first = text.first(where: { ![0x09, 0x0A, 0x0D, 0x20].contains($0) }), first == UInt8(ascii: "<"),
            !text.prefix(2).contains(0)
        else { return nil }
        name = Self.declared(in: text.prefix(256)) ?? "UTF-8"
    }

    private static func declared(in bytes: ArraySlice<UInt8>) -> String? {
        guard bytes.starts(with: "<?xml".utf8), let end = bytes.firstIndex(of: UInt8(ascii: ">")) else { return nil }
        let declaration = String(decoding: bytes[..<end], as: UTF8.self)
        guard let key = declaration.firstRange(of: "encoding") else { return nil }
        let parts = declaration[key.upperBound...].split(omittingEmptySubsequences: false) { $0 == "\"" || $0 == "'" }
        return parts.count > 1 ? String(parts[1]) : nil
    }
}
