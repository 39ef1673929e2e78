import COpenSSL

/// Why no path leads from a certificate to a trusted one, and which certificate is at fault.
///
/// Who holds somebody else's file and who holds the seal read different sentences of it: `VerificationFailure`, `SealError`.
struct PathFault: Error {
    enum Kind {
        /// Nobody who issued the certificate is at hand; the name is the issuer's.
        case missingIssuer(String)
        /// The way ends with a root that isn't trusted.
        case untrustedRoot
        case ended(Int)
        case notYetValid(Int)
        case keyTooShort
        case weakDigest
        /// OpenSSL's reason.
        case refused(String)
        /// OpenSSL couldn't be asked.
        case library(String)
    }

    let kind: Kind
    /// The subject of the certificate at fault.
    let subject: String

    /// What is wrong, as a whole sentence.
    var sentence: String {
        switch kind {
        case .missingIssuer(let issuer): "The certificate \(subject) was issued by \(issuer), whose certificate isn't there."
        case .untrustedRoot: "The certificates lead to \(subject), which isn't a trusted one."
        case .ended(let time): "The certificate \(subject) ended on \(ASN1Time.text(time))."
        case .notYetValid(let time): "The certificate \(subject) is valid only from \(ASN1Time.text(time))."
        case .keyTooShort: "The key of the certificate \(subject) is too short."
        case .weakDigest: "The certificate \(subject) is signed with SHA-1 or MD5."
        case .refused(let reason): "The certificate \(subject) can't be used on the way to a trusted one: \(reason)."
        case .library(let reason): "OpenSSL couldn't look at the certificate \(subject): \(reason)."
        }
    }

    /// - Parameter result: OpenSSL's, of judging a path.
    init(_ result: Int32, at certificate: X509Certificate) {
        subject = certificate.subject
        kind =
            switch result {
            case X509_V_ERR_CERT_HAS_EXPIRED: .ended(certificate.notAfter ?? 0)
            case X509_V_ERR_CERT_NOT_YET_VALID: .notYetValid(certificate.notBefore ?? 0)
            case X509_V_ERR_EE_KEY_TOO_SMALL, X509_V_ERR_CA_KEY_TOO_SMALL: .keyTooShort
            case X509_V_ERR_CA_MD_TOO_WEAK: .weakDigest
            default: .refused(String(cString: X509_verify_cert_error_string(Int(result))))
            }
    }

    init(_ kind: Kind, at certificate: X509Certificate) {
        self.kind = kind
        subject = certificate.subject
    }

    /// Of a way that ends without a trusted certificate.
    init(deadEnd: [X509Certificate], leaf: X509Certificate) {
        let top = deadEnd.last ?? leaf
        self.init(top.isSelfIssued ? .untrustedRoot : .missingIssuer(top.issuer), at: top)
    }
}

extension VerificationFailure {
    /// For whoever holds a file that `leaf` is to have signed.
    init(_ fault: PathFault, leaf: X509Certificate, time: Int) {
        switch fault.kind {
        case .ended, .notYetValid:
            self.init(.certificateNotValid, "\(fault.sentence) It isn't valid at \(ASN1Time.text(time)), the time to judge by.")
        case .keyTooShort: self.init(.keyTooShort, fault.sentence)
        case .weakDigest: self.init(.algorithm, fault.sentence)
        case .library(let reason): self = .verifier(reason)
        case .missingIssuer, .untrustedRoot, .refused:
            self.init(
                .untrusted, "The certificate of \(leaf.subject) doesn't lead to a trusted one. \(fault.sentence)",
                remedy: "Trust its issuing authority if it should be trusted; otherwise don't use this file.")
        }
    }
}
