public import Certificate
import Linux
import Spool

/// The findings that a submission's directory keeps, for who may read it.
public enum KeptFindings {
    /// The findings of one record, errors, warnings and information, as the rules gave them.
    /// - Returns: nil when no stage of the spool holds the submission.
    /// - Throws: a `SystemError` when the directory can't be read.
    public static func of(row: Int, submission: String, spool: String) throws -> [Finding]? {
        guard let id = SubmissionID(submission) else { return nil }
        for stage in [Stage.archive, .publish, .sign, .generate, .rejected] {
            let folder = "\(spool)/\(stage.rawValue)/\(id)"
            do { _ = try Directory(folder) } catch {
                if error.isNotFound { continue }
                throw error
            }
            return try FindingSheet(path: "\(folder)/\(FindingSheet.name)").findings(row: row)?.findings.map(\.finding) ?? []
        }
        return nil
    }
}
