/// Why a file that begins as a container doesn't end as one.
enum DamagedEnd {
    /// As the end of a sentence that begins with "The file". For bytes whose end isn't the end record of a ZIP file without comment.
    static func reason(_ bytes: [UInt8]) -> String {
        guard bytes.starts(with: "PK".utf8) else { return "isn't a ZIP file: it neither begins nor ends as one" }
        if let conversion = conversion(of: bytes) { return conversion }
        guard let end = lastEndRecord(in: bytes) else {
            return "is cut off: it begins as a container, and its end is missing after \(bytes.count) bytes. Fetch it again"
        }
        let behind = bytes.count - end - ContainerFormat.endLength
        let comment = Int(bytes.littleEndian16(end + 20))
        if comment == behind { return "has a comment" }
        if comment > behind { return "is cut off within its comment" }
        let extra = bytes.suffix(behind - comment)
        let count = extra.count == 1 ? "1 byte" : "\(extra.count) bytes"
        if extra.allSatisfy({ $0 == 0x0A || $0 == 0x0D }) {
            return "has a line end behind its end, \(count) that a text editor or a mail program added"
        }
        if extra.allSatisfy({ $0 == 0 }) { return "has \(count) behind its end, all of them zero" }
        return "has \(count) behind its end"
    }

    /// Why the directory doesn't lie where the end record says, as the end of such a sentence.
    static func displacement(in bytes: [UInt8]) -> String {
        if let conversion = conversion(of: bytes) { return conversion }
        return bytes.starts(with: "PK".utf8)
            ? "has its directory elsewhere than its end record says" : "has bytes before its first entry that belong to none"
    }

    /// What a transfer as text does to a file: nil where nothing shows it.
    static func conversion(of bytes: [UInt8]) -> String? {
        var (lineFeeds, pairs, replaced) = (0, 0, 0)
        bytes.withUnsafeBufferPointer { buffer in
            for index in buffer.indices.dropFirst(2) {
                switch buffer[index] {
                case 0x0A:
                    lineFeeds += 1
                    if buffer[index - 1] == 0x0D { pairs += 1 }
                case 0xBD where buffer[index - 1] == 0xBF && buffer[index - 2] == 0xEF: replaced += 1
                default: break
                }
            }
        }
        // In a container's data about every 256th byte is a line feed, and next to none of them stand behind a carriage return.
        if pairs >= 8, pairs == lineFeeds { return "was transferred as text, which changed its line ends: transfer it as binary" }
        if replaced >= 16 { return "was read and written as text, which replaced bytes: transfer it as binary" }
        return nil
    }

    /// Where the last end record begins; it may have a comment of 65,535 bytes behind it, and something else behind that.
    private static func lastEndRecord(in bytes: [UInt8]) -> Int? {
        let last = bytes.count - ContainerFormat.endLength
        guard last >= 0 else { return nil }
        return (0...last).last { bytes[$0] == 0x50 && bytes.littleEndian32($0) == ContainerFormat.endSignature }
    }
}
