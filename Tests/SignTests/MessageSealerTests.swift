import Certificate
import Foundation
import Generate
import Testing

@testable import Sign

@Suite struct MessageSealerTests {
    private let verifier: MessageVerifier

    init() throws { verifier = try MessageVerifier(trustedPEM: Authority.shared.issuerPEM) }

    @Test func sealedMessageVerifies() throws {
        let signer = try verifier.verify(Messages.sealed)
        #expect(signer.signerSHA256 == Authority.shared.key.certificateSHA256)
        #expect(signer.subject == "CN=Seal,O=\(Authority.organisation)")
        #expect(signer.organisation == Authority.organisation)
    }

    @Test func sealsWhatTheGeneratorWrites() throws {
        var values = FieldValues()
        for (path, value) in [
            ("VehicleIdentificationNumber", "WVWZZZ1JZXW000001"), ("Type", "a & b < ç\r\n\"quoted\""), ("IviReferenceId", "1"),
        ] {
            values.set(Field(try FieldPath.parse(path), value, .constant))
        }
        let message = MessageWriter.write(values)
        let sealed = try MessageSealer(key: Authority.shared.key).seal(
            message.bytes, documentStart: message.documentStart, signatureOffset: message.signatureOffset)
        _ = try verifier.verify(sealed)
    }

    @Test func addsTheSignatureAndNothingElse() throws {
        let sealed = Messages.sealed
        let plain = Messages.plain
        #expect(sealed.starts(with: plain.bytes[..<plain.signatureOffset]))
        #expect(sealed.suffix(plain.bytes.count - plain.signatureOffset) == plain.bytes[plain.signatureOffset...])
        let text = String(decoding: sealed, as: UTF8.self)
        #expect(text.components(separatedBy: "<X509Certificate>").count == 3)  // the seal's and its issuer's
        #expect(
            text.contains("<Reference URI=\"\"><Transforms><Transform Algorithm=\"http://www.w3.org/2000/09/xmldsig#enveloped-signature\">")
        )
    }

    @Test func sameInputSameBytes() throws {
        #expect(try Messages.seal(Messages.plain) == Messages.sealed)
    }

    @Test(arguments: ["<Signature></Signature>", "<Signature xmlns=\"x\"></Signature>", "<ds:Signature></ds:Signature>", "<a:Signature/>"])
    func refusesWhatIsSignedAlready(_ element: String) throws {
        #expect(throws: SealError.self) { try Messages.seal(Messages.wrap("<Header>\(element)</Header>")) }
        do {
            _ = try Messages.seal(Messages.wrap("<Header>\(element)</Header>"))
        } catch let error as SealError { #expect(error.code == .alreadySigned) }
    }

    @Test func refusesToSealASealedMessage() throws {
        let offset = Messages.sealed.count - "</InitialVehicleInformation>".utf8.count
        let message = PlainMessage(
            bytes: Messages.sealed, documentStart: Messages.plain.documentStart, signatureOffset: offset)
        #expect { try Messages.seal(message) } throws: { ($0 as? SealError)?.code == .alreadySigned }
    }

    @Test(arguments: ["<SignatureDate>2026-05-01</SignatureDate>", "<SignatureLocation>x:Signature </SignatureLocation>"])
    func elementsOfSimilarNamesAreNoSignature(_ element: String) throws {
        _ = try verifier.verify(try Messages.seal(Messages.wrap(element)))
    }

    @Test(arguments: ["<!-- c -->", "<![CDATA[x]]>", "<?php ?>", "\r"])
    func refusesWhatCanonicalFormNeverHolds(_ text: String) {
        #expect { try Messages.seal(Messages.wrap("<Header>\(text)</Header>")) } throws: { ($0 as? SealError)?.code == .notCanonical }
    }

    @Test(arguments: [(-1, 0), (0, 0), (0, 1 << 20), (39, 40), (3, 200)])
    func refusesOffsetsThatDontFit(_ start: Int, _ offset: Int) {
        #expect {
            try MessageSealer(key: Authority.shared.key).seal(Messages.plain.bytes, documentStart: start, signatureOffset: offset)
        } throws: {
            ($0 as? SealError)?.code == .notCanonical
        }
    }

    @Test func neverSealsWithAnExpiredKey() throws {
        let issued = try Authority.shared.issue {
            $0.notBefore = Authority.start - 86400
            $0.notAfter = Authority.start
        }
        let key = try SealKey(keyPEM: issued.key, certificatesPEM: [issued.certificate], trustedPEM: Authority.shared.issuerPEM)
        #expect { try Messages.seal(Messages.plain, with: key) } throws: { ($0 as? SealError)?.code == .expired }
    }

    @Test func anyNumberOfThreads() throws {
        let verifier = verifier
        let sealer = MessageSealer(key: Authority.shared.key)
        let expected = Messages.sealed
        let wrong = Mutexed(0)
        DispatchQueue.concurrentPerform(iterations: 8) { _ in
            for _ in 0..<10 {
                let message = Messages.plain
                let sealed = try? sealer.seal(message.bytes, documentStart: message.documentStart, signatureOffset: message.signatureOffset)
                let tampered = Messages.replacing("WVWZZZ", by: "WVWZZY")
                let accepted = (try? verifier.verify(tampered)) != nil
                if sealed != expected || accepted || (try? verifier.verify(expected)) == nil { wrong.add(1) }
            }
        }
        #expect(wrong.value == 0)
    }
}

/// A number that threads add to.
final class Mutexed: Sendable {
    private let lock = NSLock()
    nonisolated(unsafe) private var number: Int  // only under the lock

    init(_ number: Int) { self.number = number }

    var value: Int { lock.withLock { number } }
    func add(_ more: Int) { lock.withLock { number += more } }
}
