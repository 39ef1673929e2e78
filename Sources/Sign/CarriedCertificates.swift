/// The certificates that a signature carries beside its signer's. No signature covers which are there, so each must be needed.
enum CarriedCertificates {
    /// Throws unless each certificate is on the path, or leads on from it by signatures of which none can be made up:
    ///
    /// - above a trusted certificate that isn't a root, its issuers up to their root;
    /// - beside the path, what a trusted certificate signed for an issuer on the path (a cross certificate).
    ///
    /// - Parameters:
    ///   - carried: all of them, the signer's, too, in any order.
    ///   - path: from the signer's to a trusted one.
    ///   - trusted: all that are trusted.
    static func check(
        _ carried: [X509Certificate], path: [X509Certificate], trusted: [X509Certificate]
    ) throws(VerificationFailure) {
        var seen: Set<String> = []
        for certificate in carried where !seen.insert(certificate.sha256).inserted {
            throw VerificationFailure(.structure, "The signature carries the certificate \(certificate.subject) twice.")
        }
        let onPath = Set(path.map(\.sha256))
        var rest = carried.filter { !onPath.contains($0.sha256) }
        if rest.isEmpty { return }
        rest.removeAll { cross in path.contains { $0.isSigned(by: cross) } && trusted.contains { cross.isSigned(by: $0) } }
        rest = withoutIssuers(of: path.last, rest)
        if let surplus = rest.first {
            throw VerificationFailure(.structure, "The signature carries the certificate \(surplus.subject), which its path doesn't need.")
        }
    }

    /// What is left when the issuers above the end of the path are taken out, if they lead to a root.
    private static func withoutIssuers(of end: X509Certificate?, _ certificates: [X509Certificate]) -> [X509Certificate] {
        guard var current = end else { return certificates }
        var rest = certificates
        while !current.isSigned(by: current) {
            guard let index = rest.firstIndex(where: { current.isSigned(by: $0) }) else { return certificates }
            current = rest.remove(at: index)
        }
        return rest
    }
}
