public import Certificate

/// The values that all vehicles of one approval, type, variant and version share, as read from one file.
public struct ReferenceRecord: Sendable {
    public let key: ReferenceKey
    /// Every value with the origin `.reference`.
    public let values: FieldValues
    /// SHA-256 of `bytes`, in lower-case hexadecimal.
    public let sha256: String
    /// The name of the file.
    public let name: String
    /// The file as received.
    public let bytes: [UInt8]
    /// The days of manufacture it is for: as the file asks, or as it was activated.
    public var validity = Validity.always

    /// Enough of the digest for people.
    public var id: String { String(sha256.prefix(12)) }
}

/// Why a file is no reference record. `findings` say what to mend, each with its element and line.
public struct ReferenceRejection: Error, Sendable, CustomStringConvertible {
    public let name: String
    public let findings: [Finding]

    public init(name: String, findings: [Finding]) {
        self.name = name
        self.findings = findings
    }

    public var description: String {
        guard let first = findings.first else { return "\(name) is no reference record" }
        let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
        return "\(name) is no reference record: \(first.message)\(more)"
    }
}
