import Certificate

/// One record under the rules: its values, what is known about the vehicle, and the findings so far.
struct CheckContext {
    let values: FieldValues
    let record: RecordContext
    let vehicle: Vehicle
    let scope: Rule.Scope
    private(set) var findings: [Finding] = []
    /// The names of required elements and groups that are missing, in document order; collected in every scope.
    private(set) var missing: [String] = []
    /// The values that begin or end a range, in document order.
    var rangeEnds: [FieldKey] = []
    /// The values that an error about their characters speaks of already.
    var flawed: Set<FieldKey> = []
    /// The rule that reports now.
    var rule: Rule?

    init(_ values: FieldValues, context: RecordContext, scope: Rule.Scope) {
        self.values = values
        self.scope = scope
        record = context
        vehicle = Vehicle(values)
    }

    func text(_ place: Place, _ indices: [Int] = []) -> String? {
        place.key(indices).flatMap { values[$0] }
    }

    /// A whole number; nil where there is none, or text that the catalogue check has reported already.
    func number(_ place: Place, _ indices: [Int] = []) -> Int? {
        text(place, indices).flatMap { Int($0) }
    }

    /// A number with or without decimals; nil as for `number`.
    func decimal(_ place: Place, _ indices: [Int] = []) -> Double? {
        text(place, indices).flatMap { Double($0) }
    }

    func date(_ place: Place, _ indices: [Int] = []) -> CalendarDate? {
        text(place, indices).flatMap { CalendarDate($0) }
    }

    func isPresent(_ place: Place, _ indices: [Int] = []) -> Bool {
        text(place, indices) != nil
    }

    /// Whether a group or table holds any value.
    func holdsValues(_ group: Place, _ indices: [Int] = []) -> Bool {
        !values.inside(group.element, indices: indices).isEmpty
    }

    /// The numbers of the groups of a table.
    func groups(_ group: Place, _ indices: [Int] = []) -> [Int] {
        values.groups(of: group.element, within: indices)
    }

    /// The sum of the static vertical masses at the coupling points, in kg; nil when none is given.
    var staticCouplingMass: Int? {
        let masses = groups(.maximumStaticVerticalMassCouplingPointGroup)
            .compactMap { number(.technicallyPermissibleMaximumStaticVerticalMassCouplingPoint, [$0]) }
        return masses.isEmpty ? nil : masses.reduce(0, +)
    }

    /// Whether ecocd gives this header value after the check.
    func isGivenLater(_ key: FieldKey) -> Bool {
        record.headerAssigned && CertificateDraft.newInEachMessage.contains(key)
    }
}

extension CheckContext {
    /// Reports a violation of the current rule at a value (present or missing) or a group.
    /// - Parameter severity: that of this finding, where it is less than the rule's own; a source's decision about the rule goes first.
    mutating func report(
        _ place: Place, at indices: [Int] = [], _ message: String, remedy: String? = nil, severity: Finding.Severity? = nil
    ) {
        guard let rule else { return }
        report(rule, place.element, place.key(indices), message, remedy: remedy, severity: rule.change == nil ? severity : nil)
    }

    /// Reports to the current rule that a group is missing.
    mutating func reportMissing(_ group: Place) {
        guard let rule else { return }
        reportMissing(rule, group.element, group.key(), "\(group.element.name) is missing.")
    }

    /// Reports a missing element or group, and notes its name. In the scope `.values` it is only noted.
    mutating func reportMissing(_ rule: Rule, _ element: Element, _ key: FieldKey?, _ message: String) {
        missing.append(element.name)
        if scope == .vehicle { report(rule, element, key, message) }
    }

    /// - Parameter severity: that of this finding, where the rule's own depends on the vehicle.
    mutating func report(
        _ rule: Rule, _ element: Element, _ key: FieldKey?, _ message: String, remedy: String? = nil, severity: Finding.Severity? = nil
    ) {
        let field = key.flatMap { values.field(at: $0) }
        var (column, value) = (String?.none, field?.value)
        if let key, case .record(let number) = field?.origin {
            column = record.columnName(number)
            value = record.receivedText(key) ?? value
        }
        findings.append(
            Finding(
                rule: rule.id, severity: severity ?? rule.severity, row: record.row, column: column,
                element: key.map { FieldPath.write($0) } ?? element.name, item: itemNumber(of: element), value: value, message: message,
                remedy: remedy ?? rule.remedy, change: rule.change))
    }
}

extension CheckContext {
    /// As the vehicle's certificate numbers it; nil where that isn't known.
    fileprivate func itemNumber(of element: Element) -> String? {
        element.item(under: vehicle.category.flatMap { TypeApprovalNumber.Framework(category: $0.code) })
    }
}

extension FieldValues {
    /// The value at that place with its origin; nil for a place without value, as a group is.
    fileprivate func field(at key: FieldKey) -> Field? {
        let (element, indices) = key.resolve(in: .initialVehicleInformation)
        return element.isValue ? inside(element, indices: indices).first : nil
    }
}
