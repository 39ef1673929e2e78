import Audit
import Certificate
import Linux
import Sign
import Spool
import Hashing

/// Signs every message, has a second implementation verify it, and records it before anything is packed.
struct SignStage {
    let engine: Engine

    /// Certificates that share one pack and one ledger commit.
    static let batchSize = 64
    /// While one group is written and recorded, the other is signed.
    static let lanes = 2

    func run(_ released: Released) throws -> Sealed {
        let folder = released.folder
        let id = folder.submission.id
        _ = try engine.sealingTime()
        let done = try Set(engine.ledger.steps(submission: id.text).filter { $0.step >= .sealed }.map(\.row))
        try removeUnrecorded(folder, done)
        let batches = try CertificateBatches(engine, folder, size: Self.batchSize) { !done.contains($0.row) }
        let rules = try SubmissionSource.load(folder).ruleSet.version
        try Lanes.run(Self.lanes, batches.next) { certificates in try seal(certificates, folder, rules) }
        try engine.spool.move(id, from: .sign, to: .publish, digest: folder.submission.sha256)
        return Sealed(folder: folder.moved(to: engine.spool.path(.publish, id)))
    }

    /// Packs that were written but not recorded before a stop: their certificates are signed now.
    private func removeUnrecorded(_ folder: SubmissionFolder, _ done: Set<Int>) throws {
        let certificates = try Directory(folder.certificates)
        // The name tells the first row: the pack itself may be torn.
        for name in try folder.sealedPacks() where !done.contains(Int(name.dropLast(SubmissionFolder.sealedSuffix.count)) ?? 0) {
            try certificates.unlink(name)
        }
    }

    private func seal(_ certificates: [UnsignedCertificate], _ folder: SubmissionFolder, _ rules: String) throws {
        let kit = engine.seal
        let results = engine.processors.map(certificates, for: folder.submission.id.text) { certificate in
            Result { try Self.seal(certificate, kit, rules) }
        }
        let sealed: [Signed]
        do { sealed = try results.map { try $0.get() } } catch let disagreement as SchemaDisagreement {
            let incident = disagreement.incident(folder.submission.id.text)
            try engine.spool.record([incident])
            throw SubmissionFault(what: incident.what, remedy: incident.remedy)
        }
        let directory = try Directory(folder.certificates)
        try directory.writeFile("\(certificates[0].line.row)\(SubmissionFolder.sealedSuffix)", sealed.flatMap(\.packed))
        try directory.sync()
        _ = try engine.ledger.commit(sealed.map { event($0, folder) })
        engine.board.advanced(folder.submission.id.text, by: certificates.count)
    }

    private struct Signed: Sendable {
        let line: RecordLine
        let packed: [UInt8]
        let sha256: String
    }

    private static func seal(_ certificate: UnsignedCertificate, _ kit: SealKit, _ rules: String) throws -> Signed {
        let line = certificate.line
        let layout = try UnsignedLayout(certificate.message, name: line.name)
        if let objection = kit.schema?.objection(to: certificate.message, signatureOffset: layout.signatureOffset) {
            throw SchemaDisagreement(certificate: line.name, schema: kit.schema?.path ?? "", objection: objection)
        }
        let bytes = try kit.messages.seal(
            certificate.message, documentStart: layout.documentStart, signatureOffset: layout.signatureOffset)
        try kit.verify(message: bytes, of: line.name)
        var packed: [UInt8] = []
        packed.reserveCapacity(bytes.count + certificate.provenance.count + 1024)
        let summary = try ValidationSummary(certificate, ruleSet: rules).encoded()
        MessagePack.Entry(line: line, message: bytes, provenance: certificate.provenance, summary: summary).write(to: &packed)
        return Signed(line: line, packed: packed, sha256: SHA256.hexadecimal(of: bytes))
    }

    private func event(_ signed: Signed, _ folder: SubmissionFolder) -> Event {
        let line = signed.line
        return Event(
            .sealed, submission: folder.submission.id.text,
            [
                "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "sha256": .text(signed.sha256),
                "content-sha256": .text(line.contentSHA256), "certificate-sha256": .text(engine.seal.key.certificateSHA256),
            ])
    }
}

/// The official schema refuses what the catalogue accepts: one of the two is wrong, and a person has to find out which.
struct SchemaDisagreement: Error {
    let certificate: String
    let schema: String
    let objection: String

    func incident(_ submission: String) -> Recovery.Incident {
        Recovery.Incident(
            submission: submission,
            what: "the official schema (\(schema)) refuses \(certificate), which ecocd's own catalogue accepts: \(objection)",
            remedy: "Report this with the submission's folder. The message was not sealed; it is tried again at each rescan.")
    }
}

/// Where a message as the writer made it begins and where its signature goes.
struct UnsignedLayout {
    let documentStart: Int
    let signatureOffset: Int

    init(_ bytes: [UInt8], name: String) throws {
        let rootEnd = Array("</InitialVehicleInformation>".utf8)
        guard let line = bytes.firstIndex(of: UInt8(ascii: "\n")), bytes.suffix(rootEnd.count).elementsEqual(rootEnd) else {
            throw SubmissionFault(
                what: "The unsigned message of \(name) isn't as ecocd wrote it", remedy: "Restore the submission's folder from a backup.")
        }
        documentStart = line + 1
        signatureOffset = bytes.count - rootEnd.count
    }
}
