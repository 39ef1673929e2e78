public import Hashing
public import Linux

/// A witness's key as C2SP tlog-cosignature writes it: `name+keyid+base64(0x04 and Ed25519 public key)`.
public struct WitnessKey: Sendable, Equatable {
    /// The witness's name.
    public let name: String
    private let keyID: [UInt8]
    private let publicKey: [UInt8]

    /// Nil unless the text has that form and the key id belongs to name and key.
    public init?(_ text: String) {
        let parts = text.split(separator: "+", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count == 3, !parts[0].isEmpty, !parts[0].unicodeScalars.contains(where: \.properties.isWhitespace),
            let identity = Hexadecimal.decode(String(parts[1])), let key = Base64.decode(parts[2]), key.count == 33, key[0] == 0x04
        else { return nil }
        let digest = SHA256.digest(of: Array(parts[0].utf8) + [0x0A] + key)
        guard identity == Array(digest.bytes.prefix(4)) else { return nil }
        name = String(parts[0])
        keyID = identity
        publicKey = Array(key.dropFirst())
    }

    /// When the witness signed this head, of the first of the lines that holds; nil when none does. Lines of others are passed over.
    ///
    /// - Parameter lines: signature lines, ended by line feeds.
    public func cosignature(in lines: String, of head: CheckpointNote) -> Cosignature? {
        lines.split(separator: "\n").lazy.compactMap { cosignature(String($0), of: head) }.first
    }

    /// Whether one of the lines says that it is this key's, true or not.
    public func isNamed(in lines: String) -> Bool {
        lines.split(separator: "\n").contains { line in
            CheckpointNote.signature(String(line)).map { $0.name == name && $0.keyID == keyID } ?? false
        }
    }

    /// `— name base64(key id, time in seconds as 64 bits, signature)`, signed over `cosignature/v1`, the time and the note's body.
    private func cosignature(_ line: String, of head: CheckpointNote) -> Cosignature? {
        guard let signature = CheckpointNote.signature(line), signature.name == name, signature.keyID == keyID,
            signature.signature.count == 72
        else { return nil }
        let seconds = signature.signature.prefix(8).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        // Beyond the year 9999 it is no time that anybody could have signed at.
        guard seconds > 0, seconds < 253_402_300_800 else { return nil }
        let message = Array("cosignature/v1\ntime \(seconds)\n\(head.body)".utf8)
        guard Ed25519.isSignature(Array(signature.signature.dropFirst(8)), of: message, by: publicKey) else { return nil }
        return Cosignature(line: "\(line)\n", time: Timestamp(milliseconds: Int(seconds) * 1000))
    }
}

/// A witness's word that it saw a head, and that it was consistent with all that the witness saw before.
public struct Cosignature: Sendable, Equatable {
    /// The signature line with its line feed.
    public let line: String
    public let time: Timestamp
}

/// What a witness is asked (C2SP tlog-witness, `add-checkpoint`).
public struct WitnessQuestion: Sendable {
    /// The body of the request.
    public let text: String

    /// - Parameters:
    ///   - oldSize: of the newest head that the witness has seen, 0 for none.
    ///   - proof: that this head's entries begin the ones of `note`; empty when there is nothing to prove.
    ///   - note: the signed note.
    public init(oldSize: Int, proof: [Digest], note: String) {
        text = "old \(oldSize)\n" + proof.map { "\(Base64.encode($0.bytes))\n" }.joined() + "\n" + note
    }
}
