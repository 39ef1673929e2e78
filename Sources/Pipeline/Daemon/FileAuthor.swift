import Linux
import Spool

/// Who a file of settings or reference data belongs to, and when its content was last changed: as near as a machine comes to who decided it.
struct FileAuthor: Sendable, Equatable {
    /// `uid:name`, the form of a record's actor.
    let owner: String
    /// RFC 3339, UTC. A sender may set it at will.
    let changed: String

    init(_ status: FileStatus) { self.init(status.owner, status.modified) }

    init(_ origin: Submission.Origin) { self.init(origin.owner, origin.modified) }

    private init(_ user: UInt32, _ modified: FileStatus.Time) {
        // A user that is gone, or a name service that doesn't answer, leaves the number.
        let name = (try? UserDatabase.name(of: user)) ?? nil
        owner = "\(user):\(name ?? String(user))"
        let seconds = min(max(modified.seconds, 0), 253_402_300_799)
        changed = Timestamp(milliseconds: seconds * 1000 + modified.nanoseconds / 1_000_000).text
    }
}
