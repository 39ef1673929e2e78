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

    func isSignature(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        Ed25519.isSignature(signature, of: message, by: publicKey)
    }
}
