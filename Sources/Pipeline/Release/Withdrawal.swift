import Audit
import Configuration
import Control
import Hashing
import Linux
import Publish
import Sign
import Spool

/// A person's word that a published certificate doesn't hold any more: the record, and a sealed notice in every outbox that got the bundle.
///
/// The notice waits in each outbox as `.<name>.part` before the ledger speaks of it, so that a start after a crash can finish or undo it.
struct Withdrawal {
    let desk: ReleaseDesk

    private var engine: Engine { desk.engine }

    static let suffix = ".withdrawn.asice"
    /// The folder in the submission's directory that keeps a copy.
    static let folder = "withdrawals"

    func run(_ certificate: ControlRequest.Certificate?, by peer: Peer, reason: String?) throws -> String {
        let reason = try desk.required(reason)
        guard let certificate, engine.board.state.read({ $0.hasBegun && !$0.isStopping }) else {
            throw ReleaseDesk.Refusal("Name a vehicle, while ecocd is at work.")
        }
        // No submission may decide meanwhile what the vehicle's newest certificate is.
        return try engine.identities.withLock { _ in
            try desk.workers.carryOut { try withdraw(chosen(certificate), by: peer, reason) }
        }
    }

    private func chosen(_ wanted: ControlRequest.Certificate) throws -> CertificateState {
        let all = try LedgerHistory(path: engine.ledger.path).certificates(vin: wanted.vin)
        guard !all.isEmpty else { throw ReleaseDesk.Refusal("The ledger knows no certificate of the vehicle \(wanted.vin).") }
        let stage = wanted.stage ?? all.filter { $0.state >= .published }.map(\.stage).max()
        let candidates = all.filter { $0.stage == stage && $0.state >= .published }
        guard let state = candidates.last(where: { wanted.version == nil || $0.version == wanted.version }) else {
            throw ReleaseDesk.Refusal("No such certificate of \(wanted.vin) is published. 'ecocctl show \(wanted.vin)' tells what is.")
        }
        guard state.state != .withdrawn else { throw ReleaseDesk.Refusal("\(state.name) was withdrawn before.") }
        return state
    }

    private func withdraw(_ state: CertificateState, by peer: Peer, _ reason: String) throws -> String {
        let notice = try notice(state, reason)
        let outboxes = try destinations(of: state).compactMap { try engine.configuration.destination($0).map(inUse) }
        for outbox in outboxes { try Self.stage(notice, in: outbox) }
        _ = try engine.ledger.commit([
            Event(
                .withdrawn, submission: state.submission, actor: peer.actor,
                [
                    "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version), "reason": .text(reason),
                    "notice": .text(notice.name), "sha256": .text(SHA256.hexadecimal(of: notice.bytes)),
                ])
        ])
        try Self.keep(notice, of: state.submission, engine)
        for outbox in outboxes { try Self.show(notice.name, in: outbox) }
        engine.logger.notice("\(peer.name) withdrew \(state.name): \(reason)")
        return "Withdrawn: \(state.name). The notice \(notice.name) lies in \(outboxes.count) outboxes."
    }

    /// The outbox, if it is the folder that it was: a notice in a folder whose file system isn't mounted would reach nobody.
    private func inUse(_ destination: Configuration.Destination) throws -> String {
        do { _ = try engine.outboxes.open(destination) } catch { throw ReleaseDesk.Refusal("\(error)") }
        return destination.outbox
    }

    /// The destinations that got the bundle.
    private func destinations(of state: CertificateState) throws(LedgerError) -> [String] {
        let history = try LedgerHistory(path: engine.ledger.path).history(vin: state.vin)
        let published = history.compactMap(\.entry.record).filter { record in
            record.kind == Event.Kind.published.rawValue && record.fields["stage"] == .number(state.stage)
                && record.fields["version"] == .number(state.version)
        }
        return Set(published.compactMap { $0.text("destination") }).sorted()
    }

