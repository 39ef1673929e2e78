import COpenSSL
import Synchronization

/// The certificates of the last CMS structure, for those that follow with the very same ones: OpenSSL 3.0 reads each public key anew, and
/// that is more than half of the cost of a verification. Safe from any thread.
final class CertificateMemory: Sendable {
    private struct Known {
        let encoding: [UInt8]
        let certificates: [X509Certificate]
    }

    private let known = Mutex<Known?>(nil)

    /// Parses one CMS structure in DER; nil when it isn't exactly one. The same as `CMSMessage(der:)`, sooner.
    func message(_ der: [UInt8]) -> CMSMessage? {
        guard let parts = CMSParts(der) else { return CMSMessage(der: der) }
        if let certificates = certificates(parts.certificates), let message = CMSMessage(der: parts.rest),
            certificates.allSatisfy({ CMS_add1_cert(message.pointer, $0.pointer) == 1 })
        {
            return message
        }
        guard let message = CMSMessage(der: der) else { return nil }
        remember(parts.certificates, of: message)
        return message
    }

    private func certificates(_ encoding: ArraySlice<UInt8>) -> [X509Certificate]? {
        known.withLock { known in known.flatMap { $0.encoding.elementsEqual(encoding) ? $0.certificates : nil } }
    }

    /// Only where the field is nothing but these certificates, byte for byte.
    private func remember(_ encoding: ArraySlice<UInt8>, of message: borrowing CMSMessage) {
        let certificates = CMS_get1_certs(message.pointer).map { CertificateStack(adopting: $0).certificates } ?? []
        guard !certificates.isEmpty, certificates.flatMap(\.der).elementsEqual(encoding) else { return }
        let seen = Known(encoding: Array(encoding), certificates: certificates)
        known.withLock { $0 = seen }
    }
}
