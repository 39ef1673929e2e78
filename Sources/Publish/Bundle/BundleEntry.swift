public import Hashing

/// One file of a bundle.
public struct BundleEntry: Sendable, Equatable {
    /// Its path in the bundle: letters, digits, `.`, `_` and `-`, with `/` between folders.
    public let name: String
    public let bytes: [UInt8]
    /// Of the bytes.
    public let sha256: Digest

    public init(name: String, bytes: [UInt8]) {
        self.name = name
        self.bytes = bytes
        sha256 = SHA256.digest(of: bytes)
    }
}
