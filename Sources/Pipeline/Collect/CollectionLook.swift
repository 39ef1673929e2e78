import Audit
import Configuration
import Linux

/// One look into one outbox: which of the bundles that wait there are gone.
struct CollectionLook {
    let ledger: Ledger

    /// Bundles of one page, and `collected` events in one commit.
    private static let page = 1_024

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

    /// How far a look has come that takes several turns.
    struct Pass: Sendable {
        /// The folder's status and names from the look's beginning.
        let status: FileStatus
        let isFresh: Bool
        let names: Set<FileName>
        var after: UncollectedBundle?
        var remaining = 0
        var collected = 0

        init(_ directory: borrowing Directory) throws(SystemError) {
            status = try directory.descriptor.status()
            // A file system's clock goes in steps, and within one of them a folder may change twice.
            isFresh = Timestamp.now().milliseconds / 1000 - status.changed.seconds < 3
            names = Set(try directory.entries())
        }
    }

    /// Records what is gone. What is on the ledger's list was in the folder before, so a name that isn't there now was collected; each is asked
    /// for by name once more, as a folder that changes while it is read may hide one.
    /// - Parameters:
    ///   - pass: where the look goes on; nil begins one. Left behind where it didn't come to its end.
    ///   - time: when it stops, in CLOCK_MONOTONIC nanoseconds; one page of the list is looked at in any case.
    /// - Returns: nil when it isn't at its end.
    func run(
        _ directory: borrowing Directory, _ destination: String, _ pass: inout Pass?, until time: UInt64 = .max
    ) throws -> Found? {
        var now = try pass ?? Pass(directory)
        while case let page = try ledger.uncollected(destination: destination, after: now.after, limit: Self.page), let last = page.last {
            var gone: [UncollectedBundle] = []
            for bundle in page {
                if let name = FileName(bundle.bundle), try now.names.contains(name) || directory.statusIfPresent(name) != nil {
                    now.remaining += 1
                } else {
                    gone.append(bundle)
                }
            }
            if !gone.isEmpty { try ledger.commit(gone.map { $0.collected(from: destination) }) }
            now.collected += gone.count
            now.after = last
            if MonotonicClock.now() >= time {
                pass = now
                return nil
            }
        }
        pass = nil
        return Found(folder: now.isFresh ? nil : now.status, remaining: now.remaining, collected: now.collected)
    }
}
