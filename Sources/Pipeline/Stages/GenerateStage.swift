import Audit
import Certificate
import Generate
import Ingest
import Linux
import Spool
import Validate
import Hashing

/// Writes the unsigned message of every accepted record: a pure function of the submission's directory.
struct GenerateStage {
    let engine: Engine

    static let batchSize = 128

    private struct Item: Sendable {
        let line: RecordLine
        let record: Ingest.Record
    }

    private struct Message: Sendable {
        let line: RecordLine
        let packed: [UInt8]
        let sha256: String
    }

    /// - Returns: nil when somebody has to release the submission first; it then lies in `hold`.
    func run(_ validated: Validated) throws -> Released? {
        let folder = validated.folder
        let id = folder.submission.id
        let source = try SubmissionSource.load(folder)
        let reader = try RecordReader(path: folder.original, profile: source.profile)
        let sheet = try RecordSheet.Reader(RecordSheet(path: folder.records))
        let merge = try MergeSettings(constants: reader.constants, references: references(folder))
        let provenance = try ProvenanceWriter(folder, source.profile) { reader.columnName($0) }
        let certificates = try freshDirectory(folder)
        let pack = try BufferedFile("unsigned.pack", in: certificates)
        try certificates.sync()
        let known = try Set(engine.ledger.steps(submission: id.text).filter { $0.step > .validated }.map(\.row))
        var events: [Event] = []
        try engine.forEachBatch(of: id.text, { try nextBatch(reader, sheet) }, { Self.write($0, merge, provenance) }) { messages in
            for message in messages {
                try pack.write(message.packed)
                if !known.contains(message.line.row) { events.append(event(message, id)) }
            }
            if events.count >= ValidateStage.commitSize {
                try pack.finish()
                _ = try engine.ledger.commit(events)
                events.removeAll()
            }
        }
        try pack.finish()
        return try HoldDecision(engine: engine).decide(folder, source, with: events)
    }

    /// An interrupted attempt may have left anything: it is made anew, with the same bytes.
    private func freshDirectory(_ folder: SubmissionFolder) throws(SystemError) -> Directory {
        let directory = try Directory(folder.path)
        if try directory.statusIfPresent("certificates") != nil { try directory.removeTree("certificates") }
        try directory.makeDirectory("certificates")
        try directory.sync()
        return try directory.openDirectory("certificates")
    }

    private func references(_ folder: SubmissionFolder) throws -> [String: FieldValues] {
        let directory = try Directory(folder.references)
        var values: [String: FieldValues] = [:]
        for name in try directory.entries().compactMap(\.text) where name.hasSuffix(".xml") {
            let sha256 = String(name.dropLast(".xml".count))
            let bytes = try directory.readFile(name, limit: ReferenceFile.maximumBytes)
            guard SHA256.hexadecimal(of: bytes) == sha256 else {
                throw SubmissionFault(
                    what: "The reference file \(directory.path)/\(name) was changed after validation", remedy: "Restore it from a backup.")
            }
            values[sha256] = try ReferenceLibrary.read(name: name, bytes: bytes, sha256: sha256).values
        }
        return values
    }

    /// The next records that were accepted, each with its line.
    private func nextBatch(_ reader: RecordReader, _ sheet: RecordSheet.Reader) throws -> [Item] {
        var batch: [Item] = []
        while batch.count < Self.batchSize, let record = try reader.next() {
            guard let line = try sheet.next(), line.row == record.row else {
                throw SubmissionFault(
                    what: "records.tsv doesn't fit the file it was made of", remedy: "Restore the submission's folder from a backup.")
            }
            if line.outcome == .accepted { batch.append(Item(line: line, record: record)) }
        }
        return batch
    }

    private static func write(_ item: Item, _ merge: MergeSettings, _ provenance: ProvenanceWriter) -> Message {
        let values = merge.values(item.record, item.line)
        let bytes = MessageWriter.write(values).bytes
        let origins = provenance.write(values, item.record, item.line)
        var packed: [UInt8] = []
        packed.reserveCapacity(bytes.count + origins.count + 512)
        MessagePack.Entry(line: item.line, message: bytes, provenance: origins, summary: []).write(to: &packed)
        return Message(line: item.line, packed: packed, sha256: SHA256.hexadecimal(of: bytes))
    }

    private func event(_ message: Message, _ id: SubmissionID) -> Event {
        Event(
            .generated, submission: id.text,
            [
                "vin": .text(message.line.vin), "stage": .number(message.line.stage), "version": .number(message.line.version),
                "sha256": .text(message.sha256),
            ])
    }
}

/// The layers below the record, and the header above it.
struct MergeSettings: Sendable {
    let constants: FieldValues
    let references: [String: FieldValues]

    func values(_ record: Ingest.Record, _ line: RecordLine) -> FieldValues {
        let base = references[line.referenceSHA256].map { constants.overlaid(by: $0) } ?? constants
        return base.overlaid(by: record.values).overlaid(by: HeaderKeys.fields(line))
    }
}
