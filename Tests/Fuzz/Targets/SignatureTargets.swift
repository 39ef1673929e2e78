import CXML
import Certificate
import Hashing
import Markup
@testable import Sign

extension FuzzTarget {
    static let signatureTargets = [detached, sealed, unsigned, markup, stamp, certificates]

    /// CMS signatures: a verifier that has seen the certificates before judges as a new one, and what is accepted is over the content.
    private static let detached = FuzzTarget(
        name: "detached", maximumBytes: 8_192,
        seeds: {
            let authority = try FuzzAuthority()
            let signature = try DetachedSigner(key: authority.key).sign(FuzzAuthority.content, signingTime: authority.time)
            // The signing time is a signed attribute that is read before the signature is known to be good.
            return [signature] + [Array("000001010000Z".utf8), Array("991231235959Z".utf8)].map { signature.replacingTime(by: $0) }
                + [signature.replacingTime(tag: 0x18, by: Array("00000101000000Z".utf8))]
        },
        prepare: {
            let authority = try FuzzAuthority()
            let known = try DetachedSigner(key: authority.key).sign(FuzzAuthority.content, signingTime: authority.time)
            let seasoned = try DetachedVerifier(trustedPEM: authority.trusted)
            return { bytes in
                _ = try seasoned.verify(known, content: FuzzAuthority.content)
                let fresh = try DetachedVerifier(trustedPEM: authority.trusted)
                let (first, second) = (verdict(fresh, bytes), verdict(seasoned, bytes))
                try expect(first == second, "a verifier that saw the certificates says \(second), a new one \(first)")
                if first == .good { try expect(verdict(fresh, bytes, [0]) == .refused(.signature), "it is good for other content, too") }
                if let parts = CMSParts(bytes) {
                    try expect(parts.rest.count + parts.certificates.count <= bytes.count, "the parts are more than the whole")
                }
            }
        })

    private enum Verdict: Equatable {
        case good
        case refused(VerificationFailure.Code)
    }

    private static func verdict(_ verifier: DetachedVerifier, _ bytes: [UInt8], _ content: [UInt8] = FuzzAuthority.content) -> Verdict {
        do throws(VerificationFailure) {
            _ = try verifier.verify(bytes, content: content)
            return .good
        } catch { return .refused(error.code) }
    }

    /// Sealed messages: whatever is accepted holds the values that were sealed.
    private static let sealed = FuzzTarget(
        name: "sealed", maximumBytes: 16_384,
        seeds: { [try FuzzAuthority().sealedMessage()] },
        prepare: {
            let authority = try FuzzAuthority()
            let verifier = try MessageVerifier(trustedPEM: authority.trusted)
            let genuine = try MessageReader.read(try authority.sealedMessage()).values.fields.map(\.value)
            return { bytes in
                guard (try? verifier.verify(bytes)) != nil else { return }
                let message = try MessageReader.read(bytes)
                try expect(message.hasSignature, "what is sealed has no signature")
                try expect(message.values.fields.map(\.value) == genuine, "other values are accepted as sealed")
            }
        })

    /// What the sealer lets pass has no signature, comment or instruction, as libxml2 sees it.
    private static let unsigned = FuzzTarget(
        name: "unsigned", maximumBytes: 4_096,
        seeds: {
            [
                "<a><Signature/></a>", "<a><b:Signature xmlns:b=\"c\" d=\"e\"></b:Signature></a>", "<a>&#xD;&lt;</a>",
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<a x=\"/Signature\"><SignatureValue/>t</a>", "<a><!-- --></a>",
            ].map { Array($0.utf8) }
        },
        prepare: {
            { bytes in
                let start = bytes.starts(with: DocumentProlog.declaration) ? DocumentProlog.declaration.count : 0
                let offset = bytes.lastIndex(of: UInt8(ascii: "<")) ?? -1
                for (start, offset) in [(start, offset), (start + 1, offset), (start, offset - 1), (start, bytes.count - 1)] {
                    guard (try? UnsignedMessageCheck(bytes, documentStart: start, signatureOffset: offset).run()) != nil else { continue }
                    let log = XMLErrorLog()
                    guard let tree = XMLTree(bytes, log: log) else { continue }
                    try checkPlain(tree.root.node)
                    try expect(tree.document.pointee.intSubset == nil, "it has a DOCTYPE")
                }
            }
        })

