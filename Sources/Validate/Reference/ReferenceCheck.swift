public import Certificate

/// What can be said of reference data when it arrives, before there is a vehicle.
public enum ReferenceCheck {
    /// The rules that judge given values, over the values of one version. What its vehicles add isn't there, so nothing is called missing.
    /// - Parameters:
    ///   - values: with the origins that `placeName` understands.
    ///   - placeName: what a person calls the place `Origin.record(n)`; it becomes the finding's column.
    ///   - receivedText: what the file has for a value; nil where it is the value itself.
    public static func findings(
        _ values: FieldValues, today: CalendarDate, ruleSet: RuleSet = .current, placeName: @escaping @Sendable (Int) -> String?,
        receivedText: @escaping @Sendable (FieldKey) -> String? = { _ in nil }
    ) -> [Finding] {
        let context = RecordContext(row: 0, today: today, columnName: placeName, receivedText: receivedText)
        return ruleSet.check(values, context: context, scope: .values).findings.map { finding in
            var finding = finding
            finding.row = nil
            return finding
        }
    }

    /// What makes values those of one vehicle or of none in particular: elements of one vehicle or message, and a key that isn't whole.
    public static func misplaced(_ values: FieldValues) -> [Finding] {
        var findings = values.fields.filter { ReferenceLibrary.ofOneVehicle.contains($0.key) }.map { field in
            ReferenceProblem.ofOneVehicle(field.key.resolve(in: .initialVehicleInformation).element.name).finding(field)
        }
        if case .missing(let names) = ReferenceKey.read(values) {
            findings += names.map { ReferenceProblem.missingKey($0).finding(nil) }
        }
        return findings
    }

    /// The date of issue changes with an extension, and with nothing else (RULES 9): what other versions of the same approval say against it.
    public static func approvalDate(_ record: ReferenceRecord, among others: [ReferenceRecord]) -> [Finding] {
        guard let issued = record.issued else { return [] }
        for other in others where other.key.isSameApproval(as: record.key) && other.sha256 != record.sha256 {
            guard let date = other.issued else { continue }
            let order = (other.key.approvalExtension ?? "", record.key.approvalExtension ?? "")
            if order.0 == order.1, date != issued {
                return [approvalDate("\(other.name) has \(date) for the same extension of the approval.", issued)]
            }
            if order.0 < order.1, date >= issued {
                return [approvalDate("\(other.name) has \(date) for the earlier extension \(order.0).", issued)]
            }
            if order.0 > order.1, date <= issued {
                return [approvalDate("\(other.name) has \(date) for the later extension \(order.0).", issued)]
            }
        }
        return []
    }

    private static func approvalDate(_ message: String, _ issued: CalendarDate) -> Finding {
        let rule = ReferenceRules.approvalDate
        return Finding(
            rule: rule.id, severity: rule.severity, element: Place.typeApprovalIssueDate.key().map { FieldPath.write($0) },
            value: "\(issued)", message: "TypeApprovalIssueDate is \(issued), but \(message)", remedy: rule.remedy)
    }

    /// REF-05 about the days of a version.
    public static func validity(_ problem: Validity.Malformed, row: Int?, column: String?) -> Finding {
        let rule = ReferenceRules.validity
        return Finding(
            rule: rule.id, severity: rule.severity, row: row, column: column, message: problem.description, remedy: rule.remedy)
    }

    /// REF-06: what became of a version that is sound.
    public static func stored(_ message: String, _ remedy: String, row: Int? = nil, column: String? = nil) -> Finding {
        let rule = ReferenceRules.stored
        return Finding(rule: rule.id, severity: rule.severity, row: row, column: column, message: message, remedy: remedy)
    }
}

extension ReferenceRecord {
    fileprivate var issued: CalendarDate? { Place.typeApprovalIssueDate.key().flatMap { values[$0] }.flatMap { CalendarDate($0) } }
}
