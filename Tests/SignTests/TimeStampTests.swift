import Foundation
import Testing

@testable import Sign

@Suite("Time-stamps", .enabled(if: StampingAuthority.isPossible, "needs openssl and python3"))
struct TimeStampTests {
    private let note = Array("example.org/ecoc/test\n3\nroot\n\nsignature\n".utf8)

    private func verifier(_ name: String = "ca", policy: String? = nil) throws -> TimeStampVerifier {
        try TimeStampVerifier(trustedPEM: StampingAuthority.certificate(name), policy: policy)
    }

    private func token(fault: String = "good", policy: String? = nil) throws -> [UInt8] {
        let query = try TimeStampQuery(of: note, policy: policy)
        return try query.token(inResponse: StampingAuthority.answer(to: query.der, fault: fault))
    }

    @Test("of a good authority are accepted, with its name and time")
    func good() throws {
        let before = ASN1Time.now
        let found = try verifier().verify(token(), over: note, isFresh: true)
        #expect(found.authority == "CN=Stamps tsa,O=Test")
        #expect((before - 1...ASN1Time.now + 1).contains(found.time))
    }

    @Test("are asked for as openssl reads it: SHA-256, a nonce, the certificate")
    func query() throws {
        let (first, second) = (try TimeStampQuery(of: note, policy: "1.2.3.99.1"), try TimeStampQuery(of: note, policy: "1.2.3.99.1"))
        #expect(first.der != second.der)
        try StockTools.withDirectory { work in
            try StockTools.write(first.der, to: "\(work)/request")
            let shown = try StockTools.run("openssl", ["ts", "-query", "-in", "request", "-text"], in: work)
            let text = String(decoding: shown.output, as: UTF8.self)
            for line in ["Version: 1", "Hash Algorithm: sha256", "Policy OID: 1.2.3.99.1", "Nonce: 0x", "Certificate required: yes"] {
                #expect(text.contains(line), "\(text)")
            }
        }
    }

    @Test("as kept are verified by openssl, too")
    func stockTool() throws {
        try StockTools.withDirectory { work in
            try StockTools.write(try token(), to: "\(work)/token")
            try StockTools.write(note, to: "\(work)/note")
            let arguments = [
                "ts", "-verify", "-token_in", "-in", "token", "-data", "note", "-CAfile", try StampingAuthority.path("ca.pem"),
            ]
            let done = try StockTools.run("openssl", arguments, in: work, withErrors: true)
            #expect(done.status == 0, "\(String(decoding: done.output, as: UTF8.self))")
        }
    }

    @Test(
        "that don't answer the question aren't taken out of the response",
        arguments: [("nonce", TimeStampFailure.Code.nonce), ("rejected", .rejected), ("garbage", .malformed)])
    func badResponse(fault: String, code: TimeStampFailure.Code) throws {
        let failure = #expect(throws: TimeStampFailure.self) { try token(fault: fault) }
        #expect(failure?.code == code, "\(String(describing: failure))")
        if code == .rejected { #expect(failure?.message.contains("rejection (not today)") == true) }
    }

    @Test(
        "with a fault are refused, and said why",
        arguments: [
            ("imprint", TimeStampFailure.Code.imprint, true), ("no-usage", .usage, false), ("not-critical", .usage, false),
            ("more-usages", .usage, false), ("untrusted", .untrusted, false), ("expired", .untrusted, false), ("sha1", .algorithm, false),
            ("broken", .signature, true),
        ])
    func badToken(fault: String, code: TimeStampFailure.Code, isBroken: Bool) throws {
        let failure = try #require(
            #expect(throws: TimeStampFailure.self) { try verifier().verify(token(fault: fault), over: note, isFresh: true) })
        #expect(failure.code == code && failure.isBroken == isBroken, "\(fault): \(failure)")
    }

    @Test("count only for whom one trusts")
    func trust() throws {
        let (token, own) = (try token(), try token(fault: "untrusted"))
        #expect(throws: TimeStampFailure.self) { try verifier("other").verify(token, over: note, isFresh: true) }
        #expect(try verifier("other").verify(own, over: note, isFresh: true).authority == "CN=Stamps untrusted,O=Test")
        #expect(throws: TimeStampFailure.self) { try TimeStampVerifier(trustedPEM: Array("nothing".utf8)) }
    }

    @Test("are of the policy asked for, and of no other")
    func policy() throws {
        _ = try verifier(policy: "1.2.3.4.2").verify(token(policy: "1.2.3.4.2"), over: note, isFresh: true)
        let failure = #expect(throws: TimeStampFailure.self) {
            try verifier(policy: "1.2.3.4.2").verify(token(policy: "1.2.3.4.1"), over: note, isFresh: true)
        }
        #expect(failure?.code == .policy)
        #expect(throws: TimeStampFailure.self) { try TimeStampQuery(of: note, policy: "no policy") }
    }

    @Test("are fresh when they come, and never from a time to come")
    func time() throws {
        let (token, now) = (try token(), ASN1Time.now)
        for (later, isFresh, isGood) in [
            (250, true, true), (3600, true, false), (3600, false, true), (86_400 * 3650, false, true), (-250, false, true),
            (-3600, false, false),
            (-3600, true, false),
        ] {
            let judge = { try verifier().verify(token, over: note, isFresh: isFresh, now: now + later) }
            if isGood {
                #expect(throws: Never.self, "\(later) s") { try judge() }
            } else {
                let failure = #expect(throws: TimeStampFailure.self, "\(later) s") { try judge() }
                #expect(failure?.code == .skew)
            }
        }
    }

    @Test("stamp these bytes and no others, whatever bit of them or of the token is changed")
    func everyBit() throws {
        let (token, verifier) = (try token(), try verifier())
        var other = note
        other[3] ^= 1
        #expect(throws: TimeStampFailure.self) { try verifier.verify(token, over: other, isFresh: true) }
        #expect(throws: TimeStampFailure.self) { try verifier.verify(token + [0], over: note, isFresh: true) }
        #expect(throws: TimeStampFailure.self) { try verifier.verify([], over: note, isFresh: true) }
        for index in stride(from: 0, to: token.count, by: 7) {
            var changed = token
            changed[index] ^= 1 << UInt8(index % 8)
            // The certificates that ride along unsigned may change where nothing is read of them.
            guard let found = try? verifier.verify(changed, over: note, isFresh: false) else { continue }
            #expect(found.authority == "CN=Stamps tsa,O=Test", "byte \(index)")
        }
        for count in stride(from: 0, to: token.count, by: 41) {
            #expect(throws: TimeStampFailure.self) { try verifier.verify(Array(token.prefix(count)), over: note, isFresh: false) }
        }
    }
}
