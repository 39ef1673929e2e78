import COpenSSL

/// The way from the seal certificate to a trusted one (RFC 5280, section 6): what signatures carry of it, and how long it holds.
public struct SealPath: Sendable {
    /// One certificate on the way.
    public struct Link: Sendable, Equatable {
        /// As RFC 2253 writes it, in UTF-8.
        public let subject: String
        /// The first and the last second of validity, since 1970 UTC.
        public let notBefore: Int
        public let notAfter: Int
    }

    /// The seal certificate first, the trusted one last.
    public let links: [Link]
    /// As `links`. Signatures carry these and no others that were given.
    let certificates: [X509Certificate]

    /// Finds the path that holds longest. While the certificate itself isn't valid, the others' validity isn't asked for either: nothing is
    /// sealed with it in any case.
    ///
    /// - Parameters:
    ///   - leaf: the seal certificate.
    ///   - others: what was given with it, in any order, needed or not.
    ///   - time: seconds since 1970 UTC.
    init(leaf: X509Certificate, others: [X509Certificate], anchors: TrustAnchors, at time: Int) throws(SealError) {
        guard let notBefore = leaf.notBefore, let notAfter = leaf.notAfter else { throw .unreadableValidity(leaf) }
        let paths: [[X509Certificate]]
        do throws(PathFault) {
            paths = try anchors.paths(leaf: leaf, others: others, at: notBefore...max(notBefore, notAfter) ~= time ? time : nil)
        } catch { throw SealError(error) }
        var best: (links: [Link], path: [X509Certificate]) = ([], [])
        for path in paths {
            var links: [Link] = []
            for certificate in path {
                guard let first = certificate.notBefore, let last = certificate.notAfter else { throw .unreadableValidity(certificate) }
                links.append(Link(subject: certificate.subject, notBefore: first, notAfter: last))
            }
            if best.links.isEmpty || Self.end(of: links) > Self.end(of: best.links) { best = (links, path) }
        }
        (links, certificates) = best
    }

    private static func end(of links: [Link]) -> Int { links.map(\.notAfter).min() ?? 0 }

    /// The certificate that ends first; of several the one nearest to the seal's.
    public var firstToEnd: Link { links.min { $0.notAfter < $1.notAfter } ?? Link(subject: "", notBefore: 0, notAfter: 0) }

    /// Throws unless all certificates of the path are valid at `time`, in seconds since 1970 UTC. Costs nothing worth mentioning.
    public func usable(at time: Int) throws(SealError) {
        for (index, link) in links.enumerated() {
            let what = index == 0 ? "seal certificate" : "certificate above the seal's,"
            if time < link.notBefore {
                throw SealError(
                    .notYetValid, "The \(what) \(link.subject) is valid only from \(ASN1Time.text(link.notBefore)).",
                    remedy: "Wait until then, or set the machine's clock right: it shows \(ASN1Time.text(time)).")
            }
            if time > link.notAfter {
                throw SealError(
                    .expired, "The \(what) \(link.subject) ended on \(ASN1Time.text(link.notAfter)).",
                    remedy: index == 0
                        ? "Put the new certificate and key in place and restart ecocd; nothing is sealed until then."
                        : "Put the issuing authority's new certificate into seal.certificate, seal.chain or seal.trusted and restart ecocd."
                )
            }
        }
    }
}

extension SealPath {
    /// What can be said of certificates while their key can't be read: whether one of them may seal and leads to a trusted one.
    ///
    /// - Parameters:
    ///   - certificatesPEM: one or more files; the first certificate that may seal counts as the seal's.
    ///   - trustedPEM: the authorities to trust.
    ///   - time: seconds since 1970 UTC; nil is now.
    public init(certificatesPEM: [[UInt8]], trustedPEM: [UInt8], at time: Int? = nil) throws(SealError) {
        let certificates = try SealKey.certificates(certificatesPEM)
        guard let first = certificates.first else { throw .noCertificate }
        let leaf = certificates.first { (try? SealCertificatePolicy.check($0)) != nil } ?? first
        try SealKey.checkPolicy(leaf)
        let anchors = try SealKey.anchors(trustedPEM)
        try self.init(leaf: leaf, others: certificates.filter { $0 !== leaf }, anchors: anchors, at: time ?? ASN1Time.now)
    }
}

extension SealError {
    static func unreadableValidity(_ certificate: X509Certificate) -> SealError {
        SealError(
            .unreadableCertificate, "The validity of the certificate \(certificate.subject) can't be read.",
            remedy: "Ask its issuer for another.")
    }

    static var noCertificate: SealError {
        SealError(
            .unreadableCertificate, "There is no certificate.",
            remedy: "Give the certificate and those above it as PEM (-----BEGIN CERTIFICATE-----).")
    }

    /// For whoever looks after the seal.
    init(_ fault: PathFault) {
        let remedy: (code: Code, text: String) =
            switch fault.kind {
            case .missingIssuer(let issuer):
                (.untrusted, "Add the certificate of \(issuer) to the file seal.chain, or to seal.trusted if it is the authority to trust.")
            case .untrustedRoot:
                (
                    .untrusted,
                    "Put it into the file seal.trusted if this authority is to be trusted; else give the certificates that lead to yours."
                )
            case .ended: (.expired, "Ask its issuer for the certificate that takes its place, and put that into the file instead.")
            case .notYetValid: (.notYetValid, "Wait until then, or set the machine's clock right.")
            case .keyTooShort: (.keyTooShort, "Ask its issuer for one with an RSA key of 3072 bits.")
            case .weakDigest: (.weakDigest, "Ask its issuer for one signed with SHA-256 or better.")
            case .refused: (.untrusted, "Ask its issuer for one that may issue seal certificates.")
            case .library: (.untrusted, "Try again; if it stays, report it.")
            }
        self.init(remedy.code, fault.sentence, remedy: remedy.text)
    }
}
