import COpenSSL
import Foundation
import Testing

@testable import Sign

/// Whatever in a detached signature nobody signed can't be changed: there is one encoding for what was signed.
@Suite struct SignedDataFormTests {
    private let content = Array("the manifest".utf8)
    private let time = Authority.start + 1800
    private let signature: [UInt8]
    private let verifier: DetachedVerifier

    init() throws {
        signature = try DetachedSigner(key: Authority.shared.key).sign(content, signingTime: time)
        verifier = try DetachedVerifier(trustedPEM: Authority.shared.issuerPEM)
    }

    private func failure(_ signature: [UInt8]) -> VerificationFailure? {
        do throws(VerificationFailure) {
            _ = try verifier.verify(signature, content: content)
            return nil
        } catch { return error }
    }

    /// The signature as it is encoded again after a change of its structure.
    private func changed(_ change: (_ message: OpaquePointer, _ signer: OpaquePointer) -> Bool) throws -> [UInt8] {
        guard let message = CMSMessage(der: signature) else { throw POSIXError(.EINVAL) }
        let pointer = message.pointer
        let signers = try #require(CMS_get0_SignerInfos(pointer))
        let signer = try #require(OPENSSL_sk_value(signers, 0))
        try #require(change(pointer, OpaquePointer(signer)))
        let encoded = message.encoded()
        return try #require(encoded)
    }

    /// One occurrence of some bytes replaced by as many others.
    private func replacing(_ old: [UInt8], by new: [UInt8], occurrence: Int = 0) throws -> [UInt8] {
        let places = signature.indices.filter { signature[$0...].starts(with: old) }
        try #require(places.count > occurrence && old.count == new.count)
        var bytes = signature
        bytes.replaceSubrange(places[occurrence]..<places[occurrence] + old.count, with: new)
        return bytes
    }

    @Test func whatNobodySignedIsRefused() throws {
        let value: [UInt8] = [0x04, 1, 1]
        for name in ["1.2.840.113549.1.9.16.2.14", "1.2.840.113549.1.9.6", "1.2.3.4"] {
            let bytes = try changed { _, signer in
                CMS_unsigned_add1_attr_by_txt(signer, name, V_ASN1_SEQUENCE, value, Int32(value.count)) == 1
            }
            #expect(failure(bytes)?.message.contains("attributes that nobody signed") == true, "\(name)")
        }
        let withLists = try changed { message, _ in
            guard let list = X509_CRL_new() else { return false }
            defer { X509_CRL_free(list) }
            let issuer = Authority.shared.issuer
            var start = time_t(Authority.start)
            guard let update = X509_time_adj_ex(nil, 0, 0, &start) else { return false }
            defer { ASN1_STRING_free(update) }
            return X509_CRL_set_version(list, 1) == 1
                && X509_CRL_set_issuer_name(list, X509_get_subject_name(issuer.certificate.pointer)) == 1
                && X509_CRL_set1_lastUpdate(list, update) == 1 && X509_CRL_sign(list, issuer.key.pointer, EVP_sha256()) > 0
                && CMS_add1_crl(message, list) == 1
        }
        #expect(failure(withLists)?.message.contains("revocation lists") == true)
    }

    @Test func certificatesThatNoPathNeedsAreRefused() throws {
        let colleague = try CertificateIssuer(Authority.template(), issuer: Authority.shared.issuer).certificate
        for stranger in [Authority.other.issuer.certificate, Authority.other.seal.certificate, colleague] {
            let bytes = try changed { message, _ in CMS_add1_cert(message, stranger.pointer) == 1 }
            #expect(failure(bytes)?.message.contains("which its path doesn't need") == true)
        }
    }

