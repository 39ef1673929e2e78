/// Why a bundle couldn't be built: what, and what to do about it. Two errors are equal when their codes are.
public struct BundleError: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let remedy: String

    public enum Code: String, Sendable {
        case name, duplicate, empty, size, archive, signing
    }

    init(_ code: Code, _ message: String, remedy: String) {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    public var description: String { "\(message) \(remedy)" }

    public static func == (left: BundleError, right: BundleError) -> Bool { left.code == right.code }
}

extension BundleError {
    static func unusable(_ reason: String) -> BundleError {
        BundleError(.archive, "The bundle couldn't be built: \(reason).", remedy: "Report this, with libarchive's version.")
    }
}
