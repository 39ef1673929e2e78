import Audit
import Certificate
import Linux
import Logging
import Validate
import Hashing

/// The reference data in force: the XML files of the spool's `reference` folder, read again when the folder changes.
final class ReferenceShelf: Sendable {
    static let maximumBytes = 16 << 20

    private struct State: Sendable {
        var seen: [String: FileStatus] = [:]
        var records: [String: ReferenceRecord] = [:]
        var library = ReferenceLibrary([])
    }

    private let path: String
    private let ledger: Ledger
    private let logger: Logger
    private let state = Monitor(State())

    init(path: String, ledger: Ledger, logger: Logger) {
        self.path = path
        self.ledger = ledger
        self.logger = logger
    }

    /// The library as the folder says now. What is new in it is in the ledger before it is used. Blocking; any thread.
    func library() throws -> ReferenceLibrary {
        try state.withLock { state in
            try refresh(&state)
            return state.library
        }
    }

    private func refresh(_ state: inout State) throws {
        let directory = try Directory(path)
        var present: [String: FileStatus] = [:]
        for name in try directory.entries().compactMap(\.text) where name.hasSuffix(".xml") && !name.hasPrefix(".") {
            present[name] = try directory.statusIfPresent(name)
        }
        guard present != state.seen else { return }
        for name in state.seen.keys where present[name] == nil { state.records[name] = nil }
        var activated: [Event] = []
        for (name, status) in present.sorted(by: { $0.key < $1.key }) where state.seen[name] != status {
            state.records[name] = nil
            guard let record = read(name, directory) else { continue }
            state.records[name] = record
            activated.append(event(record, status))
        }
        if !activated.isEmpty { _ = try ledger.commit(activated) }
        state.seen = present
        state.library = ReferenceLibrary(state.records.sorted { $0.key < $1.key }.map(\.value))
    }

    private func read(_ name: String, _ directory: borrowing Directory) -> ReferenceRecord? {
        do {
            let bytes = try directory.readFile(name, limit: Self.maximumBytes)
            return try ReferenceLibrary.read(name: name, bytes: bytes, sha256: SHA256.hexadecimal(of: bytes))
        } catch {
            logger.error("The reference file \(path)/\(name) isn't used: \(error)")
            return nil
        }
    }

    private func event(_ record: ReferenceRecord, _ status: FileStatus) -> Event {
        let author = FileAuthor(status)
        return Event(
            .referenceActivated,
            [
                "changed": .text(author.changed), "owner": .text(author.owner),
                "name": .text(record.name), "approval": .text(record.key.approval), "type": .text(record.key.type),
                "variant": .text(record.key.variant), "version": .text(record.key.version), "sha256": .text(record.sha256),
            ])
    }
}
