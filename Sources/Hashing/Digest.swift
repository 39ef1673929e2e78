/// A SHA-256 value: 32 bytes, inline.
public struct Digest: Sendable, Hashable, CustomStringConvertible {
    private var words: SIMD4<UInt64>

    /// All zero: no message is known to have it.
    public static let zero = Digest(words: .zero)

    private init(words: SIMD4<UInt64>) { self.words = words }

    /// Nil unless there are exactly 32 bytes.
    public init?(bytes: some Collection<UInt8>) {
        guard bytes.count == 32 else { return nil }
        self = .zero
        withUnsafeMutableBytes { $0.copyBytes(from: bytes) }
    }

    /// Nil unless the text is 64 lower-case hexadecimal digits.
    public init?(hexadecimal text: String) {
        guard text.utf8.count == 64, let bytes = Hexadecimal.decode(text) else { return nil }
        self.init(bytes: bytes)
    }

    public var bytes: [UInt8] { withUnsafeBytes { Array($0) } }

    /// 64 lower-case hexadecimal digits.
    public var hexadecimal: String { Hexadecimal.encode(bytes) }

    public var description: String { hexadecimal }

    /// The bytes may be used only inside `body`.
    public func withUnsafeBytes<Result>(_ body: (UnsafeRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeBytes(of: words, body)
    }

    public mutating func withUnsafeMutableBytes<Result>(_ body: (UnsafeMutableRawBufferPointer) -> Result) -> Result {
        Swift.withUnsafeMutableBytes(of: &words, body)
    }
}
