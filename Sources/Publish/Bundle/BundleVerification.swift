public import Sign

/// What checking a bundle found: every check in order, and what may be read from it when all passed.
public struct BundleVerification: Sendable {
    /// The checks made. A check that fails ends the list when what follows would depend on it.
    public let checks: [Check]
    /// The sealed message, byte for byte; nil unless the bundle is valid.
    public let message: [UInt8]?
    /// The message's vehicle identification number; nil unless the bundle is valid.
    public let vin: String?
    /// Who sealed the message; nil unless the bundle is valid.
    public let messageSigner: VerifiedSignature?
    /// Who signed the bundle, with the time claimed; nil unless the bundle is valid.
    public let bundleSigner: VerifiedSignature?
    /// The other files of the bundle by name; empty unless the bundle is valid.
    public let files: [String: [UInt8]]

    /// One thing that was looked at.
    public struct Check: Sendable, Equatable {
        /// A short fixed name, such as `container` or `seal`.
        public let name: String
        public let passed: Bool
        /// What was found, in one sentence.
        public let detail: String
    }

    /// Whether every check was made and passed.
    public var isValid: Bool { message != nil }
}