    private static func checkPlain(_ node: UnsafeMutablePointer<xmlNode>) throws(Failure) {
        try expect(!XMLElement.equal(node.pointee.name, "Signature"), "it holds a signature")
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: try checkPlain(current)
            case XML_TEXT_NODE: break
            default: throw Failure("it holds a node of type \(current.pointee.type.rawValue)")
            }
            child = current.pointee.next
        }
    }

    /// What is counted before libxml2 sees a document is what libxml2 finds in it.
    private static let markup = FuzzTarget(
        name: "markup", maximumBytes: 2_048,
        seeds: {
            [
                "<a><b c='1' d=\"2\" e='3'/></a>", "<a xmlns='u' xmlns:b='v'><b:c xmlns:d='w' d:e=''/></a>", "<a><b><c><d/></c></b></a>",
                "<?x y='<'?><a><!-- <b> --><![CDATA[<c>]]></a>", "<a b='>' c='/>'/>", "<a\n\t xmlns:x = 'y' />", "<a></a ><!-- -->",
            ].flatMap { text in [Array(text.utf8), [0xFF, 0xFE] + text.utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }] }
        },
        prepare: {
            let limits = MarkupCost.Limits(
                elements: 12, depth: 4, attributes: 8, attributesOfOne: 3, namespaces: 5, namespacesInScope: 3, name: 16, namespaceName: 16)
            return { bytes in
                let log = XMLErrorLog()
                guard (try? MarkupCost.check(bytes, limits)) != nil, let tree = XMLTree(bytes, log: log),
                    tree.document.pointee.intSubset == nil
                else { return }
                var found = MarkupFound()
                found.count(tree.root.node, depth: 1, inScope: 0)
                try expect(found.elements <= limits.elements && found.depth <= limits.depth, "more elements than were counted")
                try expect(
                    found.attributes <= limits.attributes && found.attributesOfOne <= limits.attributesOfOne,
                    "more attributes than were counted")
                try expect(
                    found.namespaces <= limits.namespaces && found.inScope <= limits.namespacesInScope,
                    "more namespaces than were counted")
            }
        })

    /// What libxml2 found in a document.
    private struct MarkupFound {
        var (elements, depth, attributes, attributesOfOne, namespaces, inScope) = (0, 0, 0, 0, 0, 0)

        mutating func count(_ node: UnsafeMutablePointer<xmlNode>, depth: Int, inScope: Int) {
            elements += 1
            self.depth = max(self.depth, depth)
            let own = length(node.pointee.properties) { $0.pointee.next }
            let declared = length(node.pointee.nsDef) { $0.pointee.next }
            attributes += own
            attributesOfOne = max(attributesOfOne, own)
            namespaces += declared
            self.inScope = max(self.inScope, inScope + declared)
            var child = node.pointee.children
            while let current = child {
                if current.pointee.type == XML_ELEMENT_NODE { count(current, depth: depth + 1, inScope: inScope + declared) }
                child = current.pointee.next
            }
        }

        private func length<Item>(_ first: UnsafeMutablePointer<Item>?, next: (UnsafeMutablePointer<Item>) -> UnsafeMutablePointer<Item>?)
            -> Int
        {
            var (count, item) = (0, first)
            while let current = item { (count, item) = (count + 1, next(current)) }
            return count
        }
    }

    /// RFC 3161: answers of an authority, and tokens that are kept as evidence.
    private static let stamp = FuzzTarget(
        name: "stamp", maximumBytes: 8_192,
        seeds: { [Array("<html>".utf8), [0x30, 0x05, 0x30, 0x03, 0x02, 0x01, 0x02]] },
        prepare: {
            let authority = try FuzzAuthority()
            let query = try TimeStampQuery(of: FuzzAuthority.content)
            return { bytes in
                let verifier = try TimeStampVerifier(trustedPEM: authority.stamps ?? authority.trusted)
                if let token = try? query.token(inResponse: bytes) {
                    try expect(TimeStampToken(der: token) != nil, "a response gives what is no token")
                }
                if let token = TimeStampToken(der: bytes) {
                    _ = (token.time, token.policy, token.digest, token.signer?.subject, token.certificates.count)
                }
                if (try? verifier.verify(bytes, over: FuzzAuthority.content, isFresh: false)) != nil {
                    try expect(
                        (try? verifier.verify(bytes, over: [0], isFresh: false)) == nil, "the token is good for other bytes, too")
                }
            }
        })

    /// Keys and certificates that people name in the settings.
    private static let certificates = FuzzTarget(
        name: "certificates", maximumBytes: 8_192,
        seeds: {
            let authority = try FuzzAuthority()
            return [authority.certificatesPEM, authority.keyPEM, authority.key.certificates[0].der]
        },
        prepare: {
            let authority = try FuzzAuthority()
            return { bytes in
                for certificate in (X509Certificate.read(pem: bytes) ?? []) + [X509Certificate(der: bytes)].compactMap({ $0 }) {
                    _ = (certificate.subject, certificate.organisation, certificate.notBefore, certificate.notAfter, certificate.rsaBits)
                    _ = (certificate.allowsSigning, certificate.hasWeakDigest)
                    try expect(X509Certificate(der: certificate.der)?.sha256 == certificate.sha256, "another certificate comes back")
                    _ = certificate.notAfter.map { ASN1Time.text($0) }
                    _ = try? TrustAnchors(pem: authority.trusted).verify(leaf: certificate, others: [], at: certificate.notBefore ?? 0)
                }
                let (key, certificates, trusted) = (authority.keyPEM, authority.certificatesPEM, authority.trusted)
                _ = try? SealKey(keyPEM: bytes, certificatesPEM: [certificates], trustedPEM: trusted)
                _ = try? SealKey(keyPEM: key, certificatesPEM: [certificates, bytes], trustedPEM: trusted)
                _ = try? SealKey(keyPEM: key, certificatesPEM: [certificates], trustedPEM: bytes)
            }
        })
}

