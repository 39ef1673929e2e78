import Audit
import Configuration
import Hashing
import Linux
import Publish
import Spool

/// Notices of withdrawal on their way. Each is kept in `withdrawals` of the state folder from before the ledger speaks of it until every outbox
/// that got the bundle has it: a stop in between is made good at the next start, or at the next look at the outboxes.
///
/// One at a time: whoever calls it holds `Identities.notices`.
struct NoticeDelivery {
    let engine: Engine

    /// In the state folder, and in a submission's directory, which keeps a copy.
    static let folder = "withdrawals"
    static let suffix = ".withdrawn.asice"
    private static let largest = 1 << 20

    private var state: String { engine.configuration.state }

    // MARK: Before the record

    /// Puts the notice on disk here, and in each outbox where nobody sees it.
    func prepare(_ notice: OutgoingFile, for outboxes: [Outbox]) throws {
        let pending = try Self.folder(Self.folder, in: Directory(state))
        try Self.replace(notice, in: pending)
        for outbox in outboxes {
            try outbox.lay([notice], of: notice.name, sharing: pending)
            try outbox.sync()
        }
    }

    // MARK: After it

    /// Lets the notice appear in each outbox, once, and keeps a copy beside the bundle, as long as the archive has it.
    func deliver(_ notice: OutgoingFile, of submission: String, to outboxes: [Outbox]) throws {
        try keep(notice, of: submission)
        for outbox in outboxes {
            let found = try outbox.find([(notice.name, notice.sha256)], of: notice.name)
            if !found.doubtful.isEmpty {
                engine.logger.warning("The notice \(notice.name) was removed from \(outbox.path) on its way out, and comes again")
            }
            try outbox.resume(found.released.isEmpty ? [notice] : [], found: found, of: notice.name) { engine.logger.warning("\($0)") }
        }
        try forget(notice.name, outboxes)
    }

    private func forget(_ name: String, _ outboxes: [Outbox]) throws {
        let pending = try Directory("\(state)/\(Self.folder)")
        try pending.unlink(name)
        try pending.sync()
        for outbox in outboxes { outbox.forget(name) }
    }

    private func keep(_ notice: OutgoingFile, of submission: String) throws {
        guard let id = SubmissionID(submission) else { return }
        for stage in [Stage.archive, .publish] {
            guard try Directory(engine.spool.path(stage)).statusIfPresent(id.text) != nil else { continue }
            let own = try engine.spool.open(id, in: stage)
            try Self.replace(notice, in: Self.folder(Self.folder, in: own))
        }
    }

    private static func folder(_ name: String, in parent: borrowing Directory) throws(SystemError) -> Directory {
        if try parent.statusIfPresent(name) == nil {
            try parent.makeDirectory(name)
            try parent.sync()
        }
        return try parent.openDirectory(name)
    }

    private static func replace(_ notice: OutgoingFile, in folder: borrowing Directory) throws(SystemError) {
        try folder.replacing(notice.name) { () throws(SystemError) in try folder.writeFile(notice.name, notice.bytes, mode: 0o440) }
        try folder.sync()
    }

    // MARK: After a stop in the middle

    /// Delivers what is on record, and removes what isn't. What an outbox keeps from being delivered waits for the next call.
    func finishInterrupted() throws {
        for name in try pending() {
            do { try finish(name) } catch let error as LedgerError { throw error } catch {
                engine.logger.error("The notice \(name) can't be delivered now; it is tried again at the next rescan: \(error)")
            }
        }
    }

    /// The names of the notices that wait.
    func pending() throws(SystemError) -> [String] {
        let parent = try Directory(state)
        guard try parent.statusIfPresent(Self.folder) != nil else { return [] }
        return try parent.openDirectory(Self.folder).entries().compactMap(\.text).filter { $0.hasSuffix(Self.suffix) }.sorted()
    }

    private func finish(_ name: String) throws {
        let bytes = try Directory("\(state)/\(Self.folder)").readFile(name, limit: Self.largest)
        let notice = OutgoingFile(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
        guard let withdrawn = try withdrawn(name) else {
            let outboxes = engine.configuration.destinations.map { Outbox(destination: $0.name, path: $0.outbox) }
            for outbox in outboxes { try outbox.discard(name, of: name) }
            return try forget(name, outboxes)
        }
        try deliver(notice, of: withdrawn.submission, to: outboxes(of: withdrawn))
    }

    private func withdrawn(_ name: String) throws(LedgerError) -> CertificateState? {
        try LedgerHistory(path: engine.ledger.path).certificates(vin: String(name.prefix(17))).first {
            "\($0.name)\(Self.suffix)" == name && $0.state == .withdrawn
        }
    }

    /// The outboxes of the destinations that got the bundle and are configured still, if each is the folder that it was: a notice in a folder
    /// whose file system isn't mounted would reach nobody.
    func outboxes(of certificate: CertificateState) throws -> [Outbox] {
        let history = try LedgerHistory(path: engine.ledger.path).history(vin: certificate.vin)
        let published = history.compactMap(\.entry.record).filter { record in
            record.kind == Event.Kind.published.rawValue && record.fields["stage"] == .number(certificate.stage)
                && record.fields["version"] == .number(certificate.version)
        }
        let names = Set(published.compactMap { $0.text("destination") })
        return try engine.configuration.destinations.filter { names.contains($0.name) }.map { destination in
            do { _ = try engine.outboxes.open(destination) } catch { throw ReleaseDesk.Refusal("\(error)") }
            return Outbox(destination: destination.name, path: destination.outbox)
        }
    }

    // MARK: Left by earlier versions

    /// Takes over notices that wait in an outbox itself.
    func takeOverFormer() throws {
        for destination in engine.configuration.destinations {
            // An outbox that can't be read has none: publication says so when it needs it.
            let names = (try? Directory(destination.outbox).entries().compactMap(\.text)) ?? []
            for part in names where part.hasPrefix(".") && part.hasSuffix("\(Self.suffix).part") {
                let name = String(part.dropFirst().dropLast(".part".count))
                let outbox = try Directory(destination.outbox)
                if try withdrawn(name) != nil {
                    let bytes = try outbox.readFile(part, limit: Self.largest)
                    let notice = OutgoingFile(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
                    try Self.replace(notice, in: Self.folder(Self.folder, in: Directory(state)))
                } else {
                    try outbox.unlink(part)
                }
            }
        }
    }
}
