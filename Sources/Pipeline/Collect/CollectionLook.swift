import Audit
import Configuration
import Linux

/// One look into one outbox: which of the bundles that wait there are gone.
struct CollectionLook {
    let ledger: Ledger

    /// `collected` events in one commit.
    static let batch = 1_024

    /// What a look found, to compare with before the next.
    struct Found: Sendable, Equatable {
        /// The folder's status from before it was read; nil when it was changed so shortly before that another change may not show.
        let folder: FileStatus?
        /// Bundles that still wait.
        let remaining: Int
        let collected: Int
    }

    /// Whether a look would find what the last one found: the folder is as it was, and so is the ledger's list.
    func isUnnecessary(_ directory: borrowing Directory, _ destination: String, since last: Found?) throws -> Bool {
        guard let last, let folder = last.folder, try directory.descriptor.status().isUnchanged(since: folder) else { return false }
        return try ledger.uncollectedCount(destination: destination) == last.remaining
    }

    /// Records what is gone. What is on the ledger's list was in the folder before, so a name that isn't there now was collected; each is asked
    /// for by name once more, as a folder that changes while it is read may hide one.
    func run(_ directory: borrowing Directory, _ destination: String) throws -> Found {
        let status = try directory.descriptor.status()
        // A file system's clock goes in steps, and within one of them a folder may change twice.
        let isFresh = Timestamp.now().milliseconds / 1000 - status.changed.seconds < 3
        let names = Set(try directory.entries())
        var gone: [UncollectedBundle] = []
        var after: UncollectedBundle?
        var (remaining, collected) = (0, 0)
        while case let page = try ledger.uncollected(destination: destination, after: after), let last = page.last {
            for bundle in page {
                if let name = FileName(bundle.bundle), try names.contains(name) || directory.statusIfPresent(name) != nil {
                    remaining += 1
                } else {
                    gone.append(bundle)
                }
                if gone.count == Self.batch { collected += try record(&gone, destination) }
            }
            after = last
        }
        collected += try record(&gone, destination)
        return Found(folder: isFresh ? nil : status, remaining: remaining, collected: collected)
    }

    private func record(_ gone: inout [UncollectedBundle], _ destination: String) throws -> Int {
        guard !gone.isEmpty else { return 0 }
        try ledger.commit(gone.map { $0.collected(from: destination) })
        defer { gone = [] }
        return gone.count
    }
}
