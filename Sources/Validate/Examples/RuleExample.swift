public import Certificate

/// A sound vehicle and what is changed in it to break one rule alone, or to come close to it and stay sound. `ecocctl rules explain`
/// shows them, and the tests check every one.
public struct RuleExample: Sendable {
    public let rule: String
    let vehicle: ExampleVehicle
    /// A path and its value; a minus and a part of a path take values away.
    public let changes: [String]

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

    private static let secondStage = [
        "StageOfCompletion V", "ManufacturerStageNumber 2", "PreviousStageTypeApprovalNumber e4*2018/858*00100*00", "PreviousStageType T0",
        "PreviousStageVariant V0", "PreviousStageVersion E0",
    ]

    /// The first example that breaks the rule; nil for the rules about reference data, which aren't about one vehicle's values.
    public static func breaking(_ rule: String) -> RuleExample? { breaking.first { $0.rule == rule } }

    /// The first example that satisfies the rule though it comes close to it.
    public static func sound(_ rule: String) -> RuleExample? { sound.first { $0.rule == rule } }

    /// The vehicle's values with the changes.
    var values: FieldValues { vehicle.values.changed(changes) }

    /// What the rules say of it on the day for which the examples were written.
    public func findings(_ rules: RuleSet = .current) -> [Finding] {
        rules.check(values, context: RecordContext(row: 2, today: Self.today, manufacturers: ["Aurora Mobility", "Aurora Benelux"]))
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
        guard !changes.isEmpty else { return vehicle.title }
        return "\(vehicle.title) " + changes.map(Self.words).joined(separator: ", ")
    }

    private static func words(_ change: String) -> String {
        if change.hasPrefix("-") { return "without \(change.dropFirst())" }
        let parts = change.split(separator: " ", maxSplits: 1)
        return "with \(parts[0]) = \(parts.dropFirst().first ?? "")"
    }
}
