import Configuration
import Ingest
import Linux
import Spool
import Validate

/// The settings that a submission was received with: read from its own copy, never from today's configuration.
enum SubmissionSource {
    static let maximumBytes = 1 << 20

    static func load(_ folder: SubmissionFolder) throws -> Source {
        let bytes = try Descriptor.open(folder.profile).readAll(limit: maximumBytes)
        // The name decides nothing here but messages; limits were applied when the file was taken.
        return try Source.read(
            path: "\(folder.submission.source).toml", bytes: bytes, spool: "", maximumFileBytes: .max)
    }
}

extension Source {
    /// This program's rules as the source wants them.
    var ruleSet: RuleSet { .current.changed(by: rules) }
}
