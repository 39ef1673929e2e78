import COpenSSL

/// The ways up from a certificate to trusted ones, by names and signatures alone; whether one holds is for `TrustAnchors` to say.
///
/// Authorities renew a key under the same name, cross-sign a new root with the old one, and hand all of it out in one file. OpenSSL settles
/// for the first issuer of the right name and gives up when that one's key doesn't fit; here every issuer whose key fits is followed.
struct IssuerSearch {
    /// Each from the certificate to a trusted one.
    private(set) var paths: [[X509Certificate]] = []
    /// The longest way that ended without reaching a trusted certificate; at least the certificate itself.
    private(set) var deadEnd: [X509Certificate]

    private let trusted: [X509Certificate]
    private let others: [X509Certificate]
    private var checksLeft = Self.maximumChecks

    /// Certificates on one way, the trusted one included.
    static let maximumDepth = 10
    static let maximumPaths = 16
    /// Signatures that are looked at: what a hostile heap of certificates may cost.
    static let maximumChecks = 128

    init(from leaf: X509Certificate, trusted: [X509Certificate], others: [X509Certificate]) {
        var seen: Set<String> = []
        self.trusted = trusted.filter { seen.insert($0.sha256).inserted }
        self.others = others.filter { seen.insert($0.sha256).inserted }
        deadEnd = [leaf]
        follow([leaf])
    }

    private mutating func follow(_ path: [X509Certificate]) {
        guard let last = path.last, paths.count < Self.maximumPaths else { return }
        let isTrusted = trusted.contains { $0.sha256 == last.sha256 }
        if isTrusted { paths.append(path) }
        // Above a trusted certificate another may be trusted, too, and be valid for longer.
        guard path.count < Self.maximumDepth else { return end(path, isTrusted) }
        var isFollowed = false
        for issuer in trusted + others where !path.contains(where: { $0.sha256 == issuer.sha256 }) {
            guard issuer.isNamedIssuer(of: last), checksLeft > 0 else { continue }
            checksLeft -= 1
            guard last.isSigned(by: issuer) else { continue }
            isFollowed = true
            follow(path + [issuer])
        }
        if !isFollowed { end(path, isTrusted) }
    }

    private mutating func end(_ path: [X509Certificate], _ isTrusted: Bool) {
        if !isTrusted, path.count > deadEnd.count || deadEnd.count == 1 { deadEnd = path }
    }
}
