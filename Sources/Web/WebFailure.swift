/// Why a server outside gave no answer that could be used.
public struct WebFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let reason: Reason
    /// One sentence that names the address.
    public let description: String

    public enum Reason: Sendable, Equatable {
        /// Not reached, or not in time, or its certificate isn't trusted.
        case transport
        /// It answered more than was asked for.
        case tooLarge
        /// This machine has no memory left, or the library refuses an option.
        case library
    }

    init(_ reason: Reason, _ description: String) {
        self.reason = reason
        self.description = description
    }
}
