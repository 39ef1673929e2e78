/// Where a submission stands: the name of the folder that its directory lies in.
public enum Stage: String, Sendable, Hashable, CaseIterable {
    /// Being put together by the intake; nothing is recorded of it yet.
    case tmp
    case ingest, validate, generate, hold, sign, publish
    /// The end of a submission of which nothing was published.
    case rejected
    /// The end of every other one.
    case archive

    /// Permission bits of the stage's folder: the ends may be read by the audit group, the rest by nobody else.
    var mode: UInt32 {
        switch self {
        case .rejected, .archive: 0o750
        default: 0o700
        }
    }
}
