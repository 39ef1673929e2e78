import Linux
import Spool

/// Where things lie in one submission's directory (docs/spool.md).
struct SubmissionFolder: Sendable {
    let path: String
    let submission: Submission

    var original: String { "\(path)/original/\(submission.name)" }
    var profile: String { "\(path)/profile.toml" }
    var records: String { "\(path)/\(RecordSheet.name)" }
    var findings: String { "\(path)/\(FindingSheet.name)" }
    var references: String { "\(path)/reference" }
    var certificates: String { "\(path)/certificates" }
    var bundles: String { "\(path)/bundles" }

    func moved(to path: String) -> SubmissionFolder { SubmissionFolder(path: path, submission: submission) }

    func reference(_ sha256: String) -> String { "\(references)/\(sha256).xml" }
    /// Every accepted record's unsigned message, in row order.
    var unsigned: String { "\(certificates)/unsigned.pack" }
    /// The endings of the files in `certificates` with signed messages, one a batch, each named after its first row.
    static let sealedSuffix = ".sealed.pack"

    /// The names of those files, in row order; none once they were removed after publication.
    func sealedPacks() throws(SystemError) -> [String] {
        guard try Directory(path).statusIfPresent("certificates") != nil else { return [] }
        return try Directory(certificates).entries().compactMap(\.text).filter { $0.hasSuffix(Self.sealedSuffix) }.sorted {
            (Int($0.dropLast(Self.sealedSuffix.count)) ?? 0) < (Int($1.dropLast(Self.sealedSuffix.count)) ?? 0)
        }
    }
}
