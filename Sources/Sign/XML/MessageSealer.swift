import Hashing

/// Seals an IVI 2.0 message with one enveloped XML signature of the profile `eucaris` (docs/bundle.md).
///
/// The message comes from ecocd's own generator in canonical form, so its bytes are digested as they are: nothing is parsed here.
/// Whether the result verifies is for `MessageVerifier` to say, which shares no code with this. Any number of threads may use one sealer.
public struct MessageSealer: Sendable {
    private let key: SealKey
    /// Everything after the signature value, the same for every message of this key.
    private let keyInfo: [UInt8]

    public init(key: SealKey) {
        self.key = key
        var text = Array("<KeyInfo><X509Data>".utf8)
        for certificate in key.chainDER {
            text += "<X509Certificate>".utf8
            text += Base64.encode(certificate).utf8
            text += "</X509Certificate>".utf8
        }
        keyInfo = text + "</X509Data></KeyInfo>".utf8
    }

    /// Seals one message.
    ///
    /// - Parameters:
    ///   - bytes: the whole document. From `documentStart` it is in canonical form (Canonical XML 1.0 without comments) and ends with the
    ///     root's end tag; only the XML declaration stands before.
    ///   - documentStart: where the root's start tag begins.
    ///   - signatureOffset: where the signature goes: where the root's end tag begins.
    /// - Returns: the whole document with its signature as the root's last child; nothing else differs.
    /// - Throws: `alreadySigned` when it holds a Signature element, `notCanonical` when it can't be what the parameters say, `expired` or
    ///   `notYetValid` when the certificate isn't valid now, `signing` when OpenSSL fails.
    public func seal(_ bytes: [UInt8], documentStart: Int, signatureOffset: Int) throws(SealError) -> [UInt8] {
        try key.usable(at: ASN1Time.now)
        try UnsignedMessageCheck(bytes, documentStart: documentStart, signatureOffset: signatureOffset).run()
        let digest = bytes.withUnsafeBytes { SHA256.digest(of: UnsafeRawBufferPointer(rebasing: $0[documentStart...])) }
        let digestText = Base64.encode(digest.bytes)
        // The canonical form of SignedInfo repeats the namespace that it inherits from Signature in the document.
        let signature = try key.privateKey.sign(Array(Self.signedInfo(digest: digestText, declaringNamespace: true).utf8))

        var sealed: [UInt8] = []
        sealed.reserveCapacity(bytes.count + keyInfo.count + 1800)
        sealed += bytes[..<signatureOffset]
        sealed += "<Signature xmlns=\"\(SignatureProfile.namespace)\">".utf8
        sealed += Self.signedInfo(digest: digestText, declaringNamespace: false).utf8
        sealed += "<SignatureValue>".utf8
        sealed += Base64.encode(signature).utf8
        sealed += "</SignatureValue>".utf8
        sealed += keyInfo
        sealed += "</Signature>".utf8
        sealed += bytes[signatureOffset...]
        return sealed
    }

    private static func signedInfo(digest: String, declaringNamespace: Bool) -> String {
        let namespace = declaringNamespace ? " xmlns=\"\(SignatureProfile.namespace)\"" : ""
        return "<SignedInfo\(namespace)>"
            + "<CanonicalizationMethod Algorithm=\"\(SignatureProfile.canonicalization)\"></CanonicalizationMethod>"
            + "<SignatureMethod Algorithm=\"\(SignatureProfile.signature)\"></SignatureMethod>"
            + "<Reference URI=\"\"><Transforms><Transform Algorithm=\"\(SignatureProfile.transform)\"></Transform></Transforms>"
            + "<DigestMethod Algorithm=\"\(SignatureProfile.digest)\"></DigestMethod><DigestValue>\(digest)</DigestValue></Reference>"
            + "</SignedInfo>"
    }
}
