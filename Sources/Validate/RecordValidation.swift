public import Certificate

/// Turns the values of one record into a checked draft. Pure: no I/O, any number of threads.
public enum RecordValidation {
    /// Lays constants, the matching reference record and the record over each other and checks the result.
    ///
    /// Without a matching reference record the record may still be complete. Where it isn't, one finding REF-01 stands for all missing
    /// elements, and only the given values are checked.
    /// - Parameters:
    ///   - record: the values of one row, with the origin `.record`.
    ///   - constants: the source's fixed values, the lowest layer.
    public static func validate(
        record: FieldValues, constants: FieldValues, library: ReferenceLibrary, ruleSet: RuleSet = .current, context: RecordContext
    ) -> CertificateDraft {
        let given = constants.overlaid(by: record)
        let match = library.record(for: given)
        if case .found(let reference) = match {
            let values = constants.overlaid(by: reference.values).overlaid(by: record)
            return CertificateDraft(values: values, reference: reference, findings: ruleSet.check(values, context: context))
        }
        let check = ruleSet.check(given, context: context, scope: .vehicle)
        let findings: [Finding]
        if !check.missing.isEmpty || context.referenceRequired {
            let ofValues = ruleSet.check(given, context: context, scope: .values).findings
            findings = [MissingReference(match, lacking: check.missing, inEmptyLibrary: library.isEmpty).finding(context)] + ofValues
        } else if library.isEmpty {
            findings = check.findings
        } else {
            findings = check.findings + [completeWithoutReference(context)]
        }
        return CertificateDraft(values: given, reference: nil, findings: findings)
    }

    private static func completeWithoutReference(_ context: RecordContext) -> Finding {
        let rule = ReferenceRules.withoutReference
        return Finding(
            rule: rule.id, severity: rule.severity, row: context.row,
            message: "No reference data matches; the record and the source's constants were complete by themselves.", remedy: rule.remedy)
    }
}
