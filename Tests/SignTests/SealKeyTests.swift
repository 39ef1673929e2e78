import Foundation
import Testing

@testable import Sign
import Hashing

@Suite struct SealKeyTests {
    private func code(_ body: () throws -> Void) -> SealError.Code? {
        do {
            try body()
            return nil
        } catch { return (error as? SealError)?.code }
    }

    private func load(_ change: (inout CertificateTemplate) -> Void, at time: Int? = nil) throws {
        let issued = try Authority.shared.issue(change)
        _ = try SealKey(
            keyPEM: issued.key, certificatesPEM: [issued.certificate], trustedPEM: Authority.shared.issuerPEM, at: time)
    }

    private static func key(
        _ key: [UInt8] = Authority.shared.sealKeyPEM, certificates: [[UInt8]] = [Authority.shared.sealPEM], passphrase: [UInt8]? = nil
    ) throws(SealError) -> SealKey {
        try SealKey(keyPEM: key, certificatesPEM: certificates, trustedPEM: Authority.shared.issuerPEM, passphrase: passphrase)
    }

    @Test func tellsWhoSeals() {
        let key = Authority.shared.key
        #expect(key.organisation == Authority.organisation)
        #expect(key.notBefore == Authority.start)
        #expect(key.notAfter == Authority.end)
        #expect(key.bits == 2048)
        #expect(key.chainDER == [Authority.shared.seal.certificate.der, Authority.shared.issuer.certificate.der])
        #expect(key.path.links.map(\.subject) == [Authority.shared.seal, Authority.shared.issuer].map(\.certificate.subject))
        #expect(key.certificateSHA256 == SHA256.hexadecimal(of: key.chainDER[0]))
    }

    @Test func certificatesMayComeInAnyOrder() throws {
        let other = try Authority.other.issuer.certificatePEM()
        let reversed = try other + Authority.shared.issuerPEM + Authority.shared.seal.certificatePEM()
        let key = try Self.key(certificates: [reversed])
        #expect(key.chainDER == Authority.shared.key.chainDER)
    }

    @Test func refusesUnfitCertificates() {
        #expect(code { try load { $0.bits = 1024 } } == .keyTooShort)
        #expect(code { try load { $0.keyUsage = "critical,keyEncipherment" } } == .keyUsage)
        #expect(code { try load { $0.keyUsage = nil } } == .keyUsage)
        #expect(code { try load { $0.usesSHA1 = true } } == .weakDigest)
        #expect(code { try load { $0.keyUsage = "nonRepudiation" } } == nil)
    }

    @Test func refusesOutsideTheValidity() throws {
        try Authority.shared.key.usable(at: Authority.start)
        try Authority.shared.key.usable(at: Authority.end)
        #expect(code { try Authority.shared.key.usable(at: Authority.end + 1) } == .expired)
    }

    @Test func refusesAnotherCertificate() {
        #expect(
            code { _ = try Self.key(certificates: [Authority.shared.issuerPEM]) } == .keyMismatch)
        #expect(code { _ = try Self.key(certificates: [[]]) } == .unreadableCertificate)
        #expect(code { _ = try Self.key(Array("x".utf8)) } == .unreadableKey)
    }

    @Test func errorsReadAsSentences() {
        do {
            try load { $0.bits = 1024 }
        } catch {
            #expect(
                "\(error)"
                    == "The seal key of CN=Seal,O=\(Authority.organisation) has only 1024 bits. Use an RSA key of 3072 bits, at least 2048."
            )
        }
    }

    @Test(.enabled(if: StockTools.has("openssl"), "needs openssl"))
    func readsEncryptedKeys() throws {
        try StockTools.withDirectory { directory in
            try StockTools.write(Authority.shared.sealKeyPEM, to: directory + "/k.pem")
            try StockTools.write(Authority.shared.sealPEM, to: directory + "/c.pem")
            try StockTools.write(Array("päss wörd".utf8), to: directory + "/secret")
            for arguments in [
                ["pkcs8", "-topk8", "-in", "k.pem", "-out", "e.pem", "-passout", "file:secret"],
                ["rsa", "-traditional", "-in", "k.pem", "-out", "t.pem"],
            ] { #expect(try StockTools.run("openssl", arguments, in: directory).status == 0) }
            func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))) }
            let passphrase = Array("päss wörd".utf8)

            #expect(try Self.key(read("e.pem"), passphrase: passphrase).bits == 2048)
            #expect(try Self.key(read("t.pem")).bits == 2048)
            #expect(code { _ = try Self.key(read("e.pem"), passphrase: [1]) } == .wrongPassphrase)
            #expect(code { _ = try Self.key(read("e.pem")) } == .wrongPassphrase)
        }
    }
}
