/// One IVI message as it was read.
public struct Message: Sendable {
    /// The values exactly as written, with origin `.record(line)`: the line, from 1, on which the start tag ends.
    public let values: FieldValues
    /// Whether the root holds a `ds:Signature` (its content is skipped, not checked).
    public let hasSignature: Bool
    /// What doesn't fit the schema's structure, in the order in which it stands in the message. What an error speaks of isn't in `values`.
    public let findings: [Finding]
    /// The processing instructions outside the root, in order; those of a message say nothing to ecocd.
    public let instructions: [Instruction]

    /// `<?target data?>`
    public struct Instruction: Sendable, Equatable {
        public let target: String
        public let data: String

        public init(target: String, data: String) {
            self.target = target
            self.data = data
        }
    }

    public init(values: FieldValues, hasSignature: Bool, findings: [Finding], instructions: [Instruction] = []) {
        self.instructions = instructions
        self.values = values
        self.hasSignature = hasSignature
        self.findings = findings
    }
}
