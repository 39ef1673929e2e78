import CZlib
import Glibc

/// The one form of a container for given files: nothing in it but their names, their data and one time (docs/bundle.md, "The bundle").
///
/// Every local header has sizes and checksum, so that a program that reads a stream knows where each file ends; no entry has a data
/// descriptor or extra fields. The writer writes it, and the verifier writes it anew and compares: so no byte beside the data is free.
enum ContainerLayout {
    /// One file as it lies in the container.
    struct File {
        let name: String
        /// 0 stored, 8 deflated.
        let method: UInt16
        let crc: UInt32
        /// Of the file itself.
        let size: Int
        /// The file, stored or deflated.
        let data: ArraySlice<UInt8>
    }

    /// - Parameters:
    ///   - files: within `ContainerFormat.Limit`.
    ///   - dosTime: of every file, as `dosTime(_:)` gives it.
    static func bytes(_ files: [File], dosTime: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(files.reduce(ContainerFormat.endLength) { $0 + $1.data.count + 2 * $1.name.utf8.count + 76 })
        var directory: [UInt8] = []
        for file in files {
            appendRecord(of: file, at: bytes.count, dosTime, to: &directory)
            bytes.append(littleEndian: ContainerFormat.localSignature)
            appendCommon(file, dosTime, to: &bytes)
            bytes.append(contentsOf: file.name.utf8)
            bytes.append(contentsOf: file.data)
        }
        let start = bytes.count
        bytes.append(contentsOf: directory)
        bytes.append(littleEndian: ContainerFormat.endSignature)
        bytes.append(littleEndian: UInt32(0))  // disks
        bytes.append(littleEndian: UInt16(files.count))
        bytes.append(littleEndian: UInt16(files.count))
        bytes.append(littleEndian: UInt32(directory.count))
        bytes.append(littleEndian: UInt32(start))
        bytes.append(littleEndian: UInt16(0))  // comment
        return bytes
    }

    /// A record of the central directory: a plain file that everybody may read.
    private static func appendRecord(of file: File, at offset: Int, _ dosTime: UInt32, to bytes: inout [UInt8]) {
        bytes.append(littleEndian: ContainerFormat.centralSignature)
        bytes.append(littleEndian: ContainerFormat.madeBy)
        appendCommon(file, dosTime, to: &bytes)
        bytes.append(littleEndian: UInt16(0))  // comment
        bytes.append(littleEndian: UInt32(0))  // disk, internal attributes
        bytes.append(littleEndian: ContainerFormat.attributes)
        bytes.append(littleEndian: UInt32(offset))
        bytes.append(contentsOf: file.name.utf8)
    }

    /// What both headers say, from the version needed to the length of the extra fields.
    private static func appendCommon(_ file: File, _ dosTime: UInt32, to bytes: inout [UInt8]) {
        bytes.append(littleEndian: UInt16(file.method == 0 ? 10 : 20))  // version needed: 1.0, for deflated ones 2.0
        bytes.append(littleEndian: UInt16(0))  // flags
        bytes.append(littleEndian: file.method)
        bytes.append(littleEndian: dosTime)
        bytes.append(littleEndian: file.crc)
        bytes.append(littleEndian: UInt32(file.data.count))
        bytes.append(littleEndian: UInt32(file.size))
        bytes.append(littleEndian: UInt16(file.name.utf8.count))
        bytes.append(littleEndian: UInt16(0))  // extra fields
    }

    /// CRC-32 as ZIP has it.
    static func checksum(_ bytes: some Collection<UInt8>) -> UInt32 {
        let sum = bytes.withContiguousStorageIfAvailable { UInt32(truncatingIfNeeded: crc32_z(0, $0.baseAddress, $0.count)) }
        return sum ?? checksum(Array(bytes))
    }

    /// The two 16-bit words of a DOS time in UTC, time first; nil outside of 1980 to 2107. DOS counts two seconds at a time.
    static func dosTime(_ seconds: Int) -> UInt32? {
        var time = time_t(seconds)
        var parts = tm()
        guard gmtime_r(&time, &parts) != nil, (80...207).contains(parts.tm_year) else { return nil }
        let day = (parts.tm_year - 80) << 9 | (parts.tm_mon + 1) << 5 | parts.tm_mday
        let clock = parts.tm_hour << 11 | parts.tm_min << 5 | parts.tm_sec / 2
        return UInt32(day) << 16 | UInt32(clock)
    }
}
