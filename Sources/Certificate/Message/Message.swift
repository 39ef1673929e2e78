/// One IVI message as it was read.
public struct Message: Sendable {
    /// The values exactly as written, with origin `.record(line)`: the line, from 1, on which the start tag ends.
    public let values: FieldValues
    /// Whether the root holds a `ds:Signature` (its content is skipped, not checked).
    public let hasSignature: Bool
    /// What doesn't fit the schema's structure, in the order in which it stands in the message. What an error speaks of isn't in `values`.
    public let findings: [Finding]

    public init(values: FieldValues, hasSignature: Bool, findings: [Finding]) {
        self.values = values
        self.hasSignature = hasSignature
        self.findings = findings
    }
}
