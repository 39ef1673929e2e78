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
