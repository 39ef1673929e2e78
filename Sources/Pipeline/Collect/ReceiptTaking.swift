import Audit
import Certificate
import Hashing
import Ingest
import Linux
import Spool

/// Takes receipts into the submissions that they answer: kept on disk, then on record, and only then removed from the outbox.
///
/// Stopped anywhere, a receipt is in the outbox, in the submission's directory, or in both, and the next look ends what was begun.
struct ReceiptTaking {
    let engine: Engine

    /// Receipts that share one sync and one commit.
    static let batch = 64
    static let maximumBytes = 1 << 20

    /// What became of one receipt.
    enum Fate: Sendable, Equatable {
        /// On record now, and removed.
        case taken(outcome: String, submission: String)
        /// These bytes were on record before; removed.
        case repeated
        /// It isn't what the look saw any more: the next look decides.
        case changed
        /// The ledger doesn't say yet that its bundle is published.
        case early
        /// Left alone for now; the rest of a sentence that begins with the file's name.
        case left(reason: String)
        case refused(RefusedEntry)
    }

    /// A receipt that is to be recorded.
    private struct Kept {
        let index: Int
        let event: Event
        let outcome: String
        let submission: String
    }

    /// - Returns: a fate for each file, in their order.
    func take(_ files: [ReadyFile]) throws -> [Fate] {
        var fates: [Fate] = []
        var kept: [Kept] = []
        var seen: Set<String> = []
        for (index, file) in files.enumerated() {
            let fate = try consider(file, index, &kept, &seen)
            fates.append(fate)
        }
        if !kept.isEmpty {
            try engine.spool.syncFileSystem()
            try engine.ledger.commit(kept.map(\.event))
        }
        var folders: Set<String> = []
        for (index, file) in files.enumerated() {
            switch fates[index] {
            case .taken, .repeated:
                do throws(SystemError) { if try remove(file) { folders.insert(file.inbox) } } catch {
                    fates[index] = .left(reason: "is taken, but can't be removed: \(error)")
                }
            default: break
            }
        }
        // One that comes back after a power cut is on record, and is removed again.
        for folder in folders { try? Directory(folder).sync() }
        return fates
    }

    private func consider(_ file: ReadyFile, _ index: Int, _ kept: inout [Kept], _ seen: inout Set<String>) throws -> Fate {
        guard let bytes = try read(file) else { return .changed }
        let content: ReceiptContent
        do { content = try ReceiptContent(name: file.name, bytes: bytes) } catch { return refuse(file, error.finding) }
        let (bundle, destination) = (content.bundle, file.entry.source)
        // The state first: what it says is published then has its delivery.
        let state = try engine.ledger.certificates(vin: bundle.vin.description).first {
            $0.stage == bundle.stage && $0.version == bundle.version
        }
        let delivery = try engine.ledger.deliveries(vin: bundle.vin.description).first {
            $0.stage == bundle.stage && $0.version == bundle.version && $0.destination == destination
        }
        guard let state, let delivery else {
            if state.map({ $0.state < .published }) ?? false { return .early }
            let message = "No bundle \(bundle.name).asice was published to '\(destination)'."
            return refuse(file, ReceiptRule.unknownBundle.finding(message))
        }
        let sha256 = SHA256.hexadecimal(of: bytes)
        let outcome = content.outcome.rawValue
        guard seen.insert("\(bundle.name) \(destination) \(sha256) \(outcome)").inserted,
            try !engine.ledger.isAcknowledged(delivery, sha256: sha256, outcome: outcome)
        else { return .repeated }
        guard let place = try keep(bytes, sha256, file, of: state.submission) else {
            return .left(reason: "belongs to submission \(state.submission), whose directory isn't in the spool")
        }
        kept.append(
            Kept(
                index: index, event: Self.event(content, delivery, state.submission, sha256, place), outcome: outcome,
                submission: state.submission))
        return .taken(outcome: outcome, submission: state.submission)
    }

    private static func event(
        _ content: ReceiptContent, _ delivery: Delivery, _ submission: String, _ sha256: String, _ place: String
    ) -> Event {
        var fields: [String: Event.Scalar] = [
            "vin": .text(delivery.vin), "stage": .number(delivery.stage), "version": .number(delivery.version),
            "destination": .text(delivery.destination), "bundle": .text(delivery.bundle), "outcome": .text(content.outcome.rawValue),
            "sha256": .text(sha256), "file": .text(place),
        ]
        fields["reference"] = content.reference.map { .text($0) }
        fields["message"] = content.message.map { .text($0) }
        return Event(.acknowledged, submission: submission, fields)
    }

    /// Nil when the file isn't the one that was looked at.
    private func read(_ file: ReadyFile) throws(SystemError) -> [UInt8]? {
        do throws(SystemError) {
            let receipt = try Directory(file.inbox).open(file.entry.name)
            let before = try receipt.status()
            guard before.kind == .regular, before.links == 1, before.isUnchanged(since: file.status) else { return nil }
            let bytes = try receipt.readAll(limit: Self.maximumBytes)
            return try receipt.status().isUnchanged(since: file.status) && bytes.count == file.status.size ? bytes : nil
        } catch {
            if error.isNotFound || error.isSymbolicLink { return nil }
            throw error
        }
    }

    /// Writes the bytes into the submission's directory, wherever it lies; a move meanwhile takes them along. Not on disk yet.
    /// - Returns: the place in that directory, or nil when there is no such directory.
    private func keep(_ bytes: [UInt8], _ sha256: String, _ file: ReadyFile, of submission: String) throws -> String? {
        guard let id = SubmissionID(submission), let stage = try engine.spool.stage(of: id) else { return nil }
        let own: Directory
        do { own = try engine.spool.open(id, in: stage) } catch {
            // Moved on in this very moment: the next look finds it.
            if error.isNotFound { return nil }
            throw error
        }
        let receipts = try Self.folder("receipts", in: own)
        let folder = try Self.folder(file.entry.source, in: receipts)
        let name = "\(sha256.prefix(16))-\(file.name)"
        if try folder.statusIfPresent(name) != nil { try folder.unlink(name) }
        let copy = try folder.create(name, mode: 0o440)
        try copy.writeAll(bytes)
        return "receipts/\(file.entry.source)/\(name)"
    }

    private static func folder(_ name: String, in parent: borrowing Directory) throws(SystemError) -> Directory {
        if try parent.statusIfPresent(name) == nil { try parent.makeDirectory(name) }
        return try parent.openDirectory(name)
    }

    /// A file that was changed meanwhile is a new receipt and stays.
    private func remove(_ file: ReadyFile) throws(SystemError) -> Bool {
        let folder = try Directory(file.inbox)
        guard let status = try folder.statusIfPresent(file.entry.name), status.isUnchanged(since: file.status) else { return false }
        try folder.unlink(file.entry.name)
        return true
    }

    private func refuse(_ file: ReadyFile, _ finding: Finding) -> Fate {
        .refused(RefusedEntry(entry: file.entry, inbox: file.inbox, status: file.status, finding: finding))
    }
}