extension [UInt8] {
    /// A CMS structure with another signing time of the same length: its signature doesn't hold any more.
    fileprivate func replacingTime(tag: UInt8 = 0x17, by time: [UInt8]) -> [UInt8] {
        // 1.2.840.113549.1.9.5, a set, and in it the time.
        let attribute: [UInt8] = [0x06, 0x09, 0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 0x01, 0x09, 0x05, 0x31]
        guard let start = indices.first(where: { self[$0...].starts(with: attribute) }) else { return self }
        let place = start + attribute.count
        var changed = self
        changed.replaceSubrange(place..<place + 16, with: [UInt8(time.count + 2), tag, UInt8(time.count)] + time)
        guard time.count != 13 else { return changed }
        return DERLengths.mended(changed, around: place, by: time.count - 13)
    }
}

/// Makes the lengths of the structures around a place right again after something in them grew.
private enum DERLengths {
    static func mended(_ bytes: [UInt8], around place: Int, by growth: Int) -> [UInt8] {
        var mended = bytes
        var index = 0
        while index + 1 < place {
            let (start, count) = content(bytes, index)
            if start <= place, place < start + count {
                write(count + growth, to: &mended, at: index)
                index = start
            } else {
                index = start + count
            }
        }
        return mended
    }

    private static func content(_ bytes: [UInt8], _ index: Int) -> (start: Int, count: Int) {
        let first = Int(bytes[index + 1])
        guard first > 127 else { return (index + 2, first) }
        let digits = first & 0x7F
        return (index + 2 + digits, bytes[index + 2..<index + 2 + digits].reduce(0) { $0 << 8 | Int($1) })
    }

    /// In as many digits as there are.
    private static func write(_ count: Int, to bytes: inout [UInt8], at index: Int) {
        guard bytes[index + 1] > 127 else { return bytes[index + 1] = UInt8(truncatingIfNeeded: count) }
        let digits = Int(bytes[index + 1] & 0x7F)
        for digit in 0..<digits { bytes[index + 2 + digit] = UInt8(truncatingIfNeeded: count >> (8 * (digits - 1 - digit))) }
    }
}
