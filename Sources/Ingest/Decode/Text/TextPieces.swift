import Linux

/// An open file as text, piece by piece from its start, for those who look whether it is whole.
struct TextPieces {
    enum End {
        /// All of it was read.
        case whole
        /// It ends inside a character.
        case cut
        /// From some character on it has nothing but NUL bytes.
        case unfilled
        /// What is no text is for decoding to say.
        case undecodable
        /// The reader wanted no more.
        case stopped
    }

    let form: TextForm
    /// Behind the byte order mark.
    let start: Int

    private static let chunkSize = 256 << 10

    /// Nil where the file's first bytes aren't of this encoding.
    init?(_ file: borrowing Descriptor, _ encoding: TextEncoding) throws(SystemError) {
        var bytes = [UInt8](repeating: 0, count: 4)
        bytes.removeSubrange(try file.read(into: &bytes, at: 0)...)
        guard let (form, markLength) = TextForm.detect(bytes, expected: encoding) else { return nil }
        self.form = form
        start = markLength
    }

    /// - Parameter body: gets what is left of the text with a piece more, takes from it what it has read, and says whether to go on.
    func read(_ file: borrowing Descriptor, _ body: (inout [UInt8]) -> Bool) throws(SystemError) -> End {
        var chunk = [UInt8](repeating: 0, count: Self.chunkSize)
        var text: [UInt8] = []
        var offset = start
        while case let got = try file.read(into: &chunk, at: offset), got > 0 {
            let (consumed, problem) = chunk.withUnsafeBufferPointer { bytes in
                form.decode(UnsafeBufferPointer(rebasing: bytes[..<got]), into: &text)
            }
            if problem == .nul, try Self.isUnfilled(file, from: offset + consumed) { return .unfilled }
            if problem != nil { return .undecodable }
            guard consumed > 0 else { return .cut }
            offset += consumed
            if !body(&text) { return .stopped }
        }
        return .whole
    }

    /// Whether there are only NUL bytes from here to the end.
    private static func isUnfilled(_ file: borrowing Descriptor, from start: Int) throws(SystemError) -> Bool {
        var chunk = [UInt8](repeating: 0, count: chunkSize)
        var offset = start
        while case let got = try file.read(into: &chunk, at: offset), got > 0 {
            guard chunk[..<got].allSatisfy({ $0 == 0 }) else { return false }
            offset += got
        }
        return true
    }
}
