public import Certificate
import Hashing
public import Page
import Sign
import Validate

/// A message as people read it: its page in any language, with empty items for what the vehicle's certificate should have.
public struct ReadingCopy: Sendable {
    private let values: FieldValues
    private let empty: [FieldKey]
    private let source: CertificatePage.Source

    /// - Parameter message: sealed or not; its seal isn't verified.
    /// - Throws: `MessageReadingFailure` for what isn't an IVI message.
    public init(_ message: [UInt8]) throws(MessageReadingFailure) {
        try self.init(message, sha256: SHA256.digest(of: message))
    }

    /// - Parameter sha256: the message's own.
    init(_ message: [UInt8], sha256: Digest) throws(MessageReadingFailure) {
        let read = try MessageReader.read(message)
        values = read.values
        empty = LackingItems.places(in: values)
        let subject = read.hasSignature ? NamedSigner(in: message)?.subject ?? "-" : nil
        source = CertificatePage.Source(sha256: sha256.hexadecimal, sealSubject: subject)
    }

    /// The page's bytes, the same for the same message.
    public func render(_ language: PageLanguage, isDuplicate: Bool = false) -> [UInt8] {
        CertificatePage.render(values, empty: empty, source: source, language: language, isDuplicate: isDuplicate)
    }
}
