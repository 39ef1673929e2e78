public import Certificate
public import Linux

/// One entry of one inbox.
public struct InboxEntry: Sendable, Hashable {
    public let source: String
    public let name: FileName

    public init(source: String, name: FileName) {
        self.source = source
        self.name = name
    }
}

/// Whether a file's content ends as its format asks.
public enum StructuralState: Sendable, Equatable {
    case complete
    /// `reason` is the rest of a sentence that begins with the file's name.
    case incomplete(reason: String)
}

/// A file that is complete as far as anybody can tell, to be claimed.
public struct ReadyFile: Sendable, Equatable {
    public let entry: InboxEntry
    /// The inbox's folder.
    public let inbox: String
    /// The name as text: a name that isn't UTF-8 is refused before.
    public let name: String
    /// As the scan saw it; a claim takes the file only while it is still so.
    public let status: FileStatus
    public let marker: Marker?

    /// The companion that says that the file is complete.
    public struct Marker: Sendable, Equatable {
        public let name: String
        public let status: FileStatus
        /// What the file's SHA-256 must be, in lower-case hexadecimal digits; nil for a marker without content.
        public let sha256: String?
    }
}

/// A file that stays in its inbox for now.
public struct WaitingFile: Sendable, Equatable {
    public let entry: InboxEntry
    /// The rest of a sentence that begins with the file's name.
    public let reason: String
    /// Since when the file is as it is: CLOCK_MONOTONIC in nanoseconds.
    public let since: UInt64
    /// The source's longest wait is over: somebody should look.
    public let isOverdue: Bool

    /// The longest unchanged first; among those of one look, by name.
    public static func isOlder(_ left: WaitingFile, _ right: WaitingFile) -> Bool {
        left.since == right.since ? isBefore(left, right) : left.since < right.since
    }

    /// By name, byte by byte.
    static func isBefore(_ left: WaitingFile, _ right: WaitingFile) -> Bool {
        left.entry.name.bytes.lexicographicallyPrecedes(right.entry.name.bytes)
    }
}

/// What lies in the inboxes and isn't in the spool yet.
public struct WaitingFiles: Sendable, Equatable {
    /// In no order.
    public internal(set) var files: [WaitingFile] = []
    /// By source, files on their way beyond those in `files`: their number as of the last look into the whole inbox.
    public internal(set) var more: [String: Int] = [:]

    /// Nothing waits.
    public init() {}
}

/// An entry that will never be taken, to be put aside by `Claim.refuse`.
public struct RefusedEntry: Sendable, Equatable {
    public let entry: InboxEntry
    public let inbox: String
    /// As the scan saw it.
    public let status: FileStatus
    public let finding: Finding

    public init(entry: InboxEntry, inbox: String, status: FileStatus, finding: Finding) {
        (self.entry, self.inbox, self.status, self.finding) = (entry, inbox, status, finding)
    }
}

/// What one look into the inboxes found.
public struct ScanResult: Sendable, Equatable {
    /// Oldest first, by the time of the last change.
    public internal(set) var ready: [ReadyFile] = []
    public internal(set) var waiting: [WaitingFile] = []
    public internal(set) var refused: [RefusedEntry] = []
    /// Inboxes that couldn't be read. The others were looked at all the same.
    public internal(set) var failures: [InboxFailure] = []
    /// When to look again even if no event comes, in CLOCK_MONOTONIC nanoseconds; nil when nothing waits for time to pass.
    public internal(set) var nextLook: UInt64?

    public struct InboxFailure: Sendable, Equatable {
        public let source: String
        public let error: SystemError
    }

    mutating func look(at time: UInt64) { nextLook = min(nextLook ?? time, time) }
}
