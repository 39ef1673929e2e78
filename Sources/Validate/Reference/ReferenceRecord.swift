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
}

/// Why a file is no reference record. `findings` say what to mend, each with its element and line.
public struct ReferenceRejection: Error, Sendable, CustomStringConvertible {
    public let name: String
    public let findings: [Finding]

    public var description: String {
        guard let first = findings.first else { return "\(name) is no reference record" }
        let more = findings.count > 1 ? " (and \(findings.count - 1) more)" : ""
        return "\(name) is no reference record: \(first.message)\(more)"
    }
}
