import Audit
import Configuration
import Linux
import Publish
import Sign
import Spool
import Validate

/// Packs every sealed message, and lets it appear in each outbox by one rename.
///
/// A copy waits in the outbox as `.<name>.asice.part` before the ledger says that it is being published. So after a crash a missing
/// `.part` means that the rename happened, even when a collector has already taken the bundle: nothing is published twice.
struct PublishStage {
    let engine: Engine

    static let batchSize = 64

    /// - Returns: the submission's folder in `archive`.
    func run(_ sealed: Sealed) throws {
        let folder = sealed.folder
        let id = folder.submission.id
        let outboxes = try outboxes(SubmissionSource.load(folder))
        let states = try engine.ledger.certificates(submission: id.text)
        try finishInterrupted(states.filter { $0.state == .publishing }, outboxes, folder)
        let bundles = try bundleDirectory(folder)
        try bundles.sync()
        let done = Set(states.filter { $0.state >= .publishing }.map(\.row))
        let batches = try CertificateBatches(engine, folder, size: Self.batchSize) { !done.contains($0.row) }
        try Lanes.run(batches.next) { records in try publish(records, outboxes, folder) }
        try Reporting(engine: engine).finish(folder)
    }

    private func outboxes(_ source: Source) throws -> [Outbox] {
        try source.destinations.map { name in
            guard let destination = engine.configuration.destination(name) else {
                throw SubmissionFault(
                    what: "The destination '\(name)' isn't configured any more", remedy: "Put destinations.d/\(name).toml back and reload")
            }
            return Outbox(destination: destination.name, path: destination.outbox)
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

    private func publish(_ records: [AcceptedRecord], _ outboxes: [Outbox], _ folder: SubmissionFolder) throws {
        let packer = BundlePacker(seal: engine.seal, submission: folder.submission)
        let packed = try engine.processors.map(records) { record in Result { try packer.pack(record, folder) } }.map { try $0.get() }
        let bundles = try Directory(folder.bundles)
        for bundle in packed {
            if try bundles.statusIfPresent(bundle.file) != nil { try bundles.unlink(bundle.file) }
            try bundles.create(bundle.file, mode: 0o440).writeAll(bundle.bytes)
        }
        for outbox in outboxes { try outbox.stage(packed) }
        try bundles.syncFileSystem()
        for outbox in outboxes { try outbox.syncIfElsewhere(than: bundles) }
        let id = folder.submission.id.text
        _ = try engine.ledger.commit(outboxes.flatMap { outbox in packed.map { $0.event(.publishing, outbox.destination, id) } })
        for outbox in outboxes { try outbox.release(packed.map { ($0.file, $0.sha256) }) }
        engine.ledger.enqueue(outboxes.flatMap { outbox in packed.map { $0.event(.published, outbox.destination, id) } })
        engine.board.advanced(id, by: records.count)
        engine.board.count { $0.published += records.count }
    }

    /// Completes what a crash cut off between the ledger's `publishing` and its `published`.
    private func finishInterrupted(_ states: [CertificateState], _ outboxes: [Outbox], _ folder: SubmissionFolder) throws {
        guard !states.isEmpty else { return }
        let id = folder.submission.id.text
        for outbox in outboxes {
            try outbox.release(states.compactMap { state in state.bundle.map { ($0, state.bundleSHA256 ?? "") } })
        }
        _ = try engine.ledger.commit(
            outboxes.flatMap { outbox in
                states.map { state in
                    Event(
                        .published, submission: id,
                        [
                            "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version),
                            "destination": .text(outbox.destination), "bundle": .text(state.bundle ?? ""),
                            "sha256": .text(state.bundleSHA256 ?? ""),
                        ])
                }
            })
    }
}
