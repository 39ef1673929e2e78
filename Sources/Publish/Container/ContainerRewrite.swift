import Glibc

/// Turns libarchive's ZIP into a conformant ASiC container.
///
/// libarchive gives every entry extra fields and a data descriptor, which `mimetype` mustn't have, and writes DOS times in local time.
/// So the first entry is replaced, everything behind it moves up, and all DOS times are written in UTC.
struct ContainerRewrite {
    private let source: [UInt8]
    private let directory: ContainerDirectory
    private let dosTime: UInt32

    init(_ source: [UInt8], modified: Int) throws(BundleError) {
        self.source = source
        do { directory = try ContainerDirectory(source) } catch {
            throw .unusable("libarchive's container \(error.reason)")
        }
        guard let first = directory.entries.first, first.name == ContainerFormat.mimetypeName, first.method == 0 else {
            throw .unusable("libarchive didn't store \(ContainerFormat.mimetypeName) first")
        }
        guard let dosTime = Self.dosTime(modified) else {
            throw BundleError(.size, "The bundle's time isn't within 1980 and 2107.", remedy: "Check the machine's clock.")
        }
        self.dosTime = dosTime
    }

    func run() throws(BundleError) -> [UInt8] {
        let first = directory.entries[0]
        let second = directory.entries.count > 1 ? directory.entries[1].localOffset : directory.offset
        var bytes: [UInt8] = []
        bytes.reserveCapacity(source.count)
        bytes += MimetypeEntry.bytes(crc: first.crc, dosTime: dosTime)
        let shift = second - bytes.count
        bytes += source[second..<directory.offset]
        for entry in directory.entries.dropFirst() { write(dosTime, to: &bytes, at: entry.localOffset - shift + 10) }
        let start = bytes.count
        for entry in directory.entries { append(entry, to: &bytes, shift: shift) }
        appendEnd(to: &bytes, directoryStart: start)
        guard MimetypeEntry.isConformant(bytes) else { throw .unusable("its mimetype entry isn't as it must be") }
        return bytes
    }

    /// Appends an entry's record in the central directory.
    private func append(_ entry: ContainerDirectory.Entry, to bytes: inout [UInt8], shift: Int) {
        let start = bytes.count
        let isFirst = entry.localOffset == 0
        let withoutExtra = ContainerFormat.centralLength + entry.name.utf8.count
        bytes += isFirst ? source[entry.record].prefix(withoutExtra) : source[entry.record]
        write(dosTime, to: &bytes, at: start + 12)
        write(UInt32(isFirst ? 0 : entry.localOffset - shift), to: &bytes, at: start + 42)
        guard isFirst else { return }
        write(UInt32(10), to: &bytes, at: start + 6)  // version needed 1.0, flags 0
        write(UInt32(entry.name.utf8.count), to: &bytes, at: start + 28)  // length of the name, none of extra fields
    }

    private func appendEnd(to bytes: inout [UInt8], directoryStart: Int) {
        let count = UInt16(directory.entries.count)
        let length = bytes.count - directoryStart
        bytes.append(littleEndian: ContainerFormat.endSignature)
        bytes.append(littleEndian: UInt32(0))  // disks
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: count)
        bytes.append(littleEndian: UInt32(length))
        bytes.append(littleEndian: UInt32(directoryStart))
        bytes.append(littleEndian: UInt16(0))  // comment
    }

    private func write(_ value: UInt32, to bytes: inout [UInt8], at offset: Int) {
        for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> UInt32(8 * index)) }
    }

    /// The two 16-bit words of a DOS time, time first; nil outside of 1980 to 2107.
    static func dosTime(_ seconds: Int) -> UInt32? {
        var time = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil, (80...207).contains(parts.tm_year) else { return nil }
        let day = (parts.tm_year - 80) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday
        let clock = parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2
        return UInt32(day) << 16 | UInt32(clock)
    }
}

extension BundleError {
    static func unusable(_ reason: String) -> BundleError {
        BundleError(.archive, "The bundle couldn't be built: \(reason).", remedy: "Report this, with libarchive's version.")
    }
}
