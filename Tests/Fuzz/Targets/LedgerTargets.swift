import Hashing
import Spool
@testable import Audit

extension FuzzTarget {
    static let ledgerTargets = [record, object, proof]

    /// The ledger's records: the verifier's scanner and the parser that explains agree, and there is one spelling only.
    private static let record = FuzzTarget(
        name: "record", maximumBytes: 2_048,
        seeds: {
            try Event.Kind.allCases.map { kind in
                let fields = EventCatalogue.entry(kind).fields.enumerated().map { index, field -> (String, Event.Scalar) in
                    (
                        field.name,
                        field.type == .number ? .number(index * 1_000_003 - 7) : .text("ä\"\\\u{1}\n😀".prefix(index % 7).description)
                    )
                }
                return try EventBatch([
                    Event(kind, submission: "20261123T140512.123Z-k7q2mzr4", Dictionary(uniqueKeysWithValues: fields))
                ]).bytes
            }
        },
        prepare: {
            let readers = RecordReaders()
            return { bytes in try readers.check(bytes) }
        })

    /// Flat objects, such as `submission.json`: what is read has exactly these bytes.
    private static let object = FuzzTarget(
        name: "object", maximumBytes: 1_024,
        seeds: {
            [
                FlatObject([:]).bytes,
                FlatObject(["a": .text("e\u{301}"), "\u{E9}": .number(-1), "e": .number(9_007_199_254_740_991)]).bytes,
                Array(
                    #"{"changed":"1 2","device":"1","id":"20261123T140512.123Z-k7q2mzr4","inode":"2","modified":"3 4","name":"a","owner":0,"received-at":"2026-11-23T14:05:12.123Z","sha256":"","size":1,"source":"erp","v":1}"#
                        .utf8),
            ]
        },
        prepare: {
            { bytes in
                if let object = try? FlatObject(reading: bytes) {
                    try expect(object.bytes == bytes, "the object has another spelling")
                }
                if let submission = try? Submission(reading: bytes) {
                    try expect(try Submission(reading: submission.bytes) == submission, "another submission comes back")
                }
            }
        })

    /// Proofs, signed heads, keys and names of volumes: what is accepted is written back letter by letter, and trees are proven one way.
    private static let proof = FuzzTarget(
        name: "proof", maximumBytes: 4_096,
        seeds: {
            let ledger = ProofSeeds()
            return try [
                ledger.proof(4).text, ledger.proof(0).text.replacing("index 0", with: "extra AQID\nindex 0"), ledger.note, ledger.key,
            ]
            .map { Array($0.utf8) }
        },
        prepare: {
            let seeds = ProofSeeds()
            let genuine = try seeds.proof(4)
            let witness = WitnessKey(seeds.witnessKey)
            return { bytes in
                let text = String(decoding: bytes, as: UTF8.self)
                if let proof = try? LogProof(reading: bytes) {
                    try expect(Array(proof.text.utf8) == bytes, "the proof has another spelling")
                    try expect(proof.path.count <= 64 && proof.index >= 0, "the proof goes beyond every tree")
                    if (try? proof.verify(record: seeds.records[4], key: nil)) != nil, proof.checkpoint == genuine.checkpoint {
                        try expect(proof.path == genuine.path && proof.index == genuine.index, "another path proves the same")
                    }
                }
                if let note = CheckpointNote(text) {
                    try expect(note.size >= 0 && !note.origin.isEmpty && !note.signatures.isEmpty, "a head without size, log or signature")
                    try expect(text.hasPrefix(note.body), "the signed text isn't the note's beginning")
                    try expect(note.body.unicodeScalars.allSatisfy { $0 == "\n" || $0.value >= 0x20 }, "the note holds control characters")
                    _ = witness?.cosignature(in: text, of: note)
                }
                if let key = VerifierKey(text) { try expect(key.text.utf8.elementsEqual(text.utf8), "the key has another spelling") }
                if let volume = VolumeName(text) {
                    try expect(volume.origin.utf8.elementsEqual(text.utf8), "the volume has another name")
                }
                try compareTrees(bytes)
            }
        })

    /// Inclusion by the product's walk and by the definition of RFC 6962: sizes and hashes are taken from the input.
    private static func compareTrees(_ bytes: [UInt8]) throws(Failure) {
        guard bytes.count >= 3 else { return }
        let size = Int(bytes[0]) % 20 + 1
        let leaves = (0..<size).map { MerkleProof.leafHash(of: [UInt8($0)] + bytes.prefix(2)) }
        let index = Int(bytes[1]) % size
        var path = ReferenceTree.path(index, leaves[...])
        let root = ReferenceTree.root(leaves[...])
        try expect(
            MerkleProof.isIncluded(leaf: leaves[index], at: index, inTreeOf: size, root: root, path: path), "a true path isn't accepted")
        let wrong = Int(bytes[2])
        if wrong < path.count { path.remove(at: wrong) } else { path.append(leaves[wrong % size]) }
        try expect(
            !MerkleProof.isIncluded(leaf: leaves[index], at: index, inTreeOf: size, root: root, path: path), "a false path is accepted")
    }
}

/// The two readers of records, side by side.
private final class RecordReaders {
    private let scanner: RecordScanner
    private let forms: RecordForms

    init() {
        scanner = RecordScanner()
        forms = RecordForms(scanner)
    }

