import Foundation
import Testing

@testable import Sign
import Hashing

/// Whose certificate may seal: the policy itself, and that both verifiers hold to it. All of these lead to the trusted authority.
@Suite struct SealCertificatePolicyTests {
    private static let documentSigning = "1.3.6.1.5.5.7.3.36"

    private func code(_ certificate: X509Certificate) -> VerificationFailure.Code? {
        do throws(VerificationFailure) {
            try SealCertificatePolicy.check(der: certificate.der)
            return nil
        } catch { return error.code }
    }

    private func issue(_ change: (inout CertificateTemplate) -> Void) throws -> (key: [UInt8], pem: [UInt8], certificate: X509Certificate) {
        let issued = try Authority.shared.issue(change)
        return (issued.key, issued.certificate, try #require(X509Certificate.read(pem: issued.certificate)?.first))
    }

    @Test(arguments: [
        "anyExtendedKeyUsage", "emailProtection", documentSigning, "1.3.6.1.4.1.311.10.3.12", "1.2.840.113583.1.1.5",
        "emailProtection,clientAuth", "critical,\(documentSigning)", "clientAuth,\(documentSigning),1.2.3.4",
    ])
    func certificatesForDocumentsSeal(_ usages: String) throws {
        #expect(try code(issue { $0.extendedKeyUsage = usages }.certificate) == nil)
    }

    @Test(arguments: [
        "serverAuth", "OCSPSigning", "timeStamping", "codeSigning", "clientAuth", "1.2.3.4", "serverAuth,clientAuth",
        "emailProtection,serverAuth", "anyExtendedKeyUsage,OCSPSigning", "\(documentSigning),timeStamping", "critical,codeSigning",
    ])
    func certificatesForOtherThingsDont(_ usages: String) throws {
        try expectRefused(.extendedKeyUsage) { $0.extendedKeyUsage = usages }
    }

    @Test func anAuthoritysCertificateDoesnt() throws {
        try expectRefused(.authority) {
            $0.isAuthority = true
            $0.keyUsage = "critical,digitalSignature,keyCertSign"
        }
        // keyUsage keeps it from issuing, but basicConstraints still say what it is.
        try expectRefused(.authority) { $0.isAuthority = true }
    }

    @Test func aCertificateWithoutOrganisationDoesnt() throws {
        try expectRefused(.organisation) { $0.organisation = nil }
        try expectRefused(.organisation) { $0.organisation = "  " }
    }

    @Test func whatCannotBeReadDoesnt() {
        #expect { try SealCertificatePolicy.check(der: [0x30, 0]) } throws: { ($0 as? VerificationFailure)?.code == .structure }
    }

    /// By the policy, and as the signer of a message and of a manifest. The certificate is looked at before the signature, so it needn't hold.
    private func expectRefused(_ expected: VerificationFailure.Code, _ change: (inout CertificateTemplate) -> Void) throws {
        let issued = try issue(change)
        #expect(code(issued.certificate) == expected)

        let message = Messages.replacing(
            Base64.encode(Authority.shared.seal.certificate.der), by: Base64.encode(issued.certificate.der))
        #expect { try MessageVerifier(trustedPEM: Authority.shared.issuerPEM).verify(message) } throws: {
            ($0 as? VerificationFailure)?.code == expected
        }
        try #require(StockTools.has("openssl"))
        let signature = try StockTools.withDirectory { directory in
            try StockTools.write(issued.key, to: directory + "/k.pem")
            try StockTools.write(issued.pem, to: directory + "/c.pem")
            try StockTools.write([1], to: directory + "/m")
            let command = "cms -sign -binary -cades -md sha256 -in m -signer c.pem -inkey k.pem -outform DER -out s"
            try #require(try StockTools.run("openssl", command.split(separator: " ").map(String.init), in: directory).status == 0)
            return [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + "/s")))
        }
        #expect { try DetachedVerifier(trustedPEM: Authority.shared.issuerPEM).verify(signature, content: [1]) } throws: {
            ($0 as? VerificationFailure)?.code == expected
        }
    }
}
