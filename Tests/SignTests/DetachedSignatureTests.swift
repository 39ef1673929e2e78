import COpenSSL
import Foundation
import Testing

@testable import Sign

@Suite struct DetachedSignatureTests {
    private let content = Array("the manifest".utf8)
    private let time = Authority.start + 1800
    private let signature: [UInt8]
    private let verifier: DetachedVerifier

    init() throws {
        signature = try DetachedSigner(key: Authority.shared.key).sign(content, signingTime: time)
        verifier = try DetachedVerifier(trustedPEM: Authority.shared.issuerPEM)
    }

    private func code(_ signature: [UInt8], content: [UInt8]? = nil, expected: String? = nil, now: Int? = nil) -> VerificationFailure.Code?
    {
        do {
            _ = try verifier.verify(signature, content: content ?? self.content, expectedSignerSHA256: expected, now: now)
            return nil
        } catch { return error.code }
    }

    @Test func verifies() throws {
        let signer = try verifier.verify(signature, content: content, expectedSignerSHA256: Authority.shared.key.certificateSHA256)
        #expect(signer.signingTime == time)
        #expect(signer.organisation == Authority.organisation)
    }

    @Test func sameInputSameBytes() throws {
        #expect(try DetachedSigner(key: Authority.shared.key).sign(content, signingTime: time) == signature)
    }

    @Test func otherContentIsRefused() {
        #expect(code(signature, content: content + [0]) == .signature)
        #expect(code(signature, content: []) == .signature)
    }

    @Test func tamperedBytesAreRefused() throws {
        for index in stride(from: 0, to: signature.count, by: 7) {
            var bytes = signature
            bytes[index] ^= 1 << UInt8(index % 8)
            #expect(code(bytes) != nil, "byte \(index) can be changed")
        }
        #expect(code(signature + [0]) == .malformed)
        #expect(code([]) == .malformed)
    }

    /// A verifier that has seen these certificates judges as one that hasn't.
    @Test func certificatesSeenBeforeChangeNothing() throws {
        let trusted = Authority.shared.issuerPEM
        let seasoned = try DetachedVerifier(trustedPEM: trusted)
        _ = try seasoned.verify(signature, content: content, now: time)
        #expect(try seasoned.verify(signature, content: content, now: time) == verifier.verify(signature, content: content, now: time))
        let other = try DetachedSigner(key: Authority.other.key).sign(content, signingTime: time)
        for bytes in [signature + [0], Array(signature.dropLast()), other, [0x30], []] {
            let fresh = try DetachedVerifier(trustedPEM: trusted)
            #expect(outcome(seasoned, bytes) == outcome(fresh, bytes))
        }
        for index in stride(from: 0, to: signature.count, by: 11) {
            var bytes = signature
            bytes[index] ^= 1 << UInt8(index % 8)
            let fresh = try DetachedVerifier(trustedPEM: trusted)
            #expect(outcome(seasoned, bytes) == outcome(fresh, bytes), "byte \(index)")
            _ = try seasoned.verify(signature, content: content, now: time)
        }
    }

    private func outcome(_ verifier: DetachedVerifier, _ signature: [UInt8]) -> VerificationFailure.Code? {
        do {
            _ = try verifier.verify(signature, content: content, now: time)
            return nil
        } catch { return error.code }
    }

    /// Key, issuer and serial number are the signer's and the mathematics agree; only signing-certificate-v2 tells one from the other.
    @Test func anotherCertificateOfTheSignersKeyIsRefused() throws {
        let own = Authority.shared.seal.certificate
        let copy = try #require(X509_dup(own.pointer))
        let name = try #require(X509_get_subject_name(copy))
        X509_NAME_ENTRY_free(X509_NAME_delete_entry(name, X509_NAME_get_index_by_NID(name, NID_commonName, -1)))
        try #require(X509_NAME_add_entry_by_txt(name, "CN", ecocd_name_add_utf8, "Leal", -1, -1, 0) == 1)
        try #require(X509_sign(copy, Authority.shared.issuer.key.pointer, EVP_sha256()) > 0)
        let der = try #require(X509Certificate(adopting: copy)).der
        try #require(der.count == own.der.count && der != own.der)
        let start = try #require(signature.indices.first { signature[$0...].starts(with: own.der) })
        var bytes = signature
        bytes.replaceSubrange(start..<(start + der.count), with: der)
        for _ in 0..<2 { #expect(code(bytes, now: time) == .signature) }
        #expect(code(signature, now: time) == nil)
    }

    /// The signing time is read before the signature is known to be good, and ASN.1 can write the year 0.
    @Test func aTimeBeforeTheCalendarIsRefused() throws {
        let anchors = try TrustAnchors(pem: Authority.shared.issuerPEM)
        #expect {
            _ = try anchors.verify(leaf: Authority.shared.seal.certificate, others: [], at: -62_167_219_200)
        } throws: { error in
            (error as? VerificationFailure).map { $0.code == .certificateNotValid && $0.message.contains("0000-01-01T00:00:00Z") } ?? false
        }
    }

    @Test func unexpectedSignerIsRefused() {
        #expect(code(signature, expected: Authority.other.key.certificateSHA256) == .unexpectedSigner)
    }

    @Test func anotherAuthorityIsRefused() throws {
        let other = try DetachedSigner(key: Authority.other.key).sign(content, signingTime: time)
        #expect(code(other) == .untrusted)
    }

    @Test func timesOutsideTheValidityAreRefused() throws {
        #expect(code(signature, now: time - 301) == .certificateNotValid)
        #expect { try DetachedSigner(key: Authority.shared.key).sign(content, signingTime: Authority.end + 1) } throws: {
            ($0 as? SealError)?.code == .expired
        }
    }

    @Test(
        .enabled(if: StockTools.has("openssl"), "needs openssl"),
        arguments: [
            (["-binary"], VerificationFailure.Code.missingAttribute),
            (["-binary", "-noattr"], .missingAttribute),
            (["-binary", "-cades", "-nodetach"], .structure),
            (["-binary", "-cades", "-md", "sha1"], .algorithm),
            (["-binary", "-cades", "-nocerts"], .structure),
            (["-binary", "-cades", "-keyopt", "rsa_padding_mode:pss"], .algorithm),
            (["-binary", "-cades"], nil),
        ] as [([String], VerificationFailure.Code?)])
    func lesserSignaturesAreRefused(_ options: [String], _ expected: VerificationFailure.Code?) throws {
        try StockTools.withDirectory { directory in
            try StockTools.write(Authority.shared.sealKeyPEM, to: directory + "/k.pem")
            try StockTools.write(Authority.shared.seal.certificatePEM(), to: directory + "/c.pem")
            try StockTools.write(content, to: directory + "/m")
            var arguments = ["cms", "-sign", "-in", "m", "-signer", "c.pem", "-inkey", "k.pem", "-outform", "DER", "-out", "s"] + options
            if !options.contains("-md") { arguments += ["-md", "sha256"] }
            #expect(try StockTools.run("openssl", arguments, in: directory).status == 0)
            #expect(code([UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + "/s")))) == expected)
        }
    }
}
