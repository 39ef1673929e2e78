import Hashing

/// Writes tree heads as C2SP checkpoints (tlog-checkpoint) in signed notes.
struct HeadSigner: Sendable {
    private let origin: String
    private let key: CheckpointKey
    private let signaturePrefix: [UInt8]
    private let path: String

    init(origin: String, key: CheckpointKey, path: String) throws(LedgerError) {
        let isName = !origin.isEmpty && !origin.unicodeScalars.contains { $0.properties.isWhitespace || $0 == "+" || $0.value < 0x20 }
        guard isName else {
            throw LedgerError(
                .open, "the ledger's origin '\(origin)' has spaces or a plus sign, or is empty", path: path,
                remedy: "Use a name such as example.org/ecoc/2026.")
        }
        self.origin = origin
        self.key = key
        signaturePrefix = key.keyID(origin: origin)
        self.path = path
    }

    /// The signed note of a tree of `size` leaves: three lines, a blank one and the signature line.
    func note(size: Int, root: Digest) throws(LedgerError) -> String {
        let body = "\(origin)\n\(size)\n\(Base64.encode(root.bytes))\n"
        guard let signature = key.sign(Array(body.utf8)) else {
            throw LedgerError(
                .write, "the tree head can't be signed", path: path, remedy: "Restart ecocd; if it happens again, check libcrypto.")
        }
        return "\(body)\n— \(origin) \(Base64.encode(signaturePrefix + signature))\n"
    }
}
