/// What a held submission brings: the answer to `ecocctl held`.
public struct HeldReport: Codable, Sendable, Equatable {
    public var submission: String
    public var source: String
    /// The file's name.
    public var name: String
    public var receivedAt: String
    /// Who owns the dropped file.
    public var submitter: String
    /// The source's `release`.
    public var policy: String
    public var certificates: Int
    public var corrections: Int
    public var rejected: Int
    public var duplicates: Int
    public var warnings: Int
    /// How often each rule was broken, by id.
    public var findings: [String: Int]
    /// The first corrections.
    public var differences: [Difference]
    /// The first certificates, as `<VIN>-<stage>-v<version>`.
    public var samples: [String]

    /// One correction against what was published.
    public struct Difference: Codable, Sendable, Equatable {
        public var row: Int
        public var vin: String
        public var stage: Int
        public var version: Int
        /// The version that it corrects.
        public var replaces: Int
        /// The submission that brought that version.
        public var earlier: String
        /// Nil when the earlier message isn't there any more.
        public var changes: [Change]?
        /// Why there is nothing to compare with.
        public var note: String?

        public init(
            row: Int, vin: String, stage: Int, version: Int, replaces: Int, earlier: String, changes: [Change]?, note: String? = nil
        ) {
            self.row = row
            self.vin = vin
            self.stage = stage
            self.version = version
            self.replaces = replaces
            self.earlier = earlier
            self.changes = changes
            self.note = note
        }
    }

    public struct Change: Codable, Sendable, Equatable {
        /// The element's path.
        public var element: String
        /// The number of the CoC item, where there is one.
        public var item: String?
        /// Nil when the value is new.
        public var before: String?
        /// Nil when the value is gone.
        public var after: String?

        public init(element: String, item: String?, before: String?, after: String?) {
            self.element = element
            self.item = item
            self.before = before
            self.after = after
        }
    }

    public init(
        submission: String, source: String, name: String, receivedAt: String, submitter: String, policy: String, certificates: Int,
        corrections: Int, rejected: Int, duplicates: Int, warnings: Int, findings: [String: Int], differences: [Difference],
        samples: [String]
    ) {
        self.submission = submission
        self.source = source
        self.name = name
        self.receivedAt = receivedAt
        self.submitter = submitter
        self.policy = policy
        self.certificates = certificates
        self.corrections = corrections
        self.rejected = rejected
        self.duplicates = duplicates
        self.warnings = warnings
        self.findings = findings
        self.differences = differences
        self.samples = samples
    }
}
