import COpenSSL

/// OpenSSL's structures as DER, through its `i2d` and `d2i` functions.
enum DER {
    /// What an `i2d` function writes; nil when it fails.
    static func bytes(_ encode: (UnsafeMutablePointer<UnsafeMutablePointer<UInt8>?>) -> Int32) -> [UInt8]? {
        var encoding: UnsafeMutablePointer<UInt8>?
        let count = encode(&encoding)
        guard count > 0, let encoding else { return nil }
        defer { CRYPTO_free(encoding, #file, #line) }
        return Array(UnsafeBufferPointer(start: encoding, count: Int(count)))
    }

    /// One element: tag, length and content (X.690, sections 8.1 and 10.1).
    static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let count = content.count
        guard count > 127 else { return [tag, UInt8(count)] + content }
        let length = (0..<8).reversed().map { UInt8(truncatingIfNeeded: count >> ($0 * 8)) }.drop { $0 == 0 }
        return [tag, 0x80 | UInt8(length.count)] + length + content
    }

    /// What a `d2i` function reads. Bytes behind the structure are overlooked: use it where the structure is encoded anew.
    static func read<Structure>(
        _ der: [UInt8],
        _ decode: (UnsafeMutablePointer<Structure?>?, UnsafeMutablePointer<UnsafePointer<UInt8>?>?, Int) -> Structure?
    ) -> Structure? {
        der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            return decode(nil, &position, buffer.count)
        }
    }
}
