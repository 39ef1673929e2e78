import Certificate
import Linux

/// How the bytes of an XML document stand for characters. A document says it itself: by its byte order, else in its declaration.
enum XMLForm {
    /// Bytes that hold the declaration of every honest document.
    private static let reach = 1_024

    /// - Parameter start: the first bytes of the document, or all of a short one.
    static func encoding(of start: [UInt8]) throws(FileRejection) -> TextEncoding {
        if start.isEmpty { return .utf8 }
        let isWide = [[0xFF, 0xFE], [0xFE, 0xFF], [0x00, 0x3C], [0x3C, 0x00]].contains { start.starts(with: $0) }
        if isWide { return .utf16 }
        guard let declared = XMLEncoding(of: start)?.name else {
            throw FileRejection(
                .malformed, "The file doesn't begin like XML.", remedy: "Send an XML document, or give the source the format of its files.")
        }
        let encoding: TextEncoding
        switch declared.uppercased() {
        case "UTF-8", "UTF8", "US-ASCII", "ASCII": return .utf8
        case "ISO-8859-1", "ISO8859-1", "LATIN1": encoding = .isoLatin1
        case "ISO-8859-15", "ISO8859-15", "LATIN9": encoding = .isoLatin9
        case "WINDOWS-1252", "CP1252": encoding = .windows1252
        case let name where name.hasPrefix("UTF-16"): throw contradiction(declared)
        default:
            throw FileRejection(
                .encoding, "The file is declared as '\(declared.prefix(40))', which isn't read.",
                remedy: "Write the file in UTF-8 and declare encoding=\"UTF-8\".")
        }
        guard !start.starts(with: [0xEF, 0xBB, 0xBF]) else { throw contradiction(declared) }
        return encoding
    }

    /// Looks at a file that isn't open yet.
    static func encoding(ofFile path: String, limit: Int) throws(FileRejection) -> TextEncoding {
        let file = try SourceText.open(path, limit: limit)
        var start = [UInt8](repeating: 0, count: reach)
        do throws(SystemError) {
            start.removeSubrange(try file.read(into: &start, at: 0)...)
        } catch {
            throw FileRejection.unreadable(error.description)
        }
        return try encoding(of: start)
    }

    private static func contradiction(_ declared: String) -> FileRejection {
        FileRejection(
            .encoding, "The file is declared as '\(declared)', but its first bytes are of another encoding.",
            remedy: "Declare the encoding that the file is written in, or leave the declaration out and write UTF-8.")
    }
}