    /// A path is looked for among them all, so there are few.
    @Test func tooManyCertificatesAreNotLookedAt() throws {
        let strangers = try (0..<8).map { _ in
            let copy = try #require(X509_dup(Authority.shared.issuer.certificate.pointer))
            try #require(ASN1_INTEGER_set_uint64(X509_get_serialNumber(copy), UInt64.random(in: 1...UInt64(Int64.max))) == 1)
            try #require(X509_sign(copy, Authority.shared.issuer.key.pointer, EVP_sha256()) > 0)
            return try #require(X509Certificate(adopting: copy))
        }
        let bytes = try changed { message, _ in strangers.allSatisfy { CMS_add1_cert(message, $0.pointer) == 1 } }
        #expect(failure(bytes)?.message.contains("carries 10 certificates") == true)
        #expect(failure([UInt8](repeating: 0x30, count: DetachedVerifier.maximumBytes + 1))?.code == .tooLarge)
    }

    @Test(arguments: ["sha512WithRSA", "sha256WithRSA", "digest parameters"])
    func otherAlgorithmsThanThoseUsedAreRefused(_ change: String) throws {
        let bytes = try changed { _, signer in
            var digest: UnsafeMutablePointer<X509_ALGOR>?
            var signature: UnsafeMutablePointer<X509_ALGOR>?
            CMS_SignerInfo_get0_algs(signer, nil, nil, &digest, &signature)
            return switch change {
            case "sha512WithRSA": X509_ALGOR_set0(signature, OBJ_nid2obj(NID_sha512WithRSAEncryption), V_ASN1_NULL, nil) == 1
            case "sha256WithRSA": X509_ALGOR_set0(signature, OBJ_nid2obj(NID_sha256WithRSAEncryption), V_ASN1_NULL, nil) == 1
            default: X509_ALGOR_set0(digest, OBJ_nid2obj(NID_sha256), V_ASN1_NULL, nil) == 1
            }
        }
        #expect(failure(bytes)?.code == .structure)
    }

    @Test func versionsAreRefused() throws {
        for version in [0, 3, 5] as [UInt8] {
            let ofAll = try replacing([0x02, 1, 1, 0x31], by: [0x02, 1, version, 0x31])
            #expect(failure(ofAll)?.code == .structure)
            let ofSigner = try replacing([0x02, 1, 1, 0x30], by: [0x02, 1, version, 0x30])
            #expect(failure(ofSigner)?.code == .structure)
        }
    }

    /// OpenSSL compares names without regard to case.
    @Test func theSignersNameIsTheCertificates() throws {
        let name = Array("Test CA".utf8)
        let places = signature.indices.filter { signature[$0...].starts(with: name) }
        // The last is in a signed attribute; before it stands the signer's identifier, and before that certificates.
        let identifier = try replacing(name, by: Array("TEST CA".utf8), occurrence: places.count - 2)
        #expect(failure(identifier)?.code == .structure)
        let attribute = try replacing(name, by: Array("TEST CA".utf8), occurrence: places.count - 1)
        #expect(failure(attribute)?.code == .signature)
    }

    /// BER has many ways to write a length, DER has one.
    @Test func onlyDERIsRead() throws {
        let body = Array(signature.dropFirst(4))
        try #require(signature.starts(with: [0x30, 0x82]))
        #expect(failure([0x30, 0x80] + body + [0, 0])?.code == .structure)
        #expect(failure([0x30, 0x83, 0] + signature[2...])?.code == .structure)
        #expect(failure([0x30, 0x84, 0, 0] + signature[2...])?.code == .structure)
        // The set of digest algorithms with an algorithm twice, and none.
        let algorithm: [UInt8] = [0x30, 0x0B, 0x06, 0x09, 0x60, 0x86, 0x48, 0x01, 0x65, 0x03, 0x04, 0x02, 0x01]
        let place = try #require(signature.indices.first { signature[$0...].starts(with: [0x31, 0x0D] + algorithm) })
        for set in [[0x31, 0], [0x31, 0x1A] + algorithm + algorithm] as [[UInt8]] {
            var bytes = signature
            bytes.replaceSubrange(place..<place + 15, with: set)
            let growth = set.count - 15
            bytes = Self.withLengths(bytes, grownBy: growth)
            #expect(failure(bytes)?.code == .structure)
        }
    }

