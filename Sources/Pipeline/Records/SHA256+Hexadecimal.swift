import Audit

extension SHA256 {
    /// The digest of `bytes` as 64 lower-case hexadecimal digits, as records and file names write it.
    static func hexadecimal(of bytes: [UInt8]) -> String { digest(of: bytes).hexadecimal }
}
