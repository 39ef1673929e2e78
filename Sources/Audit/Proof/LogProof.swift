public import Hashing

/// A proof that a log contains an entry, as a file that needs no ledger: C2SP `tlog-proof@v1`.
public struct LogProof: Sendable, Equatable {
    /// The entry's position, from 0.
    public let index: Int
    /// The siblings from the leaf to the root (RFC 6962, section 2.1.1).
    public let path: [Digest]
    /// Bytes that nobody signed; ecocd writes none.
    public let extra: [UInt8]?
    /// The signed note that the proof leads to, byte for byte.
    public let checkpoint: String

    static let heading = "c2sp.org/tlog-proof@v1"
    /// A longer file isn't a proof: 64 hashes and a note with some dozens of signatures fit in.
    public static let maximumBytes = 65_536
    private static let longestPath = 64

    init(index: Int, path: [Digest], checkpoint: String) {
        (self.index, self.path, self.checkpoint, extra) = (index, path, checkpoint, nil)
    }

    /// The file's content.
    public var text: String {
        var text = "\(Self.heading)\n"
        if let extra { text += "extra \(Base64.encode(extra))\n" }
        text += "index \(index)\n"
        for hash in path { text += "\(Base64.encode(hash.bytes))\n" }
        return text + "\n" + checkpoint
    }

    /// Reads a proof file; accepts only the one spelling that `text` gives.
    public init(reading bytes: [UInt8]) throws(ProofFlaw) {
        guard bytes.count <= Self.maximumBytes, let text = String(validating: bytes, as: UTF8.self) else {
            throw ProofFlaw(.form, "it isn't a text of at most \(Self.maximumBytes) bytes")
        }
        var lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false).map { String(Substring($0)) }[...]
        guard lines.popFirst() == Self.heading else { throw ProofFlaw(.form, "its first line isn't '\(Self.heading)'") }
        extra = try Self.extra(&lines)
        index = try Self.index(&lines)
        path = try Self.path(&lines)
        checkpoint = lines.joined(separator: "\n")
        guard CheckpointNote(checkpoint) != nil else { throw ProofFlaw(.form, "what follows its empty line isn't a signed checkpoint") }
    }

    private static func extra(_ lines: inout ArraySlice<String>) throws(ProofFlaw) -> [UInt8]? {
        guard let line = lines.first, line.hasPrefix("extra ") else { return nil }
        lines.removeFirst()
        guard let bytes = Base64.decode(line.dropFirst("extra ".count)), !bytes.isEmpty else {
            throw ProofFlaw(.form, "its extra data isn't base 64")
        }
        return bytes
    }

    private static func index(_ lines: inout ArraySlice<String>) throws(ProofFlaw) -> Int {
        let line = lines.popFirst() ?? ""
        guard line.hasPrefix("index "), let index = Int(line.dropFirst("index ".count)), index >= 0, line == "index \(index)" else {
            throw ProofFlaw(.form, "its index isn't a number without leading zeros")
        }
        return index
    }

    private static func path(_ lines: inout ArraySlice<String>) throws(ProofFlaw) -> [Digest] {
        var path: [Digest] = []
        while let line = lines.popFirst() {
            if line.isEmpty { return path }
            guard path.count < longestPath, let hash = Base64.decode(line).flatMap({ Digest(bytes: $0) }) else {
                throw ProofFlaw(.form, "line \(path.count + 1) of its path isn't the base 64 of a hash")
            }
            path.append(hash)
        }
        throw ProofFlaw(.form, "it has no empty line before its checkpoint")
    }
}

/// Why a proof proves nothing.
public struct ProofFlaw: Error, Sendable, Equatable, CustomStringConvertible {
    public let kind: Kind
    /// A clause without full stop that speaks of the proof as "it".
    public let description: String

    public enum Kind: String, Sendable {
        /// The file isn't a proof.
        case form
        /// The checkpoint doesn't bear the key's signature, or is another log's.
        case signature
        /// The path doesn't lead from the record to the checkpoint.
        case inclusion
    }

    init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}

extension LogProof {
    /// Checks that the log with this checkpoint contains the record, and gives the checkpoint.
    ///
    /// - Parameters:
    ///   - record: the entry's exact bytes.
    ///   - key: the log's key; nil leaves its signature unchecked, and then anybody could have made the proof.
    public func verify(record: [UInt8], key: VerifierKey?) throws(ProofFlaw) -> CheckpointNote {
        guard let note = CheckpointNote(checkpoint) else { throw ProofFlaw(.form, "it has no checkpoint") }
        if let key = key?.forVolume(note.origin) {
            guard note.origin == key.name else {
                throw ProofFlaw(.signature, "its checkpoint is of the log '\(note.origin)', and the key is of '\(key.name)'")
            }
            guard note.isSigned(by: key) else { throw ProofFlaw(.signature, "its checkpoint doesn't bear the signature of \(key.name)") }
        }
        let leaf = MerkleProof.leafHash(of: record)
        guard MerkleProof.isIncluded(leaf: leaf, at: index, inTreeOf: note.size, root: note.root, path: path) else {
            throw ProofFlaw(.inclusion, "its path doesn't lead from this record to its checkpoint of \(note.size) entries")
        }
        return note
    }
}
