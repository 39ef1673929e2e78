import Configuration
import Ingest
import Linux
import Spool
import Synchronization
import Validate

/// The settings that a submission was received with: read from its own copy, never from today's configuration.
enum SubmissionSource {
    static let maximumBytes = 1 << 20

    /// The settings read last, the newest first: every submission of a source has the same bytes until somebody changes them, and each stage asks
    /// again.
    private static let known = Mutex<[Known]>([])
    private static let mostKnown = 32

    private struct Known {
        let path: String
        let source: Source
    }

    static func load(_ folder: SubmissionFolder) throws -> Source {
        let bytes = try Descriptor.open(folder.profile).readAll(limit: maximumBytes)
        return try read(bytes, of: folder.submission.source)
    }

    static func read(_ bytes: [UInt8], of name: String) throws(ConfigurationRefusal) -> Source {
        let path = "\(name).toml"
        if let source = known.withLock({ $0.first { $0.path == path && $0.source.file == bytes }?.source }) { return source }
        // The name decides nothing here but messages; limits were applied when the file was taken.
        let source = try Source.read(path: path, bytes: bytes, spool: "", maximumFileBytes: .max)
        known.withLock { known in
            known.insert(Known(path: path, source: source), at: 0)
            if known.count > mostKnown { known.removeLast() }
        }
        return source
    }
}

extension Source {
    /// This program's rules as the source wants them.
    var ruleSet: RuleSet { .current.changed(by: rules) }
}
