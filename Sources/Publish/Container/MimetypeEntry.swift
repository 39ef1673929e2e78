/// The first entry of an ASiC container, which must lie there in the plain (EN 319 162-1, annex A.1): no flags, no extra field, no
/// descriptor, stored.
enum MimetypeEntry {
    private static let headerLength = ContainerFormat.localLength + ContainerFormat.mimetypeName.utf8.count
    private static let length = headerLength + ContainerFormat.mimetype.count

    /// Whether a container begins with exactly this entry.
    static func isConformant(_ bytes: [UInt8]) -> Bool {
        bytes.count > length && bytes.littleEndian32(0) == ContainerFormat.localSignature
            && bytes.littleEndian16(6) == 0 && bytes.littleEndian16(8) == 0  // flags, method
            && bytes.littleEndian32(18) == UInt32(ContainerFormat.mimetype.count)
            && bytes.littleEndian32(22) == UInt32(ContainerFormat.mimetype.count)
            && Int(bytes.littleEndian16(26)) == ContainerFormat.mimetypeName.utf8.count && bytes.littleEndian16(28) == 0  // name, extra
            && bytes[30..<38].elementsEqual(ContainerFormat.mimetypeName.utf8)
            && bytes[headerLength..<length].elementsEqual(ContainerFormat.mimetype)
    }

    /// The local header, name and data.
    static func bytes(crc: UInt32, dosTime: UInt32) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.append(littleEndian: ContainerFormat.localSignature)
        bytes.append(littleEndian: UInt16(10))  // version needed: 1.0
        bytes.append(littleEndian: UInt16(0))  // flags
        bytes.append(littleEndian: UInt16(0))  // stored
        bytes.append(littleEndian: dosTime)
        bytes.append(littleEndian: crc)
        bytes.append(littleEndian: UInt32(ContainerFormat.mimetype.count))
        bytes.append(littleEndian: UInt32(ContainerFormat.mimetype.count))
        bytes.append(littleEndian: UInt16(ContainerFormat.mimetypeName.utf8.count))
        bytes.append(littleEndian: UInt16(0))  // extra fields
        bytes.append(contentsOf: ContainerFormat.mimetypeName.utf8)
        bytes.append(contentsOf: ContainerFormat.mimetype)
        return bytes
    }
}
