import Foundation
import Testing

@testable import Sign
import Hashing

@Suite struct MessageVerifierTests {
    private let verifier: MessageVerifier

    init() throws { verifier = try MessageVerifier(trustedPEM: Authority.shared.issuerPEM) }

    private func code(_ bytes: [UInt8], at time: Int? = nil) -> VerificationFailure.Code? {
        do {
            _ = try verifier.verify(bytes, at: time)
            return nil
        } catch { return error.code }
    }

    /// One bit in every byte of the message and of its signature, save the letters of `UTF-8`, whose case says nothing.
    @Test func everyTamperedByteIsRefused() {
        let sealed = Messages.sealed
        for index in stride(from: 0, to: sealed.count, by: 3) where !(30..<35).contains(index) {
            var bytes = sealed
            bytes[index] ^= 1 << UInt8(index % 8)
            #expect(code(bytes) != nil, "byte \(index) can be changed")
        }
    }

    @Test func everyTruncationIsRefused() {
        let sealed = Messages.sealed
        for count in stride(from: 0, to: sealed.count, by: 97) { #expect(code(Array(sealed.prefix(count))) != nil) }
    }

    @Test func changedValueIsRefused() {
        #expect(code(Messages.replacing("WVWZZZ1JZXW000001", by: "WVWZZZ1JZXW000002")) == .signature)
    }

    @Test func addedWhiteSpaceIsRefused() {
        #expect(code(Messages.replacing("</Header>", by: "</Header>\n")) == .signature)
    }

    @Test(arguments: [
        ("</KeyInfo></Signature>", "</KeyInfo><Object>evil</Object></Signature>"),
        ("</KeyInfo></Signature>", "</KeyInfo><x xmlns=\"urn:x\"></x></Signature>"),
        ("<SignedInfo>", "<SignedInfo Id=\"a\">"),
        ("<Signature xmlns", "<Signature Id=\"a\" xmlns"),
        ("<SignedInfo>", "text<SignedInfo>"),
        ("<SignedInfo>", "<!-- c --><SignedInfo>"),
        ("<X509Data>", "<KeyName>k</KeyName><X509Data>"),
        ("<X509Data>", "<X509Data><X509SubjectName>CN=x</X509SubjectName>"),
        ("</Reference></SignedInfo>", "</Reference><Reference URI=\"#a\"></Reference></SignedInfo>"),
        ("<Reference URI=\"\">", "<Reference URI=\"#a\">"),
        ("<Reference URI=\"\">", "<Reference>"),
        ("<Reference URI=\"\">", "<Reference URI=\"\" Type=\"x\">"),
        ("</Transforms>", "<Transform Algorithm=\"http://www.w3.org/2001/10/xml-exc-c14n#\"></Transform></Transforms>"),
        ("<Header>", "<Header><!-- c -->"),
        ("<Header>", "<Header><?p i?>"),
        ("<Header>", "<Header><![CDATA[x]]>"),
        ("<Header>", "<Header><Signature></Signature>"),
        ("<Header>", "<Header><Object xmlns=\"http://www.w3.org/2000/09/xmldsig#\"></Object>"),
        ("</Signature></Initial", "</Signature><More></More></Initial"),
        ("</Signature></Initial", "</Signature> </Initial"),
    ])
    func foreignPartsAreRefused(_ old: String, _ new: String) {
        #expect(code(Messages.replacing(old, by: new)) == .structure)
    }

    @Test(arguments: [
        ("2001/10/xml-exc-c14n#", "2001/10/xml-exc-c14n#WithComments"),
        ("2001/04/xmldsig-more#rsa-sha256", "2000/09/xmldsig#rsa-sha1"),
        ("2001/04/xmlenc#sha256", "2000/09/xmldsig#sha1"),
        ("2000/09/xmldsig#enveloped-signature", "TR/1999/REC-xslt-19991116"),
    ])
    func otherAlgorithmsAreRefused(_ old: String, _ new: String) {
        #expect(code(Messages.replacing(old, by: new)) == .algorithm)
    }

    @Test func secondSignatureIsRefused() throws {
        let text = String(decoding: Messages.sealed, as: UTF8.self)
        let start = try #require(text.range(of: "<Signature xmlns"))
        let end = try #require(text.range(of: "</Signature>"))
        let signature = String(text[start.lowerBound..<end.upperBound])
        #expect(code(Messages.replacing("<Signature xmlns", by: signature + "<Signature xmlns")) == .structure)
    }

    /// Canonicalisation looks through all namespaces in scope at each element: the first of these took libxmlsec1 a minute.
    @Test(arguments: ["namespaces", "attributes", "elements", "depth", "names"])
    func whatCostsTooMuchIsNotLookedAt(_ kind: String) {
        func list(_ count: Int, _ text: (Int) -> String) -> String { (0..<count).map(text).joined() }
        let (old, new) =
            switch kind {
            case "namespaces": ("<Header>", "<Header\(list(2_000) { " xmlns:n\($0)=\"urn:\($0)\"" })>\(list(5_000) { _ in "<a></a>" })")
            case "attributes": ("<Header>", "<Header\(list(60_000) { " a\($0)=\"\"" })>")
            case "elements": ("</Header>", list(10_000) { _ in "<a></a>" } + "</Header>")
            case "depth": ("</Header>", list(100) { _ in "<a>" } + list(100) { _ in "</a>" } + "</Header>")
            default: ("</Header>", "<\(String(repeating: "a", count: 257))/></Header>")
            }
        #expect(code(Messages.replacing(old, by: new)) == .tooLarge)
    }

    @Test func documentTypeIsRefused() {
        #expect(code(Messages.replacing("?>\n", by: "?>\n<!DOCTYPE InitialVehicleInformation []>")) == .doctype)
        let bomb = "?>\n<!DOCTYPE InitialVehicleInformation [<!ENTITY a \"aaaa\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]>"
        #expect(code(Messages.replacing("?>\n", by: bomb)) == .doctype)
    }

    @Test(arguments: [
        ("encoding=\"UTF-8\"", "encoding=\"UTF-7\""), ("?>\n", "?>\n<!-- c -->"), ("?>\n", "?>\n<?p i?>"), ("<?xml ", " <?xml "),
        ("</InitialVehicleInformation>", "</InitialVehicleInformation>\n"), ("</InitialVehicleInformation>", ""),
    ])
    func otherFormsOfTheDocumentAreRefused(_ old: String, _ new: String) {
        #expect(code(Messages.replacing(old, by: new)) == .malformed)
    }

    @Test func unsignedMessageIsRefused() {
        #expect(code(Messages.plain.bytes) == .structure)
        #expect(code([]) == .malformed)
    }

    @Test func anotherAuthorityIsRefused() throws {
        let other = try Messages.seal(Messages.plain, with: Authority.other.key)
        #expect(code(other) == .untrusted)
    }

    @Test func certificatesOutsideTheirValidityAreRefused() {
        #expect(code(Messages.sealed, at: Authority.start - 10) == .certificateNotValid)
        #expect(code(Messages.sealed, at: Authority.end + 10) == .certificateNotValid)
        #expect(code(Messages.sealed, at: Authority.end - 10) == nil)
        // The path is known by now, and still holds only while its certificates do.
        #expect(code(Messages.sealed, at: Authority.end + 10) == .certificateNotValid)
        #expect(code(Messages.sealed, at: Authority.start - 10) == .certificateNotValid)
    }

    /// The signature is right in itself; the certificate isn't one for seals.
    @Test(arguments: [
        ("short", VerificationFailure.Code.keyTooShort), ("usage", .keyUsage), ("sha1", .algorithm),
    ])
    func unfitCertificatesAreRefused(_ flaw: String, _ expected: VerificationFailure.Code) throws {
        let issued = try Authority.shared.issue {
            switch flaw {
            case "short": $0.bits = 1024
            case "usage": $0.keyUsage = "critical,keyEncipherment"
            default: $0.usesSHA1 = true
            }
        }
        let certificate = try #require(X509Certificate.read(pem: issued.certificate)?.first)
        let old = Base64.encode(Authority.shared.seal.certificate.der)
        let new = Base64.encode(certificate.der)
        #expect(code(Messages.replacing(old, by: new)) == expected)
    }

    /// Each would be the issuer of the one before it.
    @Test func theSameCertificateTwiceIsRefused() {
        let issuer = "<X509Certificate>" + Base64.encode(Authority.shared.issuer.certificate.der) + "</X509Certificate>"
        #expect(code(Messages.replacing(issuer, by: issuer + issuer)) == .structure)
    }

    @Test func strangerInTheChainIsRefused() {
        let old = Base64.encode(Authority.shared.issuer.certificate.der)
        let new = Base64.encode(Authority.other.issuer.certificate.der)
        #expect(code(Messages.replacing(old, by: new)) == .structure)
    }

    @Test func aTrustedCertificateNeedNotBeARoot() throws {
        let pinned = try MessageVerifier(trustedPEM: Authority.shared.seal.certificatePEM())
        _ = try pinned.verify(Messages.sealed)
    }

    @Test func trustNeedsCertificates() {
        #expect(throws: VerificationFailure.self) { try MessageVerifier(trustedPEM: []) }
        #expect(throws: VerificationFailure.self) { try MessageVerifier(trustedPEM: Array("nonsense".utf8)) }
        let broken = Authority.shared.issuerPEM.prefix(300) + Array("\n-----END CERTIFICATE-----\n".utf8)
        #expect(throws: VerificationFailure.self) { try MessageVerifier(trustedPEM: Array(broken)) }
    }

    @Test(.enabled(if: StockTools.shared != nil, "needs the official examples in ../shared"))
    func officialExamplesAreRefused() throws {
        let folder = try #require(StockTools.shared) + "/ivi/examples"
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".xml") }
        #expect(!names.isEmpty)
        for name in names {
            let text = try String(contentsOfFile: "\(folder)/\(name)", encoding: .utf8)
            #expect(code(Array(text.utf8)) != nil)
            // In ecocd's form of the document and with their own certificates trusted, their placeholder signatures still verify nothing.
            let root = try #require(text.range(of: "<InitialVehicleInformation"))
            let end = try #require(text.range(of: "</InitialVehicleInformation>"))
            let message = Array((String(decoding: DocumentProlog.declaration, as: UTF8.self) + text[root.lowerBound..<end.upperBound]).utf8)
            let refusal = code(message)
            #expect(refusal != nil && refusal != .tooLarge)
        }
    }
}
