import Audit
import Configuration
import Linux
import Publish
import Sign
import Spool
import Synchronization
import Validate

/// Packs every sealed message, and lets it appear in each outbox by one rename.
///
/// The bundle waits in a folder of our own in the outbox before the ledger says that it is being published (`Outbox`).
struct PublishStage {
    let engine: Engine

    /// Groups in work at a time: a group's files are written and synced for so long that with two both would now and then be at it.
    static let lanes = 3

    /// Publishes what isn't published yet, reports, and leaves the submission in `archive`.
    func run(_ sealed: Sealed) throws {
        let folder = sealed.folder
        let id = folder.submission.id
        let destinations = try destinations(SubmissionSource.load(folder))
        let outboxes = destinations.map { Outbox(destination: $0.name, path: $0.outbox) }
        try checkInUse(outboxes)
        let packer = BundlePacker(engine: engine, pageLanguages: BundlePacker.languages(destinations))
        let steps = try engine.ledger.steps(submission: id.text)
        let bundles = try bundleDirectory(folder)
        try bundles.sync()
        if steps.contains(where: { $0.step == .publishing }) { try InterruptedPublication(engine: engine, folder: folder).finish(outboxes) }
        let done = Set(steps.filter { $0.step >= .publishing }.map(\.row))
        let packs = Mutex(try folder.sealedPacks())
        let engine = engine
        try Lanes.run(
            Self.lanes,
            {
                try engine.continueOrStop()
                return packs.withLock { $0.isEmpty ? nil : $0.removeFirst() }
            }
        ) { pack in
            let certificates = try read("\(folder.certificates)/\(pack)").filter { !done.contains($0.line.row) }
            if !certificates.isEmpty { try publish(certificates, packer, outboxes, folder) }
            // Here, while others compute: at the end all would wait for it. The ledger knows the certificates as being published by now.
            try Directory(folder.certificates).unlink(pack)
        }
        try checkComplete(folder)
        for outbox in outboxes { outbox.forget(id.text) }
        try Reporting(engine: engine).finish(folder)
    }

    /// The folder and the ledger must agree before the folder goes to the archive. What was published is on record for good after this.
    private func checkComplete(_ folder: SubmissionFolder) throws {
        let published = try engine.ledger.steps(submission: folder.submission.id.text).count { $0.step >= .published }
        let accepted = try RecordTally(RecordSheet(path: folder.records)).accepted
        guard published == accepted else {
            throw SubmissionFault(
                what: "\(accepted) certificates were accepted, but \(published) are published",
                remedy: "Restore the submission's folder from a backup.")
        }
    }

    private func destinations(_ source: Source) throws -> [Configuration.Destination] {
        try source.destinations.map { name in
            guard let destination = engine.configuration.destination(name) else {
                throw SubmissionFault(
                    what: "The destination '\(name)' isn't configured any more", remedy: "Put destinations.d/\(name).toml back and reload.")
            }
            return destination
        }
    }

    /// A folder whose file system isn't mounted gets nothing, and that a bundle isn't in it says nothing.
    private func checkInUse(_ outboxes: [Outbox]) throws {
        for outbox in outboxes {
            do {
                _ = try engine.outboxes.open(.init(name: outbox.destination, outbox: outbox.path))
            } catch {
                throw SubmissionFault(what: error.what, remedy: error.remedy)
            }
        }
    }

    private func bundleDirectory(_ folder: SubmissionFolder) throws(SystemError) -> Directory {
        let directory = try Directory(folder.path)
        if try directory.statusIfPresent("bundles") == nil {
            try directory.makeDirectory("bundles")
            try directory.sync()
        }
        return try directory.openDirectory("bundles")
    }

    private func read(_ path: String) throws -> [MessagePack.Entry] {
        let reader = try MessagePack.Reader(path: path)
        var entries: [MessagePack.Entry] = []
        while let entry = try reader.next() { entries.append(entry) }
        return entries
    }

    private func publish(
        _ certificates: [MessagePack.Entry], _ packer: BundlePacker, _ outboxes: [Outbox], _ folder: SubmissionFolder
    ) throws {
        let proven = Array(zip(certificates, try proofs(certificates, folder)))
        let id = folder.submission.id.text
        let results = engine.processors.map(proven, for: id) { certificate, proof in Result { try packer.pack(certificate, proof) } }
        let packed = try results.map { try $0.get() }
        try checkInUse(outboxes)
        let bundles = try Directory(folder.bundles)
        for bundle in packed { try write(bundle, into: bundles) }
        // A file of its own for each outbox: what is done to it there must not reach the archive.
        let files = packed.map { OutgoingFile(name: $0.file, bytes: $0.bytes, sha256: $0.sha256) }
        for outbox in outboxes { try outbox.lay(files, of: id, sharing: bundles) }
        try bundles.syncFileSystem()
        for outbox in outboxes { try outbox.syncIfElsewhere(than: bundles) }
        _ = try engine.ledger.commit(outboxes.flatMap { outbox in packed.map { $0.event(.publishing, outbox.destination, id) } })
        for outbox in outboxes { try outbox.release(files, of: id) { engine.logger.warning("\($0)") } }
        engine.ledger.enqueue(outboxes.flatMap { outbox in packed.map { $0.event(.published, outbox.destination, id) } })
        engine.board.advanced(id, by: certificates.count)
        engine.board.count { $0.published += certificates.count }
    }

    /// The ledger's word for each certificate, up to the signed head of the commit that sealed it: the same after any interruption.
    private func proofs(_ certificates: [MessagePack.Entry], _ folder: SubmissionFolder) throws -> [EntryProof] {
        let rows = certificates.map(\.line.row)
        guard let proofs = try engine.ledger.sealingProofs(submission: folder.submission.id.text, rows: rows) else {
            throw SubmissionFault(
                what: "A certificate lies sealed here of which the ledger doesn't say so",
                remedy: "Restore the submission's folder from a backup.")
        }
        return proofs
    }

    private func write(_ bundle: PackedBundle, into bundles: borrowing Directory) throws(SystemError) {
        try bundles.replacing(bundle.file) { () throws(SystemError) in
            let file = try bundles.create(bundle.file, mode: 0o440)
            try file.writeAll(bundle.bytes)
            // The umask may keep the group out, but the group is who reads the archive.
            try file.setMode(0o440)
        }
    }
}
