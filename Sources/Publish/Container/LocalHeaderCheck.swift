/// Compares local headers with the central directory: streaming readers believe the former, all others the latter.
enum LocalHeaderCheck {
    typealias Refusal = ContainerDirectory.Refusal
    typealias Entry = ContainerDirectory.Entry

    /// Throws unless headers, data and descriptors fill the container from its first byte to `end` without gap or overlap.
    /// - Parameter entries: by offset.
    /// - Returns: the entries with their data's place.
    static func check(_ entries: [Entry], in bytes: [UInt8], end: Int) throws(Refusal) -> [Entry] {
        var placed = entries
        var position = 0
        for index in placed.indices {
            guard placed[index].localOffset == position else {
                throw Refusal(reason: "has bytes that belong to no entry, or entries that overlap, before \(placed[index].name)")
            }
            placed[index].dataOffset = try checkHeader(placed[index], bytes, end: end)
            position = placed[index].dataOffset + placed[index].compressedSize
            guard position <= end else { throw Refusal(reason: "has an entry that is longer than the container, \(placed[index].name)") }
            if placed[index].hasDescriptor { position = try checkDescriptor(placed[index], bytes, at: position, end: end) }
        }
        guard position == end else { throw Refusal(reason: "has bytes that belong to no entry before its directory") }
        return placed
    }

    /// - Returns: where the data begins.
    private static func checkHeader(_ entry: Entry, _ bytes: [UInt8], end: Int) throws(Refusal) -> Int {
        let start = entry.localOffset
        let nameStart = start + ContainerFormat.localLength
        guard nameStart <= end, bytes.littleEndian32(start) == ContainerFormat.localSignature else {
            throw Refusal(reason: "has no local header where its directory says, for \(entry.name)")
        }
        let nameEnd = nameStart + Int(bytes.littleEndian16(start + 26))
        let dataStart = nameEnd + Int(bytes.littleEndian16(start + 28))
        guard dataStart <= end else { throw Refusal(reason: "has a broken local header for \(entry.name)") }
        guard bytes[nameStart..<nameEnd].elementsEqual(entry.name.utf8), bytes.littleEndian16(start + 6) == entry.flags,
            bytes.littleEndian16(start + 8) == entry.method, bytes.littleEndian32(start + 10) == entry.dosTime
        else { throw Refusal(reason: "says other things of \(entry.name) in its directory than at the entry") }
        try ExtraFields.check(bytes[nameEnd..<dataStart], entry.name)
        let numbers = [bytes.littleEndian32(start + 14), bytes.littleEndian32(start + 18), bytes.littleEndian32(start + 22)]
        let isLeftOut = entry.hasDescriptor && numbers.allSatisfy { $0 == 0 }
        // With a descriptor, writers leave the numbers out or fill in those that they know already.
        let agree = zip(numbers, expected(entry)).allSatisfy { $0 == $1 || (entry.hasDescriptor && $0 == 0) }
        guard isLeftOut || agree else {
            throw Refusal(reason: "says other sizes or another checksum of \(entry.name) in its directory than at the entry")
        }
        return dataStart
    }

    /// - Returns: where the descriptor ends; it may or may not begin with a signature (APPNOTE 4.3.9.3).
    private static func checkDescriptor(_ entry: Entry, _ bytes: [UInt8], at start: Int, end: Int) throws(Refusal) -> Int {
        let numbers = expected(entry)
        for (first, signature) in [(start + 4, true), (start, false)] where first + 12 <= end {
            guard !signature || bytes.littleEndian32(start) == ContainerFormat.descriptorSignature else { continue }
            let found = (0..<3).map { bytes.littleEndian32(first + 4 * $0) }
            if found == numbers { return first + 12 }
        }
        throw Refusal(reason: "says other sizes or another checksum of \(entry.name) in its directory than behind the entry")
    }

    private static func expected(_ entry: Entry) -> [UInt32] {
        [entry.crc, UInt32(truncatingIfNeeded: entry.compressedSize), UInt32(truncatingIfNeeded: entry.size)]
    }
}
