public import Certificate

/// Turns the values of one record into a checked draft. Pure: no I/O, any number of threads.
public enum RecordValidation {
    /// The rules that speak of reference data that wasn't found.
    public static let rulesOfMissingReference: Set = [ReferenceRules.noReference.id, ReferenceRules.withoutReference.id]

    /// Lays constants, the matching reference record and the record over each other and checks the result.
    ///
    /// Where the record has another value than its reference record, the record's goes on, and REF-07 says so.
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
            var check = ruleSet.check(values, context: context, scope: .vehicle)
            let deviations = ReferenceDeviation.all(of: record, from: reference, besides: context.vehiclesOwn)
            check.report(deviations.filter { !check.flawed.contains($0.key) }, from: reference, ruleSet)
            return CertificateDraft(values: values, reference: reference, findings: check.findings)
        }
        let whole = ruleSet.check(given, context: context, scope: .vehicle)
        guard whole.missing.isEmpty, !context.referenceRequired else {
            var check = CheckContext(given, context: context, scope: .values)
            check.report(MissingReference(match, lacking: whole.missing, inEmptyLibrary: library.isEmpty))
            ruleSet.apply(to: &check)
            return CertificateDraft(values: given, reference: nil, findings: check.findings)
        }
        let note = library.isEmpty ? [] : completeWithoutReference(ruleSet, context)
        return CertificateDraft(values: given, reference: nil, findings: whole.findings + note)
    }

    private static func completeWithoutReference(_ ruleSet: RuleSet, _ context: RecordContext) -> [Finding] {
        guard let rule = ruleSet.rule(ReferenceRules.withoutReference.id) else { return [] }
        return [
            Finding(
                rule: rule.id, severity: rule.severity, row: context.row,
                message: "No reference data matches; the record and the source's constants were complete by themselves.",
                remedy: rule.remedy, change: rule.change)
        ]
    }
}
