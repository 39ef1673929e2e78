internal import COpenSSL

/// SHA-256 by libcrypto, reusable: after `finish` it is ready for the next message. Owned by one thread at a time.
public struct SHA256: ~Copyable {
    private let context: OpaquePointer

    /// Stops the program when libcrypto has no memory or no SHA-256: nothing can be recorded without either.
    public init() {
        guard let context = EVP_MD_CTX_new() else { fatalError("libcrypto has no memory for a digest") }
        precondition(EVP_DigestInit_ex(context, EVP_sha256(), nil) == 1, "libcrypto offers no SHA-256")
        self.context = context
    }

    deinit { EVP_MD_CTX_free(context) }

    public mutating func update(_ bytes: UnsafeRawBufferPointer) {
        precondition(EVP_DigestUpdate(context, bytes.baseAddress, bytes.count) == 1, "libcrypto failed in SHA-256")
    }

    public mutating func update(_ bytes: [UInt8]) {
        let context = context
        let done = bytes.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(done == 1, "libcrypto failed in SHA-256")
    }

    public mutating func update(_ byte: UInt8) {
        var byte = byte
        precondition(EVP_DigestUpdate(context, &byte, 1) == 1, "libcrypto failed in SHA-256")
    }

    public mutating func update(_ digest: Digest) {
        let context = context
        let done = digest.withUnsafeBytes { EVP_DigestUpdate(context, $0.baseAddress, $0.count) }
        precondition(done == 1, "libcrypto failed in SHA-256")
    }

    /// The digest of everything since the start or the last `finish`.
    public mutating func finish() -> Digest {
        var digest = Digest.zero
        let context = context
        let done = digest.withUnsafeMutableBytes {
            EVP_DigestFinal_ex(context, $0.baseAddress?.assumingMemoryBound(to: UInt8.self), nil)
        }
        // A nil type keeps the fetched algorithm: fetching again costs more than hashing a record.
        precondition(done == 1 && EVP_DigestInit_ex(context, nil, nil) == 1, "libcrypto failed in SHA-256")
        return digest
    }

    public static func digest(of bytes: [UInt8]) -> Digest { bytes.withUnsafeBytes { digest(of: $0) } }

    /// In one go, without the memory that a reusable one takes.
    public static func digest(of bytes: UnsafeRawBufferPointer) -> Digest {
        var digest = Digest.zero
        // The one-shot function has no way to fail when given room for the digest.
        digest.withUnsafeMutableBytes { _ = COpenSSL.SHA256(bytes.baseAddress, bytes.count, $0.baseAddress) }
        return digest
    }

    /// The digest of `bytes` as 64 lower-case hexadecimal digits, as records, reports and file names write it.
    public static func hexadecimal(of bytes: [UInt8]) -> String { digest(of: bytes).hexadecimal }
}
