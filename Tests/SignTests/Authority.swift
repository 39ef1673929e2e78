import Glibc

@testable import Sign

/// Keys and certificates of the tests, made once a run: RSA keys take long to make.
struct Authority: Sendable {
    let issuer: CertificateIssuer
    let issuerPEM: [UInt8]
    let seal: CertificateIssuer
    /// The seal certificate followed by the authority's.
    let sealPEM: [UInt8]
    let sealKeyPEM: [UInt8]
    let key: SealKey

    static let organisation = "Voorbeeld Véhicules B.V."
    static let start = ASN1Time.now - 3600
    static let end = start + 86400 * 30

    static let shared = make()
    /// Another authority of the same names.
    static let other = make()

    static func template(_ change: (inout CertificateTemplate) -> Void = { _ in }) -> CertificateTemplate {
        var template = CertificateTemplate(commonName: "Seal", organisation: organisation, bits: 2048, notBefore: start, notAfter: end)
        change(&template)
        return template
    }

    static let authorityTemplate = template {
        $0.commonName = "Test CA"
        $0.isAuthority = true
        $0.keyUsage = "critical,keyCertSign,cRLSign"
    }

    private static func make() -> Authority {
        do {
            let issuer = try CertificateIssuer(authorityTemplate)
            let seal = try CertificateIssuer(template(), issuer: issuer)
            let issuerPEM = try issuer.certificatePEM()
            let sealPEM = try seal.certificatePEM() + issuerPEM
            let sealKeyPEM = try seal.keyPEM()
            return Authority(
                issuer: issuer, issuerPEM: issuerPEM, seal: seal, sealPEM: sealPEM, sealKeyPEM: sealKeyPEM,
                key: try SealKey(keyPEM: sealKeyPEM, certificatesPEM: [sealPEM], trustedPEM: issuerPEM))
        } catch { fatalError("the test authority can't be made: \(error)") }
    }

    /// A certificate that this authority issues, as PEM of key and certificate.
    func issue(_ change: (inout CertificateTemplate) -> Void) throws -> (key: [UInt8], certificate: [UInt8]) {
        let issued = try CertificateIssuer(Self.template(change), issuer: issuer)
        return (try issued.keyPEM(), try issued.certificatePEM())
    }
}
