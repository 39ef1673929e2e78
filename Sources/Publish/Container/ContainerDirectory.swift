/// The entries of a ZIP container, read so strictly that every reader sees the same files in it: nothing before, between or behind them,
/// no name twice, and local headers that say what the central directory says.
struct ContainerDirectory {
    /// In the order in which they lie in the container.
    let entries: [Entry]
    /// Where the central directory begins.
    let offset: Int

    struct Entry: Equatable {
        let name: String
        let flags: UInt16
        /// 0 stored, 8 deflated.
        let method: UInt16
        let dosTime: UInt32
        let crc: UInt32
        let compressedSize: Int
        let size: Int
        /// The local header.
        let localOffset: Int
        /// The data; only right after `LocalHeaderCheck`.
        var dataOffset: Int
        /// This entry's record in the central directory.
        let record: Range<Int>

        var hasDescriptor: Bool { flags & 8 != 0 }
    }

    /// Why a container is refused, as the end of the sentence "The container ...".
    struct Refusal: Error, Equatable {
        let reason: String
    }

    /// - Parameter isOurs: it has just been written here, so that its sizes are no attack.
    init(_ bytes: [UInt8], isOurs: Bool = false) throws(Refusal) {
        if let other = ForeignFile.kind(of: bytes) { throw Refusal(reason: other) }
        guard bytes.count <= ContainerFormat.Limit.container else { throw Refusal(reason: "is too large") }
        let end = try EndRecord(bytes)
        var entries: [Entry] = []
        var position = end.directoryOffset
        for _ in 0..<end.count {
            let entry = try CentralRecord.read(bytes, at: position, limit: end.offset)
            entries.append(entry)
            position = entry.record.upperBound
        }
        guard position == end.offset else { throw Refusal(reason: "has bytes in its directory that belong to no entry") }
        try Self.checkNames(entries)
        if !isOurs { try Self.checkSizes(entries) }
        entries.sort { $0.localOffset < $1.localOffset }
        self.entries = try LocalHeaderCheck.check(entries, in: bytes, end: end.directoryOffset)
        offset = end.directoryOffset
    }

    private static func checkNames(_ entries: [Entry]) throws(Refusal) {
        // Letter case included: on some systems two such names are one file.
        var seen: Set<String> = []
        for entry in entries where !seen.insert(entry.name.lowercased()).inserted {
            throw Refusal(reason: "has the name \(entry.name) twice")
        }
    }

    private static func checkSizes(_ entries: [Entry]) throws(Refusal) {
        var total = 0
        for entry in entries {
            total += entry.size
            guard entry.size <= ContainerFormat.Limit.entry, total <= ContainerFormat.Limit.total else {
                throw Refusal(reason: "inflates to too much at \(entry.name)")
            }
            guard entry.size <= entry.compressedSize * ContainerFormat.Limit.ratio else {
                throw Refusal(reason: "inflates \(entry.name) more than \(ContainerFormat.Limit.ratio) times")
            }
        }
    }
}

/// The end of central directory record: the container's last 22 bytes, without comment, ZIP64 or further disks.
private struct EndRecord {
    let offset: Int
    let directoryOffset: Int
    let count: Int

    init(_ bytes: [UInt8]) throws(ContainerDirectory.Refusal) {
        let offset = bytes.count - ContainerFormat.endLength
        guard offset >= 0, bytes.littleEndian32(offset) == ContainerFormat.endSignature else {
            throw .init(reason: DamagedEnd.reason(bytes))
        }
        guard bytes.littleEndian16(offset + 20) == 0 else { throw .init(reason: DamagedEnd.reason(bytes)) }
        let count = Int(bytes.littleEndian16(offset + 10))
        guard bytes.littleEndian32(offset + 4) == 0, Int(bytes.littleEndian16(offset + 8)) == count else {
            throw .init(reason: "is spread over several disks")
        }
        guard (1...ContainerFormat.Limit.entries).contains(count) else {
            throw .init(reason: "has no entries or more than \(ContainerFormat.Limit.entries)")
        }
        let directoryOffset = Int(bytes.littleEndian32(offset + 16))
        guard directoryOffset + Int(bytes.littleEndian32(offset + 12)) == offset else {
            throw .init(reason: DamagedEnd.displacement(in: bytes))
        }
        self.offset = offset
        self.directoryOffset = directoryOffset
        self.count = count
    }
}

