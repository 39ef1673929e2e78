public import Certificate

/// A sound vehicle and what is changed in it to break one rule alone, or to come close to it and stay sound. `ecocctl rules explain`
/// shows them, and the tests check every one.
public struct RuleExample: Sendable {
    public let rule: String
    let vehicle: ExampleVehicle
    /// A path and its value; a minus and a part of a path take values away.
    public let changes: [String]
    /// The variant of the one reference record, where the rule is about the match with it.
    private var referenceVariant: String?

    init(_ rule: String, _ vehicle: ExampleVehicle, _ changes: String...) {
        self.rule = rule
        self.vehicle = vehicle
        self.changes = changes
    }

    /// The vehicle as the second of two manufacturers completed it.
    init(stage2 rule: String, _ vehicle: ExampleVehicle, _ changes: String...) {
        self.rule = rule
        self.vehicle = vehicle
        self.changes = Self.secondStage + changes
    }

    /// A record beside reference data for the same approval, type and version, but for another variant.
    init(beside referenceVariant: String, _ rule: String, _ vehicle: ExampleVehicle, _ changes: String...) {
        self.rule = rule
        self.vehicle = vehicle
        self.changes = changes
        self.referenceVariant = referenceVariant
    }

    private static let secondStage = [
        "StageOfCompletion V", "ManufacturerStageNumber 2", "PreviousStageTypeApprovalNumber e4*2018/858*00100*00", "PreviousStageType T0",
        "PreviousStageVariant V0", "PreviousStageVersion E0",
    ]

    /// The first example that breaks the rule; nil for REF-03 to REF-06, which are about reference files.
    public static func breaking(_ rule: String) -> RuleExample? { (breaking + incomplete + implausible).first { $0.rule == rule } }

    /// The first example that satisfies the rule though it comes close to it.
    public static func sound(_ rule: String) -> RuleExample? { (sound + complete + plausible).first { $0.rule == rule } }

    /// The vehicle's values with the changes.
    var values: FieldValues { vehicle.values.changed(changes) }

    /// What the rules say of it on the day for which the examples were written.
    public func findings(_ rules: RuleSet = .current) -> [Finding] {
        let context = RecordContext(row: 2, today: Self.today, manufacturers: ["Aurora Mobility", "Aurora Benelux"])
        guard let referenceVariant else { return rules.check(values, context: context) }
        return RecordValidation.validate(
            record: values, constants: FieldValues(), library: library(referenceVariant), ruleSet: rules, context: context
        ).findings
    }

    /// The whole vehicle as reference data of that variant.
    private func library(_ variant: String) -> ReferenceLibrary {
        let all = vehicle.values.changed(["-VehicleIdentificationNumber", "-DateManufactureVehicle", "Variant \(variant)"])
        guard case .key(let key) = ReferenceKey.read(all) else { return ReferenceLibrary() }
        return ReferenceLibrary([ReferenceRecord(key: key, values: all, sha256: "", name: "\(variant).xml", bytes: [])])
    }

    /// After the dates of the vehicles.
    static let today: CalendarDate = {
        guard let today = CalendarDate(year: 2026, month: 9, day: 1) else { fatalError("the calendar has this day") }
        return today
    }()
}

extension RuleExample: CustomStringConvertible {
    /// Such as `A petrol car (M1) with Colour = 11`.
    public var description: String {
        let reference = referenceVariant.map { ["beside reference data of variant \($0)"] } ?? []
        let words = changes.map(Self.words) + reference
        return words.isEmpty ? vehicle.title : "\(vehicle.title) \(words.joined(separator: ", "))"
    }

    private static func words(_ change: String) -> String {
        if change.hasPrefix("-") { return "without \(change.dropFirst())" }
        let parts = change.split(separator: " ", maxSplits: 1)
        return "with \(parts[0]) = \(TextFlaw.visible(parts.dropFirst().first.map(String.init) ?? ""))"
    }
}
