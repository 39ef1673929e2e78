import Synchronization

/// The way from a detached signature's signer to a trusted certificate, remembered for the signatures that follow with the same certificates.
///
/// Without revocation lists a path depends on nothing but the certificates and the time, so the last good one holds at any time at which all
/// of its certificates are valid. Safe from any thread.
final class SignerPath: Sendable {
    private struct Known {
        let leaf: X509Certificate
        let others: [X509Certificate]
        let path: [X509Certificate]
        let validity: ClosedRange<Int>
    }

    private let anchors: TrustAnchors
    private let known = Mutex<Known?>(nil)

    init(_ anchors: TrustAnchors) { self.anchors = anchors }

    /// Throws unless `leaf` is a certificate for seals that chains to a trusted one at `time` (seconds since 1970 UTC).
    /// - Parameter others: all certificates that the signature carries, the leaf, too; one that the path doesn't need is refused.
    /// - Returns: the path, leaf first, trusted certificate last.
    func path(leaf: X509Certificate, others: [X509Certificate], at time: Int) throws(VerificationFailure) -> [X509Certificate] {
        let remembered = known.withLock { known -> [X509Certificate]? in
            guard let known, known.validity.contains(time), known.leaf.pointer == leaf.pointer, known.others.count == others.count,
                // The same objects, which nobody changes and `known` keeps alive: `CertificateMemory` gives them out again.
                zip(known.others, others).allSatisfy({ $0.pointer == $1.pointer })
            else { return nil }
            return known.path
        }
        if let remembered { return remembered }
        let path = try anchors.verify(leaf: leaf, others: others, at: time)
        try CarriedCertificates.check(others, path: path, trusted: anchors.certificates)
        let found = Known(leaf: leaf, others: others, path: path, validity: TrustAnchors.validity(of: path, at: time))
        known.withLock { $0 = found }
        return path
    }
}
