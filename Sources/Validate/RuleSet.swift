public import Certificate
import Hashing

/// The rules that a record must satisfy. A value type: checking has no effects and may run on any number of threads.
public struct RuleSet: Sendable {
    /// The rules of this program.
    public static let current = RuleSet(year: "2026.3", rules: allRules)

    /// Such as `2026.3+3f9c1a7e0b52`: the year's edition, which changes with what any rule demands, and the beginning of the SHA-256 over
    /// ids and severities, which changes with them. So bundles and reports say which rules a record was checked against.
    public let version: String
    let year: String
    /// In the order in which they are applied and documented.
    public let rules: [Rule]
    private let text: TextCheck
    private let completeness: CompletenessCheck

    init(year: String, rules: [Rule]) {
        self.year = year
        self.rules = rules
        text = TextCheck(rules)
        completeness = CompletenessCheck(rules)
        let list = rules.map { "\($0.id) \($0.severity.rawValue)\n" }.joined()
        version = "\(year)+\(SHA256.hexadecimal(of: Array(list.utf8)).prefix(12))"
    }

    /// The rule of that exact id, or nil.
    public func rule(_ id: String) -> Rule? {
        rules.first { $0.id == id }
    }

    /// Checks merged values: the catalogue's own demands first, in document order, then the relationship rules.
    public func check(_ values: FieldValues, context: RecordContext) -> [Finding] {
        check(values, context: context, scope: .vehicle).findings
    }

    func check(_ values: FieldValues, context: RecordContext, scope: Rule.Scope) -> CheckContext {
        var check = CheckContext(values, context: context, scope: scope)
        apply(to: &check)
        return check
    }

    /// Adds the findings of all rules of the check's scope.
    func apply(to check: inout CheckContext) {
        text.run(&check)
        CatalogueCheck.run(&check)
        completeness.run(&check)
        for rule in rules where check.scope == .vehicle || rule.scope == .values {
            guard let body = rule.check else { continue }
            check.rule = rule
            body(&check)
        }
    }

    private static let allRules: [Rule] =
        CatalogueRules.all + TextRules.all + CompletenessRules.all + ReferenceRules.all + IdentificationRules.all + ApprovalRules.all
        + DateRules.all
        + StageRules.all
        + CategoryRules.all + ApplicabilityRules.all + ConstructionRules.all + AxleRules.all + AxleMeasureRules.all + TyreRules.all
        + DimensionRules.all + TyreFitRules.all + WheelRules.all
        + MassRules.all
        + InServiceMassRules.all + MassMarginRules.all + TowingRules.all + TowedMassRules.all + LoadRules.all + EnergySourceRules.all
        + HybridRules.all
        + ConvertorRules.all + PowerRules.all + EmissionRules.all + TestResultRules.all + TestUnitRules.all + WltpRules.all
        + EcoInnovationRules.all
        + SealRules.all
}