    func check(_ bytes: [UInt8]) throws {
        var record: Record?
        do throws(RecordParser.Flaw) { record = try RecordParser.parse(bytes) } catch {
            try expect(0...bytes.count ~= error.offset, "a flaw lies at byte \(error.offset) of \(bytes.count)")
        }
        if let record { try checkSpelling(record, bytes) }
        try bytes.withUnsafeBytes { buffer in try compare(buffer, with: record) }
    }

    /// - Parameter bytes: stay where they are while the scanner's values are looked at.
    private func compare(_ bytes: UnsafeRawBufferPointer, with record: Record?) throws {
        let kind = scanner.scan(bytes) ? forms.match() : nil
        let isExpected = record.map { isSound($0) } ?? false
        try expect((kind != nil) == isExpected, "the parser and the scanner don't agree: \(String(describing: record))")
        guard let kind, let record else {
            try expect(!RecordFlaw.describe(bytes).isEmpty, "it isn't said why")
            return
        }
        try expect(record.kind == kind.rawValue, "the kinds differ")
        for slot in Slot.allCases { try compare(forms[slot], with: record, slot) }
    }

    /// By the parser and the catalogue.
    private func isSound(_ record: Record) -> Bool {
        guard let kind = Event.Kind(rawValue: record.kind) else { return false }
        let entry = EventCatalogue.entry(kind)
        guard !entry.needsSubmission || record.submission != nil else { return false }
        var known = 0
        for field in entry.fields {
            switch (record.fields[field.name], field.type) {
            case (.text, .text), (.number, .number): known += 1
            case (nil, _) where !field.isRequired: break
            default: return false
            }
        }
        return known == record.fields.count
    }

    private func compare(_ value: RecordValue?, with record: Record, _ slot: Slot) throws(Failure) {
        let expected = slot == .submission ? record.submission.map { .text($0) } : record.fields[slot.fieldName]
        switch (value, expected) {
        case (nil, nil): return
        case (let value?, .number(let number)): try expect(value.form == .number && value.number == number, "\(slot) is another number")
        case (let value?, .text(let text)):
            let bytes = value.form == .escaped ? value.unescaped() : Array(UnsafeBufferPointer(start: value.start, count: value.count))
            try expect(value.form != .number && bytes.elementsEqual(text.utf8), "\(slot) is another text")
        default: throw Failure("only one reader finds \(slot)")
        }
    }

    private func checkSpelling(_ record: Record, _ bytes: [UInt8]) throws {
        var fields = record.fields
        fields["v"] = .number(record.version)
        fields["kind"] = .text(record.kind)
        fields["at"] = .text(record.time)
        fields["actor"] = .text(record.actor)
        fields["submission"] = record.submission.map { .text($0) }
        try expect(FlatObject(fields).bytes == bytes, "the record has another spelling")
    }
}

/// RFC 6962, section 2.1, as it is written there.
private enum ReferenceTree {
    static func root(_ leaves: ArraySlice<Digest>) -> Digest {
        guard leaves.count > 1, let first = leaves.first else { return leaves.first ?? SHA256.digest(of: []) }
        let middle = split(leaves)
        _ = first
        var hash = SHA256()
        return hash.node(root(leaves[..<middle]), root(leaves[middle...]))
    }

    static func path(_ index: Int, _ leaves: ArraySlice<Digest>) -> [Digest] {
        guard leaves.count > 1 else { return [] }
        let middle = split(leaves)
        return leaves.startIndex + index < middle
            ? path(index, leaves[..<middle]) + [root(leaves[middle...])]
            : path(index - (middle - leaves.startIndex), leaves[middle...]) + [root(leaves[..<middle])]
    }

    /// Where the largest power of two below the count ends.
    private static func split(_ leaves: ArraySlice<Digest>) -> Int {
        var width = 1
        while width * 2 < leaves.count { width *= 2 }
        return leaves.startIndex + width
    }
}

/// A log of eleven records with a head that nobody signed: signatures are for the unit tests.
private struct ProofSeeds {
    let records = (0..<11).map { [UInt8]("record \($0)".utf8) }
    let key: String
    let witnessKey: String
    let note: String

    init() {
        let name = "example.org/ecoc/1"
        func key(_ kind: UInt8) -> (text: String, id: [UInt8]) {
            let bytes = [kind] + (0..<32).map { UInt8($0) }
            let id = Array(SHA256.digest(of: Array(name.utf8) + [0x0A] + bytes).bytes.prefix(4))
            return ("\(name)+\(Hexadecimal.encode(id))+\(Base64.encode(bytes))", id)
        }
        let (log, witness) = (key(1), key(4))
        (self.key, witnessKey) = (log.text, witness.text)
        let root = ReferenceTree.root(records.map { MerkleProof.leafHash(of: $0) }[...])
        note = """
            \(name)
            11
            \(Base64.encode(root.bytes))

            — \(name) \(Base64.encode(log.id + [UInt8](repeating: 7, count: 64)))
            — \(name) \(Base64.encode(witness.id + [0, 0, 0, 0, 0x6A, 0, 0, 0] + [UInt8](repeating: 7, count: 64)))

            """
    }

    func proof(_ index: Int) throws -> LogProof {
        let path = ReferenceTree.path(index, records.map { MerkleProof.leafHash(of: $0) }[...])
        let text = "\(LogProof.heading)\nindex \(index)\n" + path.map { "\(Base64.encode($0.bytes))\n" }.joined() + "\n\(note)"
        return try LogProof(reading: Array(text.utf8))
    }
}
