public import Certificate

/// Why a whole file cannot be taken: one finding without a record. Nothing of the file may be published.
public struct FileRejection: Error, Sendable, Equatable, CustomStringConvertible {
    public let finding: Finding
    public let cause: Cause

    public enum Cause: Sendable, Equatable {
        /// The file itself: it goes back to the source.
        case content
        /// The source's profile: the file is kept until an administrator has mended the profile.
        case profile
        /// This machine could not read it: worth another try, the source can do nothing about it.
        case system
    }

    public init(_ finding: Finding, cause: Cause = .content) {
        self.finding = finding
        self.cause = cause
    }

    public var description: String { "\(finding.rule): \(finding.message) \(finding.remedy)" }
}

extension FileRejection {
    init(
        _ rule: DecodingRule, cause: Cause = .content, row: Int? = nil, column: String? = nil, value: String? = nil, _ message: String,
        remedy: String
    ) {
        self.init(
            Finding(
                rule: rule.rawValue, severity: .error, row: row, column: column, value: value, message: message, remedy: remedy),
            cause: cause)
    }
}
