/// What the daemon says of itself: the answer to `ecocctl status`.
public struct StatusReport: Codable, Sendable, Equatable {
    /// False until recovery is over, and while an incident waits for an administrator.
    public var ready: Bool
    /// How far the daemon has come. Nil from a daemon before this field.
    public var phase: Phase?
    /// Nothing in work, nothing ready to be taken, every decision on disk.
    public var idle: Bool
    public var version: String
    public var sources: [Source]
    public var destinations: [Destination]
    /// Submissions in each stage directory that aren't finished.
    public var stages: [String: Int]
    public var working: [Work]
    public var waiting: [Waiting]
    public var incidents: [Incident]
    public var reference: References
    public var seal: Seal
    public var ledger: LedgerState
    public var totals: Totals
    public var archive: Archive?
    /// Nil from a daemon before this field, and for strangers.
    public var settings: Settings?
    /// How many there are of what the lists show the beginning of. Nil from a daemon before this field.
    public var counts: Counts?
    /// True when names and reasons are left out, because the asker may not see them.
    public var isReduced: Bool?

    enum CodingKeys: String, CodingKey {
        case ready, phase, idle, version, sources, destinations, stages, working, waiting, incidents, reference, seal, ledger, totals
        case counts, archive, settings
        case isReduced = "reduced"
    }

    public enum Phase: String, Codable, Sendable {
        /// Folders and ledger are brought together; nothing is taken yet.
        case recovering
        /// Nothing is taken before an administrator has looked at the incidents.
        case waiting
        case working
        case stopping
    }

    /// What is on disk against what is in force.
    public struct Settings: Codable, Sendable, Equatable {
        /// Of `ecocd.toml`.
        public var path: String
        /// SHA-256 over names and contents of all files in force.
        public var inForce: String
        /// When they were read.
        public var since: String
        /// The same of what is on disk now; nil where it can't be read.
        public var onDisk: String?
        public var agree: Bool
        /// Why the last reload was refused, until disk and force agree.
        public var refusal: Refusal?

        public struct Refusal: Codable, Sendable, Equatable {
            public var at: String
            /// A fault a line.
            public var message: String

            public init(at: String, message: String) {
                self.at = at
                self.message = message
            }
        }

        public init(path: String, inForce: String, since: String, onDisk: String?, agree: Bool, refusal: Refusal?) {
            (self.path, self.inForce, self.since, self.onDisk) = (path, inForce, since, onDisk)
            (self.agree, self.refusal) = (agree, refusal)
        }
    }

    public struct Source: Codable, Sendable, Equatable {
        public var name: String
        public var inbox: String
        /// `events` (inotify answers), `polling` (found by rescan only), or `unreachable` (not there, or not to be read).
        public var mode: String
        /// Why nothing can be taken from it now, or nil.
        public var problem: String?
        /// What its folder says against its settings, in whole sentences.
        public var notes: [String]?

        public init(name: String, inbox: String, mode: String, problem: String? = nil, notes: [String] = []) {
            self.problem = problem
            self.notes = notes
            self.name = name
            self.inbox = inbox
            self.mode = mode
            self.problem = problem
        }
    }

    public struct Destination: Codable, Sendable, Equatable {
        public var name: String
        public var outbox: String
        /// Bundles that were published there and, as far as the ledger knows, not collected; nil when it can't be asked.
        public var uncollected: Int?
        /// Why nothing can be said of it now, or nil.
        public var problem: String?

        public init(name: String, outbox: String, uncollected: Int?, problem: String?) {
            self.name = name
            self.outbox = outbox
            self.uncollected = uncollected
            self.problem = problem
        }
    }

    public struct Work: Codable, Sendable, Equatable {
        public var submission: String
        public var source: String
        public var name: String
        public var stage: String
        /// Records or certificates of this stage that are done.
        public var done: Int

        public init(submission: String, source: String, name: String, stage: String, done: Int) {
            self.submission = submission
            self.source = source
            self.name = name
            self.stage = stage
            self.done = done
        }
    }

    /// A file in an inbox that isn't taken yet.
    public struct Waiting: Codable, Sendable, Equatable {
        public var source: String
        public var name: String
        public var reason: String
        public var seconds: Int

        public init(source: String, name: String, reason: String, seconds: Int) {
            self.source = source
            self.name = name
            self.reason = reason
            self.seconds = seconds
        }
    }

    public struct Incident: Codable, Sendable, Equatable {
        public var submission: String
        /// A clause without full stop.
        public var what: String
        /// Whole sentences.
        public var remedy: String

