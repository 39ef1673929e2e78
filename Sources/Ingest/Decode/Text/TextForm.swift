/// How the bytes of one file stand for characters: its encoding once the byte order is known.
enum TextForm: Equatable {
    case utf8
    case utf16(bigEndian: Bool)
    case singleByte(TextEncoding)

    /// Why decoding stopped, at the byte behind the last good character.
    enum Problem: Equatable {
        /// These bytes stand for no character.
        case invalid(length: Int)
        /// The file ends inside a character.
        case truncated
        /// A NUL character: no text.
        case nul
    }

    /// Decodes as many whole characters as there are and appends them as UTF-8.
    /// - Returns: the number of bytes taken from `input`; fewer than all where a character is cut by its end, or there is a problem.
    func decode(_ input: UnsafeBufferPointer<UInt8>, into text: inout [UInt8]) -> (consumed: Int, problem: Problem?) {
        switch self {
        case .utf8: UTF8Text.decode(input, into: &text)
        case .utf16(let bigEndian): UTF16Text.decode(input, bigEndian: bigEndian, into: &text)
        case .singleByte(let encoding): SingleByteText.of(encoding).decode(input, into: &text)
        }
    }

    /// The bytes that decoding made `text` from. Every form is one to one, so these are the bytes as received.
    func encode(_ text: ArraySlice<UInt8>) -> [UInt8] {
        switch self {
        case .utf8: Array(text)
        case .utf16(let bigEndian): UTF16Text.encode(text, bigEndian: bigEndian)
        case .singleByte(let encoding): SingleByteText.of(encoding).encode(text)
        }
    }

    var name: String {
        switch self {
        case .utf8: TextEncoding.utf8.rawValue
        case .utf16: TextEncoding.utf16.rawValue
        case .singleByte(let encoding): encoding.rawValue
        }
    }
}

extension TextForm {
    /// Looks at the first bytes of a file: its byte order mark, and what is to be read behind it.
    ///
    /// - Parameter start: the first four bytes, or all of a shorter file.
    /// - Returns: nil when the mark contradicts a source that is read byte by byte.
    static func detect(_ start: [UInt8], expected: TextEncoding) -> (form: TextForm, markLength: Int)? {
        let marked: (form: TextForm, markLength: Int)? =
            switch (start.first, start.dropFirst().first, start.dropFirst(2).first) {
            case (0xEF, 0xBB, 0xBF): (.utf8, 3)
            case (0xFF, 0xFE, _): (.utf16(bigEndian: false), 2)
            case (0xFE, 0xFF, _): (.utf16(bigEndian: true), 2)
            default: nil
            }
        switch expected {
        case .utf8: return marked ?? (.utf8, 0)
        case .utf16: return marked ?? (.utf16(bigEndian: start.first == 0), 0)
        case .isoLatin1, .isoLatin9, .windows1252: return marked == nil ? (.singleByte(expected), 0) : nil
        }
    }
}
