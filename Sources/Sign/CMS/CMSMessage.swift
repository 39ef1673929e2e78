import COpenSSL

/// One CMS structure (RFC 5652): the only owner of its `CMS_ContentInfo`.
struct CMSMessage: ~Copyable {
    let pointer: OpaquePointer

    init(adopting pointer: OpaquePointer) { self.pointer = pointer }

    /// Nil when `der` isn't exactly one CMS structure in DER.
    init?(der: [UInt8]) {
        let parsed: OpaquePointer? = der.withUnsafeBufferPointer { buffer in
            var position = buffer.baseAddress
            guard let parsed = d2i_CMS_ContentInfo(nil, &position, buffer.count) else { return nil }
            guard let start = buffer.baseAddress, let position, position - start == buffer.count else {
                CMS_ContentInfo_free(parsed)
                return nil
            }
            return parsed
        }
        guard let parsed else { return nil }
        pointer = parsed
    }

    deinit { CMS_ContentInfo_free(pointer) }

    /// Nil when OpenSSL can't encode it.
    func encoded() -> [UInt8]? {
        var encoding: UnsafeMutablePointer<UInt8>?
        let count = i2d_CMS_ContentInfo(pointer, &encoding)
        guard count > 0, let encoding else { return nil }
        defer { CRYPTO_free(encoding, #file, #line) }
        return Array(UnsafeBufferPointer(start: encoding, count: Int(count)))
    }
}
