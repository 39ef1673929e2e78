import Linux

/// The last part of a text, as much as tells whether its last line is whole.
enum TextTail {
    case text([UInt8])
    /// It ends inside a character.
    case cut
    /// What is no text is for decoding to say.
    case undecodable

    static func read(_ file: borrowing Descriptor, size: Int, profile: Profile) throws(SystemError) -> TextTail {
        guard let pieces = try TextPieces(file, profile.encoding) else { return .undecodable }
        let (form, markLength) = (pieces.form, pieces.start)
        // From where a unit of the encoding begins.
        let reach = min(4 * profile.limits.rowBytes, 8 << 20)
        let offset = markLength + max(0, size - markLength - reach) / 2 * 2
        var bytes = [UInt8](repeating: 0, count: size - offset)
        bytes.removeSubrange(try file.read(into: &bytes, at: offset)...)
        if offset > markLength { bytes.removeFirst(cutCharacter(bytes, form)) }
        var text: [UInt8] = []
        let (consumed, problem) = bytes.withUnsafeBufferPointer { form.decode($0, into: &text) }
        if problem != nil { return .undecodable }
        return consumed == bytes.count ? .text(text) : .cut
    }

    /// How many bytes are the end of a character that began before.
    private static func cutCharacter(_ bytes: [UInt8], _ form: TextForm) -> Int {
        switch form {
        case .utf8: return bytes.prefix { $0 & 0xC0 == 0x80 }.count
        case .utf16(let bigEndian): return bytes.count > 1 && bytes[bigEndian ? 0 : 1] & 0xFC == 0xDC ? 2 : 0
        case .singleByte: return 0
        }
    }
}
