import Spool

/// What isn't in `archive` or `rejected` as the ledger has it.
public struct ArchiveFinding: Codable, Sendable, Hashable, CustomStringConvertible {
    public let submission: String
    /// A clause without full stop.
    public let what: String
    /// Whole sentences.
    public let remedy: String

    init(_ submission: String, _ what: String, remedy: String) {
        (self.submission, self.what, self.remedy) = (submission, what, remedy)
    }

    public var description: String { "\(submission): \(what). \(remedy)" }

    var incident: Recovery.Incident { Recovery.Incident(submission: submission, what: what, remedy: remedy) }
}