    /// The three structures that begin one in the other: the whole, [0], and SignedData.
    private static func withLengths(_ bytes: [UInt8], grownBy growth: Int) -> [UInt8] {
        var bytes = bytes
        for place in [0, 4 + 11, 4 + 11 + 4] {
            let length = Int(bytes[place + 2]) << 8 + Int(bytes[place + 3]) + growth
            bytes[place + 2] = UInt8(length >> 8)
            bytes[place + 3] = UInt8(length & 0xFF)
        }
        return bytes
    }

    /// A bit of every byte, the certificates of the authorities included.
    @Test func noBitIsFree() {
        var generator = SystemRandomNumberGenerator()
        for index in signature.indices {
            var bytes = signature
            let bit = UInt8.random(in: 0..<8, using: &generator)
            bytes[index] ^= 1 << bit
            #expect(failure(bytes) != nil, "bit \(bit) of byte \(index) can be changed")
        }
    }
}

/// Which certificates may stand beside the signer's.
@Suite struct CarriedCertificatesTests {
    private let root = Authority.shared.issuer
    private let leaf = Authority.shared.seal.certificate
    private let old: CertificateIssuer
    /// The root as the older root signed it.
    private let cross: X509Certificate

    init() throws {
        old = try CertificateIssuer(
            Authority.template {
                $0.commonName = "Old Root"
                $0.isAuthority = true
                $0.keyUsage = "critical,keyCertSign"
            })
        let copy = try #require(X509_dup(root.certificate.pointer))
        // It names the root's own key as the issuer's.
        X509_EXTENSION_free(X509_delete_ext(copy, X509_get_ext_by_NID(copy, NID_authority_key_identifier, -1)))
        try #require(X509_set_issuer_name(copy, X509_get_subject_name(old.certificate.pointer)) == 1)
        try #require(X509_sign(copy, old.key.pointer, EVP_sha256()) > 0)
        cross = try #require(X509Certificate(adopting: copy))
        try #require(leaf.isSigned(by: cross) && cross.isSigned(by: old.certificate))
    }

    private func isAccepted(_ carried: [X509Certificate], path: [X509Certificate], trusted: [X509Certificate]) -> Bool {
        (try? CarriedCertificates.check(carried, path: path, trusted: trusted)) != nil
    }

    @Test func thePathIsEnough() {
        let (root, path) = (root.certificate, [leaf, root.certificate])
        #expect(isAccepted([leaf], path: path, trusted: [root]))
        #expect(isAccepted([leaf, root], path: path, trusted: [root]))
        #expect(!isAccepted([leaf, root, root], path: path, trusted: [root]))
        #expect(!isAccepted([leaf, root, old.certificate], path: path, trusted: [root]))
        #expect(!isAccepted([leaf, Authority.other.issuer.certificate], path: path, trusted: [root]))
    }

    /// What another signed for the root counts only where that other is trusted: anybody can make such a pair.
    @Test func crossCertificatesNeedATrustedSigner() {
        let (root, path) = (root.certificate, [leaf, root.certificate])
        #expect(!isAccepted([leaf, cross], path: path, trusted: [root]))
        #expect(!isAccepted([leaf, cross, old.certificate], path: path, trusted: [root]))
        #expect(isAccepted([leaf, cross], path: path, trusted: [root, old.certificate]))
        #expect(isAccepted([leaf, cross, old.certificate], path: [leaf, cross, old.certificate], trusted: [old.certificate]))
    }

    @Test func aboveATrustedCertificateStandItsIssuers() {
        #expect(isAccepted([leaf, root.certificate], path: [leaf], trusted: [leaf]))
        #expect(isAccepted([leaf, cross, old.certificate], path: [leaf], trusted: [leaf]))
        #expect(!isAccepted([leaf, cross], path: [leaf], trusted: [leaf]))
        #expect(!isAccepted([leaf, old.certificate], path: [leaf], trusted: [leaf]))
    }
}
