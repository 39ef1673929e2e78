import Spool

/// Where things lie in one submission's directory (docs/spool.md).
struct SubmissionFolder: Sendable {
    let path: String
    let submission: Submission

    var original: String { "\(path)/original/\(submission.name)" }
    var profile: String { "\(path)/profile.toml" }
    var records: String { "\(path)/\(RecordSheet.name)" }
    var findings: String { "\(path)/findings.jsonl" }
    var references: String { "\(path)/reference" }
    var certificates: String { "\(path)/certificates" }
    var bundles: String { "\(path)/bundles" }

    func moved(to path: String) -> SubmissionFolder { SubmissionFolder(path: path, submission: submission) }

    func reference(_ sha256: String) -> String { "\(references)/\(sha256).xml" }
    /// Files of one certificate, by its name `<VIN>-<stage>-v<version>`.
    func unsigned(_ certificate: String) -> String { "\(certificates)/\(certificate).unsigned.xml" }
    func signed(_ certificate: String) -> String { "\(certificates)/\(certificate).xml" }
    func bundle(_ certificate: String) -> String { "\(bundles)/\(certificate).asice" }
}
