import Certificate

/// Decides the COC rules in one pass: the plan for each category and stage of completion is made once for a rule set.
struct CompletenessCheck: Sendable {
    private let plans: [PlanKey: [Step]]
    private let summary: Rule

    /// One clause with the rule that it belongs to and the severity that it has for the plan's vehicles. A class, since each vehicle goes
    /// through dozens of them, and copying one costs more than what it asks.
    private final class Step: Sendable {
        let rule: Rule
        let clause: ItemClause
        let severity: Finding.Severity

        init(rule: Rule, clause: ItemClause, severity: Finding.Severity) {
            (self.rule, self.clause, self.severity) = (rule, clause, severity)
        }
    }

    /// What a vehicle lacks: the first place, and in words all the others.
    private struct Lack {
        let rule: Rule
        let severity: Finding.Severity
        let choice: ItemChoice
        let indices: [Int]
        var places: [String]
    }

    /// - Parameter rules: those of the rule set, with what a source changed.
    init(_ rules: [Rule], table: ItemTable = .current) {
        let byID = Dictionary(rules.map { ($0.id, $0) }) { first, _ in first }
        summary = byID[CompletenessRules.summary.id] ?? CompletenessRules.summary
        plans = PlanKey.plans { category, completion in
            table.rows.flatMap { row -> [Step] in
                guard let rule = byID[row.id] else { return [] }
                return row.ownClauses.filter { $0.isFor(category, completion) }.map {
                    let own = row.severity(of: $0, category: category, completion: completion)
                    return Step(rule: rule, clause: $0, severity: rule.change == nil ? own : rule.severity)
                }
            }
        }
    }

    /// Adds the findings of all COC rules. A record whose reference data is missing isn't judged: REF-01 speaks for what it lacks.
    func run(_ check: inout CheckContext) {
        guard check.scope == .vehicle, let category = check.vehicle.category,
            let completion = check.text(.stageOfCompletion)?.first, let plan = plans[PlanKey(category, completion)]
        else { return }
        var frames: [ItemFrame: [[Int]]] = [:]
        var lacking: [Lack] = []
        for step in plan {
            let groups: [[Int]]
            if let known = frames[step.clause.frame] {
                groups = known
            } else {
                groups = step.clause.frame.groups(check)
                frames[step.clause.frame] = groups
            }
            for indices in groups where step.clause.condition?.holds(check, indices) ?? true {
                switch step.clause.kind {
                case .demanded: note(step, indices, check, &lacking)
                case .forbidden: refuse(step, indices, category, completion, &check)
                }
            }
        }
        report(lacking, category, completion, &check)
    }

    private func note(_ step: Step, _ indices: [Int], _ check: CheckContext, _ lacking: inout [Lack]) {
        for choice in step.clause.elements where choice.found(in: check.values, under: indices) == nil {
            let place = step.clause.frame.place(indices, check)
            if let index = lacking.lastIndex(where: { $0.rule.id == step.rule.id && $0.choice.name == choice.name }) {
                if let place, !lacking[index].places.contains(place) { lacking[index].places.append(place) }
            } else {
                lacking.append(
                    Lack(rule: step.rule, severity: step.severity, choice: choice, indices: indices, places: place.map { [$0] } ?? []))
            }
        }
    }

    private func refuse(
        _ step: Step, _ indices: [Int], _ category: VehicleCategory, _ completion: Character, _ check: inout CheckContext
    ) {
        for choice in step.clause.elements {
            guard let (place, found) = choice.found(in: check.values, under: indices) else { continue }
            let condition = step.clause.condition.map { " \($0.words)" } ?? ""
            let frame = step.clause.frame.place(indices, check).map { ", \($0)" } ?? ""
            check.report(
                step.rule, place.element, place.key(found),
                "\(place.element.name) isn't for \(Self.words(completion)) vehicle of category \(category.code)\(frame)\(condition).",
                remedy: "Leave \(place.element.name) out, or correct what says otherwise.", severity: step.severity)
        }
    }

    private func report(_ lacking: [Lack], _ category: VehicleCategory, _ completion: Character, _ check: inout CheckContext) {
        let counted = lacking.filter { $0.severity >= .warning }
        let isMuch = counted.count > CompletenessRules.handful
        for lack in isMuch ? lacking.filter({ $0.severity < .warning }) : lacking {
            let places = lack.places.isEmpty ? "" : " for \(lack.places.prefix(6).listed)\(lack.places.count > 6 ? " and others" : "")"
            report(
                lack.rule, lack,
                "\(lack.choice.name) is missing\(places): \(Self.words(completion)) vehicle of category \(category.code) has it.",
                lack.severity, &check)
        }
        guard isMuch, let worst = counted.max(by: { $0.severity < $1.severity }) else { return }
        let must = counted.filter { $0.severity == .error }.map { Self.name($0, category) }
        let should = counted.filter { $0.severity == .warning }.map { Self.name($0, category) }
        let sentences = [
            must.isEmpty
                ? nil : "Missing, though \(Self.words(completion)) vehicle of category \(category.code) must have it: \(must.listed).",
            should.isEmpty ? nil : "Missing, though receivers are said to expect it: \(should.listed).",
        ]
        report(summary, worst, sentences.compactMap(\.self).joined(separator: " "), worst.severity, &check)
    }

    private func report(
        _ rule: Rule, _ lack: Lack, _ message: String, _ severity: Finding.Severity, _ check: inout CheckContext
    ) {
        guard let place = lack.choice.places.first else { return }
        let levels = place.element.repeatingAncestors.count
        let indices = Array(lack.indices.prefix(levels)) + Array(repeating: 1, count: max(0, levels - lack.indices.count))
        check.report(rule, place.element, place.key(indices), message, severity: severity)
    }

    /// With the item number where the category's certificate has these numbers.
    private static func name(_ lack: Lack, _ category: VehicleCategory) -> String {
        let item = lack.choice.places.first?.element.item(under: TypeApprovalNumber.Framework(category: category.code))
        return item.map { "\(lack.choice.name) (\($0))" } ?? lack.choice.name
    }

    private static func words(_ completion: Character) -> String {
        switch completion {
        case "C": "a complete"
        case "I": "an incomplete"
        default: "a completed"
        }
    }
}
