/// Foreign text as content of an element: nothing in it can end the element, start another, or turn the page's text around.
enum PageText {
    /// Appends the text with `&`, `<`, `>` and `"` escaped, and characters that can't be seen named by their number.
    static func append(_ text: String, to page: inout [UInt8]) {
        var text = text
        text.withUTF8 { bytes in
            if bytes.allSatisfy({ isPlain[Int($0)] }) { page.append(contentsOf: bytes) } else { appendCarefully(bytes, to: &page) }
        }
    }

    /// Bytes that stand for themselves: printable ASCII that is no markup.
    private static let isPlain: [Bool] = (0..<256).map { 0x20..<0x7F ~= $0 && !Array("&<>\"".utf8).contains(UInt8($0)) }

    private static func appendCarefully(_ bytes: UnsafeBufferPointer<UInt8>, to page: inout [UInt8]) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars {
            switch scalar {
            case "&": page.append(contentsOf: "&amp;".utf8)
            case "<": page.append(contentsOf: "&lt;".utf8)
            case ">": page.append(contentsOf: "&gt;".utf8)
            case "\"": page.append(contentsOf: "&quot;".utf8)
            case "\n", "\t": page.append(contentsOf: String(scalar).utf8)
            case _ where isUnseen(scalar):
                let digits = String(scalar.value, radix: 16, uppercase: true)
                page.append(contentsOf: "<i>U+\(String(repeating: "0", count: max(0, 4 - digits.count)))\(digits)</i>".utf8)
            default: page.append(contentsOf: String(scalar).utf8)
            }
        }
    }

    /// Control and format characters (among them what turns the direction of text), line separators, and what is no character.
    static func isUnseen(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .unassigned, .privateUse: true
        default: false
        }
    }
}
