import Foundation
import Testing

@testable import Sign

/// The way from the seal certificate to a trusted one, in the forms in which authorities hand their certificates out. `openssl verify` is the
/// judge of what must work.
@Suite struct SealPathTests {
    private static let day = 86_400

    private static func authority(
        _ name: String, issuer: CertificateIssuer? = nil, from start: Int = Authority.start, until end: Int = Authority.end + day
    ) throws -> CertificateIssuer {
        var template = Authority.authorityTemplate
        (template.commonName, template.notBefore, template.notAfter) = (name, start, end)
        return try CertificateIssuer(template, issuer: issuer)
    }

    /// Keys are slow to make: a root, an intermediate and a seal for all tests.
    private struct Three {
        let root: CertificateIssuer
        let middle: CertificateIssuer
        let seal: CertificateIssuer
    }

    private static let three = Result {
        let root = try authority("Root")
        let middle = try authority("Middle", issuer: root, until: Authority.end - day)
        return Three(root: root, middle: middle, seal: try CertificateIssuer(Authority.template(), issuer: middle))
    }

    private func load(
        _ three: Three, certificates: [[UInt8]], trusted: [UInt8], at time: Int? = nil
    ) throws(SealError) -> SealKey {
        try SealKey(keyPEM: three.seal.keyPEM(), certificatesPEM: certificates, trustedPEM: trusted, at: time)
    }

    private func error(_ body: () throws -> Void) -> SealError? {
        do {
            try body()
            return nil
        } catch { return error as? SealError }
    }

    private func text(_ issuers: CertificateIssuer...) throws -> [UInt8] { try issuers.flatMap { try $0.certificatePEM() } }

    // MARK: What works

    @Test func earliestEndCounts() throws {
        let three = try Self.three.get()
        let key = try load(three, certificates: [text(three.seal), text(three.middle)], trusted: text(three.root))
        #expect(key.path.firstToEnd.subject.hasPrefix("CN=Middle"))
        #expect(key.path.firstToEnd.notAfter == Authority.end - Self.day)
        #expect(key.notAfter == Authority.end)
        #expect(key.chainDER == [three.seal, three.middle, three.root].map(\.certificate.der))
        try key.usable(at: Authority.end - Self.day)
        let ended = error { try key.usable(at: Authority.end - Self.day + 1) }
        #expect(ended?.code == .expired && ended?.message.contains("CN=Middle") == true, "\(String(describing: ended))")
    }

    @Test(arguments: [
        "any order", "surplus", "no line end", "line ends of Windows", "words between", "byte order mark", "one file", "twice",
    ])
    func filesAsAuthoritiesHandThemOut(_ form: String) throws {
        let three = try Self.three.get()
        let (seal, middle, root) = (try text(three.seal), try text(three.middle), try text(three.root))
        let stranger = try text(Authority.other.issuer)
        let files: [[UInt8]] =
            switch form {
            case "any order": [root + middle, seal]
            case "surplus": [seal, stranger + middle + (try text(Authority.shared.seal)) + root]
            case "no line end": [seal.dropLast(), middle.dropLast()]
            case "line ends of Windows":
                [seal, middle].map { Array(String(decoding: $0, as: UTF8.self).replacing("\n", with: "\r\n").utf8) }
            case "words between":
                [
                    Array("Bag Attributes\n    friendlyName: Seal – é\nsubject=CN = Seal\n".utf8) + seal + Array("\n\nissuer\n".utf8)
                        + middle
                        + Array("-- \nThe authority\n".utf8)
                ]
            case "byte order mark": [[0xEF, 0xBB, 0xBF] + seal, [0xEF, 0xBB, 0xBF] + middle]
            case "one file": [seal + middle + root]
            default: [seal + middle, middle + seal]
            }
        let key = try load(three, certificates: files, trusted: root.dropLast())
        #expect(key.chainDER == [three.seal, three.middle, three.root].map(\.certificate.der))
    }

