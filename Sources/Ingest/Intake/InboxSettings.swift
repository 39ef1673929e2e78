/// How the intake treats one inbox: the part of a source's profile that speaks of files, not of their content.
public struct InboxSettings: Sendable, Equatable {
    /// The source's name; no two inboxes share one.
    public let source: String
    /// The inbox's folder.
    public let path: String
    /// How long a file must stay as it is before it counts as settled, in seconds from 0.
    public var settleSeconds: Int
    /// The folder is a network mount: leases say nothing there.
    public var isNetworkMount: Bool
    /// How long a file that was taken lies under a hidden name where a lease can't tell whether somebody still writes to it, in seconds from 1.
    public var lingerSeconds: Int
    /// Names of files on their way; `*` stands for any characters, `?` for one.
    public var temporaryPatterns: [NamePattern]
    public var marker: MarkerPolicy
    /// A larger file is refused. Bytes.
    public var maximumBytes: Int
    /// After so many seconds without change, a file that still can't be taken is overdue.
    public var maximumWaitSeconds: Int
    /// What happens to a file that is overdue because it doesn't end as it should.
    public var incomplete: IncompletePolicy
    /// Whose files are taken; nil for anybody's who may write into the folder.
    public var owners: FileOwners?
    /// A file that others than its owner may write to is refused: it counts whose it is, for who may deliver or for who may release it.
    public var refusesSharedWriting = false

    /// What must lie beside a file before it counts as complete.
    public enum MarkerPolicy: String, Sendable, Equatable, CaseIterable {
        case none
        /// `<name>.done`
        case done
        /// `<name>.ok`
        case ok
        /// `<name>.sha256`, whose first 64 characters are the file's SHA-256.
        case sha256

        /// What a marker's name has behind the file's, or nil where no marker is asked for.
        var suffix: String? { self == .none ? nil : ".\(rawValue)" }
    }

    public enum IncompletePolicy: String, Sendable, Equatable, CaseIterable {
        /// It stays in the inbox and is reported as overdue.
        case keep
        /// It is refused.
        case reject
    }

    /// Seconds that a file must stay as it is where neither its end nor a marker says that it is whole. Transfers that break off are taken up
    /// again, or cleared away, within seconds to a minute: OpenSSH's and lftp's clients wait 15 to 30 seconds before the next try, TCP sends a
    /// lost segment again after up to a minute.
    public static let shortestSettleWithoutSign = 60

    /// Seconds. An NFS client believes what it has read of a file's size and times for up to 60 seconds (acregmax in nfs(5)).
    public static let shortestLinger = 60

    public static let defaultTemporaryPatterns = [".*", "*.tmp", "*.part", "*.partial", "*.filepart", "~*"].map(NamePattern.init)

    public init(
        source: String, path: String, settleSeconds: Int? = nil, isNetworkMount: Bool = false,
        temporaryPatterns: [NamePattern] = defaultTemporaryPatterns, marker: MarkerPolicy = .none, maximumBytes: Int = 1 << 30,
        maximumWaitSeconds: Int = 3600, incomplete: IncompletePolicy = .keep, owners: FileOwners? = nil
    ) {
        self.source = source
        self.path = path
        self.settleSeconds = max(0, settleSeconds ?? (isNetworkMount ? 30 : 2))
        self.isNetworkMount = isNetworkMount
        lingerSeconds = max(Self.shortestLinger, self.settleSeconds)
        self.temporaryPatterns = temporaryPatterns
        self.marker = marker
        self.maximumBytes = maximumBytes
        self.maximumWaitSeconds = maximumWaitSeconds
        self.incomplete = incomplete
        self.owners = owners
    }
}
