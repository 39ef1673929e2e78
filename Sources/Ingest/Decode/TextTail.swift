import Linux

/// The last part of a text, as much as tells whether its last line is whole.
enum TextTail {
    case text([UInt8])
    /// It ends inside a character.
    case cut
    /// What is no text is for decoding to say.
    case undecodable

    static func read(_ file: borrowing Descriptor, size: Int, profile: Profile) throws(SystemError) -> TextTail {
        var start = [UInt8](repeating: 0, count: min(size, 4))
        start.removeSubrange(try file.read(into: &start, at: 0)...)
        guard let (form, markLength) = TextForm.detect(start, expected: profile.encoding) else { return .undecodable }
        // From where a character begins in every encoding but UTF-8, which finds its way.
        let reach = min(4 * profile.limits.rowBytes, 8 << 20)
        let offset = markLength + max(0, size - markLength - reach) / 2 * 2
        var bytes = [UInt8](repeating: 0, count: size - offset)
        bytes.removeSubrange(try file.read(into: &bytes, at: offset)...)
        if case .utf8 = form, offset > markLength { bytes.removeFirst(bytes.prefix { $0 & 0xC0 == 0x80 }.count) }
        var text: [UInt8] = []
        let (consumed, problem) = bytes.withUnsafeBufferPointer { form.decode($0, into: &text) }
        if problem != nil { return .undecodable }
        return consumed == bytes.count ? .text(text) : .cut
    }
}
