import Hashing

/// An Ed25519 verifier key as C2SP signed-note writes it: `name+keyid+base64(0x01 and public key)`.
public struct VerifierKey: Sendable {
    /// The origin that the key signs for.
    public let name: String
    let keyID: [UInt8]
    let publicKey: [UInt8]

    /// Nil unless the text has that form and the key id belongs to name and key.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, let identity = Hexadecimal.decode(String(parts[1])),
            let key = Base64.decode(parts[2]), key.count == 33, key[0] == 0x01
        else { return nil }
        let digest = SHA256.digest(of: Array(parts[0].utf8) + [0x0A] + key)
        guard identity == Array(digest.bytes.prefix(4)) else { return nil }
        name = String(parts[0])
        keyID = identity
        publicKey = Array(key.dropFirst())
    }

    private init(name: String, publicKey: [UInt8]) {
        let digest = SHA256.digest(of: Array(name.utf8) + [0x0A, 0x01] + publicKey)
        (self.name, keyID, self.publicKey) = (name, Array(digest.bytes.prefix(4)), publicKey)
    }

    /// The same key for another volume of the same ledger; itself for anything else.
    public func forVolume(_ origin: String) -> VerifierKey {
        guard let own = VolumeName(name), let other = VolumeName(origin), own.isSibling(of: other) else { return self }
        return VerifierKey(name: origin, publicKey: publicKey)
    }

    /// As C2SP signed-note writes it.
    public var text: String { "\(name)+\(Hexadecimal.encode(keyID))+\(Base64.encode([0x01] + publicKey))" }

    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        Ed25519.isSignature(signature, of: message, by: publicKey)
    }
}