        public init(submission: String, what: String, remedy: String) {
            self.submission = submission
            self.what = what
            self.remedy = remedy
        }
    }

    /// Versions of reference data.
    public struct References: Codable, Sendable, Equatable {
        /// Those that vehicles get.
        public var inForce: Int
        /// Those that wait for a person's activation.
        public var received: Int

        public init(inForce: Int, received: Int) {
            self.inForce = inForce
            self.received = received
        }
    }

    public struct Seal: Codable, Sendable, Equatable {
        public var subject: String
        public var certificateSHA256: String
        /// The earliest end on the path from the seal certificate to a trusted one.
        public var notAfter: String
        /// Whole days until then; negative afterwards.
        public var daysLeft: Int
        /// The certificate above the seal's that ends first; nil while that is the seal's own.
        public var endsFirst: String?
        /// Why nothing can be sealed now, or nil.
        public var problem: String?

        public init(
            subject: String, certificateSHA256: String, notAfter: String, daysLeft: Int, endsFirst: String? = nil, problem: String? = nil
        ) {
            self.subject = subject
            self.certificateSHA256 = certificateSHA256
            self.notAfter = notAfter
            self.daysLeft = daysLeft
            self.endsFirst = endsFirst
            self.problem = problem
        }
    }

    public struct LedgerState: Codable, Sendable, Equatable {
        public var path: String
        /// The open volume's name.
        public var origin: String
        /// Why the ledger refuses to write, or nil.
        public var failure: String?
        /// How long its newest commits took.
        public var commits: Commits?
        /// Why commits are slow or wait now, as a clause; nil when they don't.
        public var problem: String?
        /// The largest head that somebody outside signed, or nil.
        public var anchored: Anchored?

        public struct Anchored: Codable, Sendable, Equatable {
            /// Entries that the head covers.
            public var size: Int
            public var time: String
            public var authority: String

            public init(size: Int, time: String, authority: String) {
                self.size = size
                self.time = time
                self.authority = authority
            }
        }

        /// From the transaction's begin to the end of its sync.
        public struct Commits: Codable, Sendable, Equatable {
            /// How many are looked back at: the newest 64 at most.
            public var count: Int
            public var medianMilliseconds: Double
            public var longestMilliseconds: Double

            public init(count: Int, medianMilliseconds: Double, longestMilliseconds: Double) {
                (self.count, self.medianMilliseconds, self.longestMilliseconds) = (count, medianMilliseconds, longestMilliseconds)
            }
        }

        public init(
            path: String, origin: String, failure: String?, commits: Commits? = nil, problem: String? = nil, anchored: Anchored? = nil
        ) {
            self.commits = commits
            self.problem = problem
            self.origin = origin
            self.path = path
            self.failure = failure
            self.anchored = anchored
        }
    }

    /// What the newest check of `archive` and `rejected` came to.
    public struct Archive: Codable, Sendable, Equatable {
        /// When the last whole check ended; nil before the first one.
        public var checkedAt: String?
        /// Submissions that were compared, in the check under way if there is one.
        public var submissions: Int
        /// What isn't as the ledger has it, and nobody has acknowledged.
        public var findings: Int

        public init(checkedAt: String?, submissions: Int, findings: Int) {
            (self.checkedAt, self.submissions, self.findings) = (checkedAt, submissions, findings)
        }
    }

    /// Since the daemon started.
    public struct Totals: Codable, Sendable, Equatable {
        public var submissions: Int
        public var published: Int
        public var rejected: Int
        public var duplicates: Int

        public init(submissions: Int = 0, published: Int = 0, rejected: Int = 0, duplicates: Int = 0) {
            self.submissions = submissions
            self.published = published
            self.rejected = rejected
            self.duplicates = duplicates
        }
    }

    public init(
        ready: Bool, phase: Phase, idle: Bool, version: String, sources: [Source], destinations: [Destination], stages: [String: Int],
        working: [Work],
        waiting: [Waiting],
        incidents: [Incident], reference: References, seal: Seal, ledger: LedgerState, totals: Totals, counts: Counts? = nil
    ) {
        self.counts = counts
        self.ready = ready
        self.phase = phase
        self.idle = idle
        self.version = version
        self.sources = sources
        self.destinations = destinations
        self.stages = stages
        self.working = working
        self.waiting = waiting
        self.incidents = incidents
        self.reference = reference
        self.seal = seal
        self.ledger = ledger
        self.totals = totals
    }
}