    @Test func aCrossSignedRootLeadsToEitherRoot() throws {
        let three = try Self.three.get()
        let old = try Self.authority("Old root")
        let cross = try CertificateIssuer(reissuing: three.root, by: old, from: Authority.start, until: Authority.end)
        let files = [try text(three.seal), try text(three.middle, cross)]
        let new = try load(three, certificates: files, trusted: text(three.root))
        #expect(
            new.chainDER == [three.seal, three.middle, three.root].map(\.certificate.der), "what lies behind the trusted one stays out")
        let older = try load(three, certificates: files, trusted: text(old))
        #expect(older.chainDER == [three.seal, three.middle, cross, old].map(\.certificate.der))
        for (key, root) in [(new, three.root), (older, old)] {
            let sealed = try Messages.seal(Messages.plain, with: key)
            #expect(try MessageVerifier(trustedPEM: root.certificatePEM()).verify(sealed).signerSHA256 == key.certificateSHA256)
        }
    }

    @Test(.enabled(if: StockTools.has("openssl"), "needs openssl"), arguments: [true, false])
    func aRootOfTheSameNameAndAnotherKeyIsToldApart(_ namesKeys: Bool) throws {
        // Without key identifiers only the signature tells which of the two roots it was.
        func root() throws -> CertificateIssuer {
            var template = Authority.authorityTemplate
            template.commonName = "Twice"
            template.namesKeys = namesKeys
            return try CertificateIssuer(template)
        }
        let (first, second) = (try root(), try root())
        var template = Authority.template()
        template.namesKeys = namesKeys
        for root in [first, second] {
            let seal = try CertificateIssuer(template, issuer: root)
            for trusted in [try text(first, second), try text(second, first)] {
                let key = try SealKey(keyPEM: seal.keyPEM(), certificatesPEM: [seal.certificatePEM(), trusted], trustedPEM: trusted)
                #expect(key.chainDER == [seal, root].map(\.certificate.der))
                let sealed = try Messages.seal(Messages.plain, with: key)
                #expect(try MessageVerifier(trustedPEM: trusted).verify(sealed).signerSHA256 == key.certificateSHA256)
                let content = Array("x".utf8)
                let signature = try DetachedSigner(key: key).sign(content, signingTime: ASN1Time.now)
                _ = try DetachedVerifier(trustedPEM: trusted).verify(signature, content: content)
            }
            try StockTools.withDirectory { directory in
                try StockTools.write(root.certificatePEM(), to: directory + "/root.pem")
                try StockTools.write(seal.certificatePEM(), to: directory + "/seal.pem")
                #expect(try StockTools.run("openssl", ["verify", "-CAfile", "root.pem", "seal.pem"], in: directory).status == 0)
            }
        }
    }

    @Test func ofTwoPathsTheOneThatHoldsLongerIsTaken() throws {
        let three = try Self.three.get()
        let renewed = try CertificateIssuer(reissuing: three.middle, by: three.root, from: Authority.start, until: Authority.end)
        for files in [[try text(three.seal, three.middle, renewed)], [try text(three.seal, renewed, three.middle)]] {
            #expect(try load(three, certificates: files, trusted: text(three.root)).path.firstToEnd.notAfter == Authority.end)
        }
    }

    @Test func ofTwoCertificatesForOneKeyTheValidOneSeals() throws {
        let three = try Self.three.get()
        let renewed = try CertificateIssuer(reissuing: three.seal, by: three.middle, from: Authority.start, until: Authority.end - 5)
        let old = try CertificateIssuer(
            reissuing: three.seal, by: three.middle, from: Authority.start - 9 * Self.day, until: Authority.start)
        let key = try load(three, certificates: [try text(old, renewed, three.middle)], trusted: text(three.root))
        #expect(key.chainDER[0] == renewed.certificate.der)
    }

    // MARK: What doesn't

    @Test func theCertificateAtFaultIsNamed() throws {
        let three = try Self.three.get()
        let root = try text(three.root)
        let ended = try CertificateIssuer(
            reissuing: three.middle, by: three.root, from: Authority.start - Self.day, until: Authority.start)
        let cases: [(String, [[UInt8]], [UInt8], SealError.Code, [String])] = [
            ("intermediate ended", [try text(three.seal, ended)], root, .expired, ["CN=Middle", "ended on", "takes its place"]),
            ("intermediate missing", [try text(three.seal)], root, .untrusted, ["CN=Seal", "issued by CN=Middle", "seal.chain"]),
            ("root missing", [try text(three.seal, three.middle)], try text(Authority.other.issuer), .untrusted, ["CN=Middle", "CN=Root"]),
            (
                "another authority", [try text(three.seal, three.middle, three.root)], try text(Authority.other.issuer), .untrusted,
                ["CN=Root", "isn't a trusted one", "seal.trusted"]
            ),
        ]
        for (what, certificates, trusted, code, words) in cases {
            let found = error { _ = try load(three, certificates: certificates, trusted: trusted) }
            #expect(found?.code == code, "\(what): \(String(describing: found))")
            for word in words { #expect(found?.description.contains(word) == true, "\(what): \(String(describing: found))") }
            #expect(found?.description.contains("sender") == false)
        }
    }

    @Test func aSealThatEndedIsLoadedAndSealsNothing() throws {
        let three = try Self.three.get()
        let files = [try text(three.seal, three.middle)]
        let late = try load(three, certificates: files, trusted: text(three.root), at: Authority.end + 400 * Self.day)
        #expect(error { try late.usable(at: Authority.end + 400 * Self.day) }?.message.contains("CN=Seal") == true)
        #expect(error { try late.usable(at: Authority.start - 1) }?.code == .notYetValid)
        // Wrong settings stay wrong settings.
        let alone = [try text(three.seal)]
        #expect(
            error { _ = try load(three, certificates: alone, trusted: text(three.root), at: Authority.end + Self.day) }?.code == .untrusted)
    }

    @Test func anAuthoritysOrAServersCertificateIsNoSeal() throws {
        for change in [{ $0.extendedKeyUsage = "serverAuth" }, { $0.organisation = nil }, { $0.isAuthority = true }]
            as [(inout CertificateTemplate) -> Void]
        {
            let issued = try Authority.shared.issue(change)
            let found = error {
                _ = try SealKey(keyPEM: issued.key, certificatesPEM: [issued.certificate], trustedPEM: Authority.shared.issuerPEM)
            }
            #expect(found?.code == .keyUsage, "\(String(describing: found))")
        }
    }

    @Test(.enabled(if: StockTools.has("openssl"), "needs openssl"))
    func aFileOfAnotherFormIsToldAsWhatItIs() throws {
        try StockTools.withDirectory { directory in
            try StockTools.write(Authority.shared.sealKeyPEM, to: directory + "/k.pem")
            try StockTools.write(Authority.shared.sealPEM, to: directory + "/c.pem")
            for arguments in [
                ["pkcs12", "-export", "-inkey", "k.pem", "-in", "c.pem", "-out", "k.p12", "-passout", "pass:x"],
                ["pkey", "-in", "k.pem", "-outform", "DER", "-out", "k.der"], ["x509", "-in", "c.pem", "-outform", "DER", "-out", "c.der"],
                ["req", "-new", "-key", "k.pem", "-subj", "/CN=x", "-out", "r.pem"],
                ["crl2pkcs7", "-nocrl", "-certfile", "c.pem", "-out", "c.p7b"], ["pkey", "-in", "k.pem", "-pubout", "-out", "p.pem"],
            ] { #expect(try StockTools.run("openssl", arguments, in: directory).status == 0, "\(arguments)") }
            func read(_ name: String) throws -> [UInt8] { [UInt8](try Data(contentsOf: URL(fileURLWithPath: directory + "/" + name))) }
            let keys: [(String, [UInt8], String)] = [
                ("PKCS#12", try read("k.p12"), "openssl pkcs12"), ("DER", try read("k.der"), "openssl pkey"),
                ("certificate", try read("c.pem"), "seal.certificate"), ("public key", try read("p.pem"), "key"), ("empty", [], "PEM"),
            ]
            for (what, bytes, remedy) in keys {
                let found = error {
                    _ = try SealKey(keyPEM: bytes, certificatesPEM: [Authority.shared.sealPEM], trustedPEM: Authority.shared.issuerPEM)
                }
                #expect(found?.code == .unreadableKey && found?.message.contains(what) == true, "\(String(describing: found))")
                #expect(found?.remedy.contains(remedy) == true, "\(String(describing: found))")
            }
            let certificates: [(String, [UInt8], String)] = [
                ("PKCS#12", try read("k.p12"), "openssl pkcs12"), ("DER", try read("c.der"), "openssl x509"),
                ("private key", try read("k.pem"), "seal.key"), ("request", try read("r.pem"), "authority"),
                ("PKCS#7", try read("c.p7b"), "openssl pkcs7"), ("empty", Array("\n \n".utf8), "PEM"),
            ]
            for (what, bytes, remedy) in certificates {
                for isTrusted in [false, true] {
                    let found = error {
                        _ = try SealKey(
                            keyPEM: Authority.shared.sealKeyPEM, certificatesPEM: [isTrusted ? Authority.shared.sealPEM : bytes],
                            trustedPEM: isTrusted ? bytes : Authority.shared.issuerPEM)
                    }
                    #expect(found?.code == .unreadableCertificate && found?.message.contains(what) == true, "\(String(describing: found))")
                    #expect(found?.remedy.contains(remedy) == true, "\(String(describing: found))")
                }
            }
        }
    }
}

extension CertificateIssuer {
    /// Another certificate for the same name and key.
    fileprivate init(reissuing other: CertificateIssuer, by issuer: CertificateIssuer, from start: Int, until end: Int) throws(SealError) {
        var template = other.template
        (template.notBefore, template.notAfter) = (start, end)
        try self.init(template, issuer: issuer, key: other.key)
    }
}
