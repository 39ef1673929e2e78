import ArgumentParser
import Audit
import Hashing

/// `ecocctl ledger consistency`: the proof that what an older head covers is still the ledger's beginning.
struct LedgerConsistency: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "consistency", abstract: "Prove that a newer head begins with the entries of an older one.",
        discussion:
            "Prints the hashes of the proof (RFC 6962). Exit codes: 0 consistent, 1 not, 2 unusable, 3 consistent as far as it can be told without the verifier key."
    )

    @OptionGroup var options: LedgerOptions

    @Argument(help: "The older signed checkpoint, as 'ecocctl ledger checkpoint' printed it.")
    var old: String

    @Argument(help: "The newer one. Default: the ledger's newest head.")
    var new: String?

    private struct Answer: Encodable {
        var consistent: Bool
        var signatureVerified: Bool
        var old, new: Head
        var proof: [String]
        var message: String

        struct Head: Encodable {
            var size: Int
            var rootHash: String

            init(_ note: CheckpointNote) { (size, rootHash) = (note.size, note.root.hexadecimal) }
        }
    }

    func run() throws {
        let older = try note(try InputFile.text(old), old)
        let key = try options.key()?.forVolume(older.origin)
        let (path, newer, isConsistent): ([Digest], CheckpointNote, Bool)
        do {
            let history = try options.history()
            let reader = (history.volume(older.origin) ?? history.newest).reader
            newer = try new.map { try note(try InputFile.text($0), $0) } ?? note(reader.head(), options.path())
            guard older.size <= newer.size else { throw CommandRefusal(.usage, "The older head covers more entries than the newer one.") }
            path = try reader.consistencyPath(from: older.size, to: newer.size) ?? []
            isConsistent = Self.isConsistent(older, newer, path)
        } catch let error as LedgerError {
            throw CommandRefusal(.usage, "\(error)")
        }
        if let reason = signatureFlaw([older, newer], key) { throw CommandRefusal(.no, reason) }
        try show(older, newer, path, isConsistent, isSigned: key != nil)
        if !isConsistent { throw ExitCode(RefusalCode.no.rawValue) }
        if key == nil { throw ExitCode(3) }
    }

    private func note(_ text: String, _ name: String) throws -> CheckpointNote {
        guard let note = CheckpointNote(text) else { throw CommandRefusal(.usage, "\(name) isn't a signed checkpoint.") }
        return note
    }

    /// Every tree follows the empty one, whose root is the digest of nothing.
    private static func isConsistent(_ old: CheckpointNote, _ new: CheckpointNote, _ path: [Digest]) -> Bool {
        guard old.origin == new.origin else { return false }
        return old.size == 0
            ? old.root == SHA256.digest(of: [])
            : MerkleProof.isConsistent(oldSize: old.size, oldRoot: old.root, newSize: new.size, newRoot: new.root, path: path)
    }

    private func signatureFlaw(_ notes: [CheckpointNote], _ key: VerifierKey?) -> String? {
        guard let key else { return nil }
        guard let unsigned = notes.first(where: { $0.origin != key.name || !$0.isSigned(by: key) }) else { return nil }
        return "The head of \(unsigned.size) entries of '\(Console.visible(unsigned.origin))' doesn't bear the signature of \(key.name)."
    }

    private func show(_ old: CheckpointNote, _ new: CheckpointNote, _ path: [Digest], _ isConsistent: Bool, isSigned: Bool) throws {
        let message =
            isConsistent
            ? "The \(new.size) entries of the newer head begin with the \(old.size) of the older one."
            : "NOT consistent: from this ledger no proof leads from the head of \(old.size) entries to the one of \(new.size)."
        if options.common.json {
            return try Console.json(
                Answer(
                    consistent: isConsistent, signatureVerified: isSigned, old: .init(old), new: .init(new),
                    proof: path.map { Base64.encode($0.bytes) }, message: message))
        }
        Console.line(message)
        if isConsistent { for hash in path { Console.line(Base64.encode(hash.bytes)) } }
    }
}