/// One record of the central directory.
private enum CentralRecord {
    static func read(_ bytes: [UInt8], at start: Int, limit: Int) throws(ContainerDirectory.Refusal) -> ContainerDirectory.Entry {
        guard start + ContainerFormat.centralLength <= limit, bytes.littleEndian32(start) == ContainerFormat.centralSignature else {
            throw .init(reason: "has a broken directory")
        }
        let nameLength = Int(bytes.littleEndian16(start + 28))
        let extraLength = Int(bytes.littleEndian16(start + 30))
        let nameStart = start + ContainerFormat.centralLength
        let end = nameStart + nameLength + extraLength
        guard end <= limit else { throw .init(reason: "has a broken directory") }
        let nameBytes = Array(bytes[nameStart..<(nameStart + nameLength)])
        if let fault = EntryName.fault(in: nameBytes) { throw .init(reason: fault) }
        let name = String(decoding: nameBytes, as: UTF8.self)
        guard bytes.littleEndian16(start + 32) == 0 else { throw .init(reason: "has a comment at \(name)") }
        guard bytes.littleEndian16(start + 34) == 0 else { throw .init(reason: "is spread over several disks") }
        try checkKind(bytes, start, name)
        try ExtraFields.check(bytes[(nameStart + nameLength)..<end], name)
        return ContainerDirectory.Entry(
            name: name, flags: bytes.littleEndian16(start + 8), method: bytes.littleEndian16(start + 10),
            dosTime: bytes.littleEndian32(start + 12), crc: bytes.littleEndian32(start + 16),
            compressedSize: Int(bytes.littleEndian32(start + 20)), size: Int(bytes.littleEndian32(start + 24)),
            localOffset: Int(bytes.littleEndian32(start + 42)), dataOffset: 0, record: start..<end)
    }

    private static func checkKind(_ bytes: [UInt8], _ start: Int, _ name: String) throws(ContainerDirectory.Refusal) {
        // Bits 1 and 2 tell the deflater's effort, 3 a data descriptor, 11 UTF-8 names.
        guard bytes.littleEndian16(start + 8) & ~0b1000_0000_1110 == 0 else {
            throw .init(reason: "has an entry that is encrypted or in a form unknown here, \(name)")
        }
        let method = bytes.littleEndian16(start + 10)
        guard method == 0 || method == 8 else { throw .init(reason: "has an entry that is neither stored nor deflated, \(name)") }
        if method == 0, bytes.littleEndian32(start + 20) != bytes.littleEndian32(start + 24) {
            throw .init(reason: "has a stored entry of two sizes, \(name)")
        }
        // Whatever system is said to have made it: `unzip` makes a link of a link that DOS made.
        let type = bytes.littleEndian32(start + 38) >> 28
        guard type == 0 || type == 8 else { throw .init(reason: "has an entry that isn't a regular file, \(name)") }
    }
}

/// The extra fields of a header.
enum ExtraFields {
    /// Times and owners only (UT, the two of Info-ZIP, NTFS) and Java's mark. Others change names, sizes or the data.
    private static let harmless: Set<UInt16> = [0x5455, 0x7875, 0x5855, 0x000A, 0xCAFE]

    static func check(_ bytes: ArraySlice<UInt8>, _ name: String) throws(ContainerDirectory.Refusal) {
        let fields = Array(bytes)
        var position = 0
        while position < fields.count {
            guard position + 4 <= fields.count else { throw .init(reason: "has broken extra fields at \(name)") }
            guard harmless.contains(fields.littleEndian16(position)) else {
                throw .init(reason: "has an extra field at \(name) that can change what readers see")
            }
            position += 4 + Int(fields.littleEndian16(position + 2))
        }
        guard position == fields.count else { throw .init(reason: "has broken extra fields at \(name)") }
    }
}
