public import Certificate

/// What the ERP gets back for one submission (docs/return-report.md).
public enum ReturnReport {
    /// What holds for the whole submission.
    public struct Summary: Sendable, Equatable {
        public let submission: String
        public let source: String
        /// The name under which the source dropped the file.
        public let file: String
        /// Lower-case hexadecimal SHA-256 of the file as received.
        public let sha256: String
        /// RFC 3339, UTC.
        public let receivedAt: String
        public let outcome: Outcome
        public let counts: Counts
        /// For a duplicate: the submission that brought the same bytes first.
        public let firstSubmission: String?
        public let ruleSetVersion: String
        /// Findings about the file as a whole.
        public let findings: [Finding]

        public init(
            submission: String, source: String, file: String, sha256: String, receivedAt: String, outcome: Outcome, counts: Counts,
            firstSubmission: String? = nil, ruleSetVersion: String, findings: [Finding] = []
        ) {
            self.submission = submission
            self.source = source
            self.file = file
            self.sha256 = sha256
            self.receivedAt = receivedAt
            self.outcome = outcome
            self.counts = counts
            self.firstSubmission = firstSubmission
            self.ruleSetVersion = ruleSetVersion
            self.findings = findings
        }
    }

    public enum Outcome: String, Sendable, Equatable, CaseIterable {
        /// All records were published.
        case published
        /// The valid records were published, the others returned.
        case partlyPublished = "partly-published"
        case rejected
        /// The valid records wait for a person's release; another report follows.
        case held
        /// The same bytes came before.
        case duplicate
        /// Reference data: sound, and on record. The findings say what became of each version.
        case stored
    }

    public struct Counts: Sendable, Equatable {
        public let records: Int
        public let published: Int
        public let rejected: Int
        public let duplicates: Int
        public let warnings: Int

        public init(records: Int = 0, published: Int = 0, rejected: Int = 0, duplicates: Int = 0, warnings: Int = 0) {
            self.records = records
            self.published = published
            self.rejected = rejected
            self.duplicates = duplicates
            self.warnings = warnings
        }
    }

    /// What became of one record.
    public struct Entry: Sendable, Equatable {
        public let row: Int
        public let vin: String?
        public let status: Status
        public let certificate: Certificate?
        public let findings: [Finding]

        public init(row: Int, vin: String?, status: Status, certificate: Certificate? = nil, findings: [Finding] = []) {
            self.row = row
            self.vin = vin
            self.status = status
            self.certificate = certificate
            self.findings = findings
        }
    }

    public enum Status: String, Sendable, Equatable, CaseIterable {
        case published, rejected, duplicate, held
        /// Good in itself, but not published because the submission as a whole was rejected.
        case notPublished = "not-published"
    }

    /// The certificate that a record became.
    public struct Certificate: Sendable, Equatable {
        /// `<VIN>-<stage>-v<version>`.
        public let name: String
        public let stage: Int
        public let version: Int
        /// The bundle's file name in the outbox; nil when none was written.
        public let bundle: String?

        public init(name: String, stage: Int, version: Int, bundle: String? = nil) {
            self.name = name
            self.stage = stage
            self.version = version
            self.bundle = bundle
        }
    }
}
