import Audit
import Hashing
import Linux
import Spool

/// Completes what a crash or a fault cut off between the ledger's `publishing` and its `published`.
struct InterruptedPublication {
    let engine: Engine
    let folder: SubmissionFolder

    private var id: String { folder.submission.id.text }

    func finish(_ outboxes: [Outbox]) throws {
        let states = try engine.ledger.certificates(submission: id).filter { $0.state == .publishing }
        let files = states.compactMap { state in state.bundle.map { (name: $0, sha256: state.bundleSHA256 ?? "") } }
        for outbox in outboxes { try finish(files, in: outbox) }
        _ = try engine.ledger.commit(outboxes.flatMap { outbox in states.map { published($0, outbox) } })
    }

    private func finish(_ files: [(name: String, sha256: String)], in outbox: Outbox) throws {
        let found = try outbox.find(files, of: id)
        let missing = Set(found.waiting + found.doubtful)
        let again = try files.filter { missing.contains($0.name) }.map(archived)
        if !found.doubtful.isEmpty { try note(found.doubtful, outbox) }
        try outbox.resume(again, found: found, of: id) { engine.logger.warning("\($0)") }
    }

    /// The bundle as the submission's own directory keeps it.
    private func archived(_ file: (name: String, sha256: String)) throws -> OutgoingFile {
        let bundles = try Directory(folder.bundles)
        let bytes = try bundles.statusIfPresent(file.name) == nil ? nil : bundles.readFile(file.name, limit: Outbox.largest)
        guard let bytes, SHA256.hexadecimal(of: bytes) == file.sha256 else {
            throw SubmissionFault(
                what: "bundles/\(file.name) isn't there as the ledger knows it, and it still has to be published",
                remedy: "Restore the submission's folder from a backup.")
        }
        return OutgoingFile(name: file.name, bytes: bytes, sha256: file.sha256)
    }

    /// An incident that stops nothing: the collector may get a bundle again, and a person should know.
    private func note(_ names: [String], _ outbox: Outbox) throws {
        let shown = names.prefix(5).joined(separator: ", ") + (names.count > 5 ? " and \(names.count - 5) more" : "")
        let incident = Recovery.Incident(
            submission: id,
            what:
                "while ecocd was stopped, somebody removed what was on its way into \(outbox.path) from \(StagingFolder.name) there: \(shown). "
                + "It was laid out again; what had been collected already comes a second time, byte for byte the same",
            remedy: "Find the cleaning job, virus scanner or mover that does it, and let it leave that folder alone; tell who collects.")
        try engine.spool.record([incident])
        engine.logger.critical("Incident: \(incident)")
        engine.board.incident(incident.submission, what: incident.what, remedy: incident.remedy)
    }

    private func published(_ state: CertificateState, _ outbox: Outbox) -> Event {
        Event(
            .published, submission: id,
            [
                "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version),
                "destination": .text(outbox.destination), "bundle": .text(state.bundle ?? ""), "sha256": .text(state.bundleSHA256 ?? ""),
            ])
    }
}
