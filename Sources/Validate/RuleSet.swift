public import Certificate

/// The rules that a record must satisfy. A value type: checking has no effects and may run on any number of threads.
public struct RuleSet: Sendable {
    /// The rules of this program.
    public static let current = RuleSet(version: "2026.1", rules: allRules)

    /// Changes with every change of a rule, so that the ledger can say which rules a record was checked against.
    public let version: String
    /// In the order in which they are applied and documented.
    public let rules: [Rule]

    init(version: String, rules: [Rule]) {
        self.version = version
        self.rules = rules
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
        CatalogueCheck.run(&check)
        for rule in rules where check.scope == .vehicle || rule.scope == .values {
            guard let body = rule.check else { continue }
            check.rule = rule
            body(&check)
        }
    }

    private static let allRules: [Rule] =
        CatalogueRules.all + ReferenceRules.all + IdentificationRules.all + ApprovalRules.all + DateRules.all + StageRules.all
        + CategoryRules.all + ConstructionRules.all + AxleRules.all + AxleMeasureRules.all + TyreRules.all + MassRules.all
        + InServiceMassRules.all + TowingRules.all
        + EnergySourceRules.all + HybridRules.all + EcoInnovationRules.all
}
