import Linux

/// Looks whether the end of a file is room that a transfer set aside and hasn't filled: a client that makes a file in its full size first, or
/// goes on at a later place, leaves NUL bytes when it breaks off.
enum UnfilledEnd {
    /// True where text is followed by nothing but NUL bytes. Other files with NUL bytes are no text, which decoding must say.
    static func isThere(in file: borrowing Descriptor, size: Int, _ encoding: TextEncoding) throws(SystemError) -> Bool {
        var last: [UInt8] = [0]
        // Nearly every file is told from its last byte.
        guard try file.read(into: &last, at: size - 1) == 1, last[0] == 0 else { return false }
        guard let pieces = try TextPieces(file, encoding) else { return false }
        let end = try pieces.read(file) { text in
            text.removeAll(keepingCapacity: true)
            return true
        }
        return if case .unfilled = end { true } else { false }
    }
}
