import Audit

/// Digests as records write them.
enum SHA256Text {
    static func digest(_ bytes: [UInt8]) -> String { SHA256.digest(of: bytes).hexadecimal }
}
