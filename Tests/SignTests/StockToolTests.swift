import Foundation
import Testing

@testable import Sign

/// Other people's programs judge what this room makes.
@Suite struct StockToolTests {
    @Test(.enabled(if: StockTools.has("xmlsec1"), "needs xmlsec1"))
    func xmlsecVerifies() throws {
        try StockTools.withDirectory { directory in
            try StockTools.write(Messages.sealed, to: directory + "/c.xml")
            try StockTools.write(Messages.replacing("WVWZZZ", by: "WVWZZY"), to: directory + "/t.xml")
            try StockTools.write(Authority.shared.issuerPEM, to: directory + "/ca.pem")
            let arguments = ["--verify", "--trusted-pem", "ca.pem", "--enabled-key-data", "x509"]
            #expect(try StockTools.run("xmlsec1", arguments + ["c.xml"], in: directory).status == 0)
            #expect(try StockTools.run("xmlsec1", arguments + ["t.xml"], in: directory).status != 0)
        }
    }

    @Test(.enabled(if: StockTools.has("xmllint"), "needs xmllint"))
    func sealedMessageIsItsOwnCanonicalForm() throws {
        try StockTools.withDirectory { directory in
            try StockTools.write(Messages.sealed, to: directory + "/c.xml")
            for form in ["--c14n", "--exc-c14n"] {
                let (status, output) = try StockTools.run("xmllint", [form, "c.xml"], in: directory)
                #expect(status == 0)
                #expect([UInt8](output) == Array(Messages.sealed[Messages.plain.documentStart...]))
            }
        }
    }

    @Test(.enabled(if: StockTools.has("openssl"), "needs openssl"))
    func opensslVerifiesTheDetachedSignature() throws {
        try StockTools.withDirectory { directory in
            let content = Array("manifest\r\n".utf8)
            let signature = try DetachedSigner(key: Authority.shared.key).sign(content, signingTime: ASN1Time.now)
            try StockTools.write(signature, to: directory + "/s.p7s")
            try StockTools.write(content, to: directory + "/m.xml")
            try StockTools.write(content + [0], to: directory + "/t.xml")
            try StockTools.write(Authority.shared.issuerPEM, to: directory + "/ca.pem")
            let arguments = [
                "cms", "-verify", "-cades", "-binary", "-inform", "DER", "-in", "s.p7s", "-CAfile", "ca.pem", "-out", "/dev/null",
            ]
            #expect(try StockTools.run("openssl", arguments + ["-content", "m.xml"], in: directory).status == 0)
            #expect(try StockTools.run("openssl", arguments + ["-content", "t.xml"], in: directory).status != 0)
        }
    }

    @Test(.enabled(if: StockTools.has("openssl"), "needs openssl"))
    func demoAuthorityHoldsForOpenSSL() throws {
        try StockTools.withDirectory { directory in
            try DemoAuthority.create(in: directory, organisation: "Voorbeeld B.V.")
            #expect(try StockTools.run("openssl", ["verify", "-x509_strict", "-CAfile", "ca.pem", "seal.pem"], in: directory).status == 0)
            for (name, mode) in [("ca.key", 0o600), ("seal.key", 0o600), ("ca.pem", 0o644), ("seal.pem", 0o644)] {
                let attributes = try FileManager.default.attributesOfItem(atPath: directory + "/" + name)
                #expect(attributes[.posixPermissions] as? Int == mode)
            }
            let key = try SealKey(
                keyPEM: [UInt8](Data(contentsOf: URL(fileURLWithPath: directory + "/seal.key"))),
                certificatesPEM: [[UInt8](Data(contentsOf: URL(fileURLWithPath: directory + "/seal.pem")))],
                trustedPEM: [UInt8](Data(contentsOf: URL(fileURLWithPath: directory + "/ca.pem"))))
            #expect(key.bits == 3072)
            #expect(key.organisation == "Voorbeeld B.V.")
            #expect(key.chainDER.count == 2)
            #expect { try DemoAuthority.create(in: directory, organisation: "x") } throws: { ($0 as? SealError)?.code == .fileExists }
        }
    }
}
