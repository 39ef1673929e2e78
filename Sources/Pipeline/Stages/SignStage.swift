import Audit
import Certificate
import Linux
import Sign
import Spool

/// Signs every message, has a second implementation verify it, and records it before anything is packed.
struct SignStage {
    let engine: Engine

    /// Certificates that share one syncfs and one ledger commit.
    static let batchSize = 64

    func run(_ generated: Generated) throws -> Sealed {
        let folder = generated.folder
        let id = folder.submission.id
        let done = try Set(engine.ledger.certificates(submission: id.text).filter { $0.state >= .sealed }.map(\.row))
        let batches = try CertificateBatches(engine, folder, size: Self.batchSize) { !done.contains($0.row) }
        try Lanes.run(batches.next) { records in try seal(records.map(\.line), folder) }
        try engine.spool.move(id, from: .sign, to: .publish, digest: folder.submission.sha256)
        return Sealed(folder: folder.moved(to: engine.spool.path(.publish, id)))
    }

    private func seal(_ lines: [RecordLine], _ folder: SubmissionFolder) throws {
        let kit = engine.seal
        let sealed = try engine.processors.map(lines) { line in Result { try Self.seal(line, folder, kit) } }.map { try $0.get() }
        let certificates = try Directory(folder.certificates)
        for (line, message) in zip(lines, sealed) {
            let name = "\(line.name).xml"
            // What a crash left of an attempt that was never recorded.
            if try certificates.statusIfPresent(name) != nil { try certificates.unlink(name) }
            try certificates.create(name).writeAll(message.bytes)
        }
        try certificates.syncFileSystem()
        _ = try engine.ledger.commit(zip(lines, sealed).map { event($0, $1, folder) })
        for line in lines { try certificates.unlink("\(line.name).unsigned.xml") }
        engine.board.advanced(folder.submission.id.text, by: lines.count)
    }

    private struct Signed: Sendable {
        let bytes: [UInt8]
        let sha256: String
    }

    private static func seal(_ line: RecordLine, _ folder: SubmissionFolder, _ kit: SealKit) throws -> Signed {
        let unsigned = try Descriptor.open(folder.unsigned(line.name)).readAll(limit: MessageVerifier.maximumBytes)
        let layout = try UnsignedLayout(unsigned, path: folder.unsigned(line.name))
        let bytes = try kit.messages.seal(unsigned, documentStart: layout.documentStart, signatureOffset: layout.signatureOffset)
        let signer = try kit.verifier.verify(bytes)
        guard signer.signerSHA256 == kit.key.certificateSHA256 else {
            throw SubmissionFault(
                what: "The verification of \(line.name) named another signer (\(signer.subject))",
                remedy: "Stop the daemon and look into it")
        }
        return Signed(bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
    }

    private func event(_ line: RecordLine, _ message: Signed, _ folder: SubmissionFolder) -> Event {
        Event(
            .sealed, submission: folder.submission.id.text,
            [
                "vin": .text(line.vin), "stage": .number(line.stage), "version": .number(line.version), "sha256": .text(message.sha256),
                "content-sha256": .text(line.contentSHA256), "certificate-sha256": .text(engine.seal.key.certificateSHA256),
            ])
    }
}

/// Where a message as the writer made it begins and where its signature goes.
struct UnsignedLayout {
    let documentStart: Int
    let signatureOffset: Int

    init(_ bytes: [UInt8], path: String) throws {
        let rootEnd = Array("</InitialVehicleInformation>".utf8)
        guard let line = bytes.firstIndex(of: UInt8(ascii: "\n")), bytes.suffix(rootEnd.count).elementsEqual(rootEnd) else {
            throw SubmissionFault(what: "\(path) isn't as ecocd wrote it", remedy: "Restore the submission's folder from a backup")
        }
        documentStart = line + 1
        signatureOffset = bytes.count - rootEnd.count
    }
}
