public import Linux

/// A submission's name for life: when it was received, to the millisecond, and 40 random bits, as `20261123T140512.123Z-k7q2mzr4`.
///
/// Sorted as text, they are sorted by time. Letters are lower case without i, l, o and u, so that nobody misreads one on the telephone.
public struct SubmissionID: Sendable, Hashable, Comparable, CustomStringConvertible {
    public let text: String

    /// Nil for text of any other form.
    public init?(_ text: some StringProtocol) {
        let bytes = Array(text.utf8)
        guard bytes.count == Self.length, bytes[20] == UInt8(ascii: "-"), Self.isTime(bytes[..<20]),
            bytes[21...].allSatisfy(Self.alphabet.contains)
        else { return nil }
        self.text = String(text)
    }

    /// A new one. Two made in the same millisecond differ with a probability of 1 - 2^-40; making its directory shows the rest.
    public static func make(at time: Timestamp = .now()) -> SubmissionID {
        var generator = SystemRandomNumberGenerator()
        let bits: UInt64 = generator.next()
        let letters = (0..<8).map { alphabet[Int(bits >> (UInt64($0) * 5) & 31)] }
        return SubmissionID(unchecked: "\(time.compactText)-\(String(decoding: letters, as: UTF8.self))")
    }

    public var description: String { text }

    public static func < (left: SubmissionID, right: SubmissionID) -> Bool { left.text < right.text }

    private init(unchecked text: String) { self.text = text }

    private static let length = 29
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    private static func isTime(_ bytes: ArraySlice<UInt8>) -> Bool {
        let pattern = Array("dddddddddTdddddd.dddZ".utf8.dropFirst())
        let fits = zip(bytes, pattern).allSatisfy { byte, sign in
            sign == UInt8(ascii: "d") ? (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) : byte == sign
        }
        guard fits else { return false }
        func number(_ range: Range<Int>) -> Int { bytes[range].reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
        return (1...12).contains(number(4..<6)) && (1...31).contains(number(6..<8)) && number(9..<11) < 24 && number(11..<13) < 60
            && number(13..<15) <= 60
    }
}
