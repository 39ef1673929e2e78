/// Why a time-stamp isn't accepted. Two failures are equal when their codes are.
public struct TimeStampFailure: Error, Sendable, Equatable, CustomStringConvertible {
    public let code: Code
    /// What is wrong, in one sentence.
    public let message: String
    /// What to do about it, in one sentence.
    public let remedy: String

    public enum Code: String, Sendable, CaseIterable {
        /// Not a response, or not a token.
        case malformed
        /// The authority answered that it gives no token.
        case rejected
        /// The token answers another question.
        case nonce
        /// The token is over other bytes.
        case imprint
        case policy
        /// SHA-1, or a digest that nobody knows.
        case algorithm
        /// The authority's certificate isn't one for time-stamps alone.
        case usage
        case untrusted
        /// The bytes aren't those that the authority signed, or its certificate isn't the one that it named.
        case signature
        /// The time lies too far from now.
        case skew
        /// OpenSSL itself failed.
        case verifier
    }

    init(_ code: Code, _ message: String, remedy: String = "Ask again; if it stays, ask who runs the authority.") {
        self.code = code
        self.message = message
        self.remedy = remedy
    }

    public var description: String { "\(message) \(remedy)" }

    /// Whether the token can't be the evidence of these bytes whomever one trusts.
    public var isBroken: Bool {
        switch code {
        case .malformed, .imprint, .signature: true
        case .rejected, .nonce, .policy, .algorithm, .usage, .untrusted, .skew, .verifier: false
        }
    }

    public static func == (left: TimeStampFailure, right: TimeStampFailure) -> Bool { left.code == right.code }

    static func verifier(_ reason: String) -> TimeStampFailure {
        TimeStampFailure(.verifier, "The time-stamp couldn't be checked: \(reason).", remedy: "Try again; if it stays, report it.")
    }
}
