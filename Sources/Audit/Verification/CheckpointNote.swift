public import Hashing

/// A C2SP checkpoint read from a signed note: origin, size, root hash, and the note's signature lines.
public struct CheckpointNote: Sendable {
    /// The log's name.
    public let origin: String
    /// Entries that it covers.
    public let size: Int
    public let root: Digest
    /// The signed text, its last newline included.
    let body: String
    let signatures: [(name: String, keyID: [UInt8], signature: [UInt8])]

    /// Nil unless the note has the form that tlog-checkpoint and signed-note prescribe. Extension lines are allowed, control characters
    /// other than line feeds aren't.
    public init?(_ note: String) {
        guard note.utf8.allSatisfy({ $0 >= 0x20 || $0 == 0x0A }) else { return nil }
        let parts = note.split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
        guard let blank = parts.lastIndex(where: \.isEmpty).flatMap({ parts[..<$0].lastIndex(where: \.isEmpty) }), blank >= 3,
            parts.last == "", parts.count > blank + 2
        else { return nil }
        let lines = parts[..<blank]
        guard !lines[0].isEmpty, let size = Int(lines[1]), size >= 0, String(size) == lines[1],
            let root = Base64.decode(lines[2]).flatMap({ Digest(bytes: $0) })
        else { return nil }
        let signatures = parts[(blank + 1)..<(parts.count - 1)].map(Self.signature)
        guard !signatures.contains(where: { $0 == nil }) else { return nil }
        (origin, self.size, self.root) = (lines[0], size, root)
        body = lines.joined(separator: "\n") + "\n"
        self.signatures = signatures.compactMap { $0 }
    }

    /// Whether this key signed the note; lines of other keys are passed over, as signed-note prescribes.
    public func isSigned(by key: VerifierKey) -> Bool {
        signatures.contains { line in
            line.name == key.name && line.keyID == key.keyID && key.isSignature(line.signature, of: Array(body.utf8))
        }
    }

    /// `— name base64(keyid and signature)`
    static func signature(_ line: String) -> (name: String, keyID: [UInt8], signature: [UInt8])? {
        let words = line.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 3, words[0] == "—", !words[1].isEmpty, let bytes = Base64.decode(words[2]), bytes.count > 4 else { return nil }
        return (String(words[1]), Array(bytes.prefix(4)), Array(bytes.dropFirst(4)))
    }
}
