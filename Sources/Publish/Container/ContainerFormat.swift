/// What the ZIP containers of this room have in common (APPNOTE 6.3.10, ETSI EN 319 162-1 annex A).
enum ContainerFormat {
    static let mimetypeName = "mimetype"
    static let mimetype = Array("application/vnd.etsi.asic-e+zip".utf8)
    static let manifestName = "META-INF/ASiCManifest001.xml"
    static let signatureName = "META-INF/signature001.p7s"

    static let localSignature: UInt32 = 0x0403_4B50
    static let centralSignature: UInt32 = 0x0201_4B50
    static let endSignature: UInt32 = 0x0605_4B50
    static let descriptorSignature: UInt32 = 0x0807_4B50
    static let localLength = 30
    static let centralLength = 46
    static let endLength = 22

    /// Version 2.0 of the format, on a Unix system.
    static let madeBy: UInt16 = 0x0314
    /// A regular file that everybody may read and its owner may write, as Unix says it.
    static let attributes: UInt32 = 0o100644 << 16

    /// Deflating less than so many bytes takes time and saves next to nothing.
    static let smallestDeflated = 1024

    /// Bounds of what is written and read. A real bundle has about 10 entries and 100 KB.
    enum Limit {
        static let container = 64 << 20
        static let entries = 1000
        static let entry = 32 << 20
        static let total = 128 << 20
        /// Inflated bytes for each deflated one.
        static let ratio = 100
        static let name = 200
    }

    /// Whether a name is a relative path of plain ASCII that means the same on every system.
    static func isPlain(_ name: [UInt8]) -> Bool {
        guard !name.isEmpty, name.count <= Limit.name else { return false }
        return name.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).allSatisfy { part in
            !part.isEmpty && part.first != UInt8(ascii: ".") && part.allSatisfy(isPlain)
        }
    }

    private static func isPlain(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
            UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "-"):
            true
        default: false
        }
    }
}

extension Array where Element == UInt8 {
    /// The little-endian number at an offset that the caller has found to be inside.
    func littleEndian16(_ offset: Int) -> UInt16 { UInt16(self[offset]) | UInt16(self[offset + 1]) << 8 }

    /// The little-endian number at an offset that the caller has found to be inside.
    func littleEndian32(_ offset: Int) -> UInt32 { UInt32(littleEndian16(offset)) | UInt32(littleEndian16(offset + 2)) << 16 }

    mutating func append(littleEndian value: UInt16) {
        append(UInt8(truncatingIfNeeded: value))
        append(UInt8(truncatingIfNeeded: value >> 8))
    }

    mutating func append(littleEndian value: UInt32) {
        append(littleEndian: UInt16(truncatingIfNeeded: value))
        append(littleEndian: UInt16(truncatingIfNeeded: value >> 16))
    }
}
