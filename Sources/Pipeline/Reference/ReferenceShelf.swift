import Audit
import Certificate
import Linux
import Synchronization
import Validate

/// The reference data in force, as the ledger says and the store has it. Any thread.
final class ReferenceShelf: Sendable {
    private struct State: Sendable {
        /// Every version that was needed so far, by its digest.
        var records: [String: ReferenceRecord] = [:]
        var library = ReferenceLibrary()
        var counts = (inForce: 0, received: 0)
    }

    let store: ReferenceStore
    private let ledger: Ledger
    /// Held while it is decided what is in force, until the ledger has it.
    private let deciding = Mutex(())
    private let state = Monitor(State())

    init(store: ReferenceStore, ledger: Ledger) {
        self.store = store
        self.ledger = ledger
    }

    var library: ReferenceLibrary { state.read(\.library) }

    var counts: (inForce: Int, received: Int) { state.read(\.counts) }

    /// Brings the library to what the ledger says.
    /// - Returns: versions on record whose file can't be used, each with the reason.
    @discardableResult
    func load() throws -> [(version: ReferenceVersion, reason: String)] {
        let versions = try ledger.referenceVersions()
        var records: [ReferenceRecord] = []
        var waiting: [ReferenceKey: [String]] = [:]
        var unusable: [(ReferenceVersion, String)] = []
        for version in versions {
            if version.state == .received { waiting[version.key, default: []].append(version.id) }
            guard version.isInForce else { continue }
            do {
                var record = try record(of: version)
                record.validity = try version.validity
                records.append(record)
            } catch { unusable.append((version, "\(error)")) }
        }
        let library = ReferenceLibrary(records, waiting: waiting)
        state.withLock { state in
            state.library = library
            state.counts = (records.count, versions.count { $0.state == .received })
        }
        return unusable
    }

    /// What the file of a version says.
    func record(of version: ReferenceVersion) throws -> ReferenceRecord {
        if let known = state.read({ $0.records[version.sha256] }) { return known }
        let record = try ReferenceLibrary.read(name: version.name, bytes: store.read(version.sha256), sha256: version.sha256)
        state.withLock { $0.records[version.sha256] = record }
        return record
    }

    /// Decides what is in force, one after the other: `body` works out the change, puts files on disk and commits the events; the library
    /// follows.
    func decide<Answer>(_ body: (inout ReferenceDecision) throws -> Answer) throws -> Answer {
        try deciding.withLock { _ in
            var decision = ReferenceDecision(try ledger.referenceVersions())
            let answer = try body(&decision)
            try load()
            return answer
        }
    }
}