    private func notice(_ state: CertificateState, _ reason: String) throws -> BundleEntry {
        let now = Timestamp.now()
        let content = FlatObject([
            "v": 1, "vin": .text(state.vin), "stage": .number(state.stage), "version": .number(state.version),
            "reference-id": .text(state.referenceID ?? ""), "sha256": .text(state.xmlSHA256 ?? ""), "bundle": .text(state.bundle ?? ""),
            "bundle-sha256": .text(state.bundleSHA256 ?? ""), "reason": .text(reason), "withdrawn-at": .text(now.text),
        ])
        let bytes = try BundleWriter.writeNotice(
            BundleEntry(name: "withdrawal.json", bytes: content.bytes), modified: now.milliseconds / 1000
        ) { manifest throws(SealError) in
            try engine.seal.manifests.sign(manifest, signingTime: now.milliseconds / 1000)
        }
        return BundleEntry(name: "\(state.name)\(Self.suffix)", bytes: bytes)
    }

    // MARK: Files

    private static func stage(_ notice: BundleEntry, in outbox: String) throws(SystemError) {
        let directory = try Directory(outbox)
        let part = part(notice.name)
        if try directory.statusIfPresent(part) != nil { try directory.unlink(part) }
        let file = try directory.create(part, mode: 0o440)
        try file.writeAll(notice.bytes)
        try file.setMode(0o440)
        try file.sync()
        try directory.sync()
    }

    private static func show(_ name: String, in outbox: String) throws(SystemError) {
        let directory = try Directory(outbox)
        try directory.rename(part(name), to: directory, as: name)
        try directory.sync()
    }

    /// Beside the bundle, as long as the archive has it.
    private static func keep(_ notice: BundleEntry, of submission: String, _ engine: Engine) throws {
        guard let id = SubmissionID(submission) else { return }
        for stage in [Stage.archive, .publish] where try engine.spool.submissions(in: stage).contains(id) {
            try keep(notice, in: engine.spool.path(stage, id))
        }
    }

    private static func keep(_ notice: BundleEntry, in submission: String) throws(SystemError) {
        let own = try Directory(submission)
        if try own.statusIfPresent(folder) == nil { try own.makeDirectory(folder) }
        let notices = try own.openDirectory(folder)
        if try notices.statusIfPresent(notice.name) != nil { try notices.unlink(notice.name) }
        try notices.writeFile(notice.name, notice.bytes, mode: 0o440)
        try notices.sync()
        try own.sync()
    }

    /// At the start: notices on record appear, others are removed.
    static func finishInterrupted(_ engine: Engine) throws {
        for destination in engine.configuration.destinations {
            for name in waiting(in: destination.outbox) { try finish(name, in: destination.outbox, engine) }
        }
    }

    /// The names of the notices that wait there. An outbox that can't be read has none: publication says so when it needs it.
    private static func waiting(in outbox: String) -> [String] {
        let files = (try? Directory(outbox).entries().compactMap(\.text)) ?? []
        return files.filter { $0.hasPrefix(".") && $0.hasSuffix("\(suffix).part") }.map { String($0.dropFirst().dropLast(".part".count)) }
    }

    private static func finish(_ name: String, in outbox: String, _ engine: Engine) throws {
        let states = try LedgerHistory(path: engine.ledger.path).certificates(vin: String(name.prefix(17)))
        guard let state = states.first(where: { "\($0.name)\(suffix)" == name && $0.state == .withdrawn }) else {
            return try Directory(outbox).unlink(part(name))
        }
        let bytes = try Directory(outbox).readFile(part(name), limit: 1 << 20)
        try keep(BundleEntry(name: name, bytes: bytes), of: state.submission, engine)
        try show(name, in: outbox)
    }

    private static func part(_ name: String) -> String { ".\(name).part" }
}

extension CertificateState {
    /// `<VIN>-<stage>-v<version>`.
    var name: String { "\(vin)-\(stage)-v\(version)" }
}
