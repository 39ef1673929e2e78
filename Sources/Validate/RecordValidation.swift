public import Certificate

/// Turns the values of one record into a checked draft. Pure: no I/O, any thread.
public enum RecordValidation {
    /// - Parameters:
    ///   - record: the values of one row, each with the origin `.record`.
    ///   - constants: the source's fixed values, the lowest layer.
    public static func validate(
        record: FieldValues, constants: FieldValues, library: ReferenceLibrary, ruleSet: RuleSet = .current, context: RecordContext
    ) -> CertificateDraft {
        let values = constants.overlaid(by: record)
        return CertificateDraft(values: values, reference: nil, findings: ruleSet.check(values, context: context))
    }
}
