import Hashing
import Synchronization

/// Whom a message's seal names, without any check: to be shown, never to be relied on. `MessageVerifier` says who it was.
public struct NamedSigner: Sendable, Equatable {
    /// The certificate's subject as RFC 2253 writes it, in UTF-8.
    public let subject: String

    /// The first certificate in the message's signature; nil when there is none that can be read.
    public init?(in message: [UInt8]) {
        guard let start = Self.position(of: Array("X509Certificate>".utf8), in: message),
            let end = message[start...].firstIndex(of: UInt8(ascii: "<"))
        else { return nil }
        let encoding = message[start..<end]
        if let last = Self.last.withLock({ $0 }), last.encoding.elementsEqual(encoding) {
            subject = last.subject
            return
        }
        guard let der = Base64.decode(xml: Array(encoding)), let certificate = X509Certificate(der: der) else { return nil }
        subject = certificate.subject
        let read = (encoding: Array(encoding), subject: subject)
        Self.last.withLock { $0 = read }
    }

    /// The certificate that was read last and its subject: one seal follows the other, and OpenSSL takes its time to read a key.
    private static let last = Mutex<(encoding: [UInt8], subject: String)?>(nil)

    /// Behind the first occurrence of `word`.
    private static func position(of word: [UInt8], in bytes: [UInt8]) -> Int? {
        var start = 0
        while let found = bytes[start...].firstIndex(of: word[0]) {
            if bytes[found...].starts(with: word) { return found + word.count }
            start = found + 1
        }
        return nil
    }
}
