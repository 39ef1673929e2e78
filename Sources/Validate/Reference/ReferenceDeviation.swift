import Certificate

/// A value of a record that differs from its reference data in an element that the approval fixes: REF-07.
struct ReferenceDeviation {
    let key: FieldKey
    let element: Element
    let own: String
    let approved: String

    /// How many deviations of one record are told one by one.
    static let handful = 5
    /// How many are named where one finding tells them all.
    private static let named = 20

    /// In document order. A value that its element can't have isn't compared: CAT-01 speaks of it.
    static func all(of record: FieldValues, from reference: ReferenceRecord, besides own: VehicleElements) -> [ReferenceDeviation] {
        record.fields.compactMap { field in
            guard let approved = reference.values[field.key], approved != field.value else { return nil }
            let (element, _) = field.key.resolve(in: .initialVehicleInformation)
            guard let type = element.simpleType, !own.contains(element), !type.isSame(field.value, approved),
                type.problem(with: field.value) == nil
            else { return nil }
            return ReferenceDeviation(key: field.key, element: element, own: field.value, approved: approved)
        }
    }

    fileprivate func message(_ reference: ReferenceRecord) -> String {
        """
        \(element.name) is \(Self.shown(own, element)), but the reference data of this version has \(Self.shown(approved, element)) \
        (\(reference.name)). The certificate gets the record's value.
        """
    }

    fileprivate static func message(_ all: [ReferenceDeviation], _ reference: ReferenceRecord) -> String {
        let named = all.prefix(Self.named).map { "\($0.place) \($0.own) instead of \($0.approved)" }
        let more = all.count > Self.named ? " and \(all.count - Self.named) more" : ""
        return """
            \(all.count) values differ from the reference data of this version (\(reference.name)), and the certificate gets the record's: \
            \(named.joined(separator: ", "))\(more).
            """
    }

    /// `AxleTable[2].AxleTrack`: enough of the path to tell groups apart.
    private var place: String {
        let path = FieldPath.write(key)
        guard let first = path.firstIndex(of: "[") else { return element.name }
        let start = path[..<first].lastIndex(of: ".").map { path.index(after: $0) } ?? path.startIndex
        return String(path[start...])
    }

    private static func shown(_ value: String, _ element: Element) -> String { element.unit.map { "\(value) \($0)" } ?? "'\(value)'" }
}

extension CheckContext {
    /// Reports REF-07 as the rule set has it: each deviation of a handful, and more than that in one finding.
    mutating func report(_ deviations: [ReferenceDeviation], from reference: ReferenceRecord, _ rules: RuleSet) {
        guard let first = deviations.first, let rule = rules.rule(ReferenceRules.deviation.id) else { return }
        guard deviations.count <= ReferenceDeviation.handful else {
            return report(rule, first.element, first.key, ReferenceDeviation.message(deviations, reference), remedy: ReferenceRules.shifted)
        }
        for deviation in deviations { report(rule, deviation.element, deviation.key, deviation.message(reference)) }
    }
}
