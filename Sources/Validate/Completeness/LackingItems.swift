public import Certificate

/// What the table of items demands of a vehicle and its certificate doesn't have, whoever decides about it: the empty items of a form.
///
/// A function of the values. It knows nothing of a source's own decisions about rules. Any number of threads.
public enum LackingItems {
    private static let demands = PlanKey.plans { category, completion in
        ItemTable.current.rows.flatMap(\.clauses).filter { $0.kind == .demanded && $0.isFor(category, completion) }
    }

    /// The places of the missing values in document order, each once. Of elements of which one is enough it is the first.
    public static func places(in values: FieldValues) -> [FieldKey] {
        // No condition of the table asks for the day.
        guard let someDay = CalendarDate(year: 2000, month: 1, day: 1) else { return [] }
        let check = CheckContext(values, context: RecordContext(row: 0, today: someDay), scope: .vehicle)
        guard let category = check.vehicle.category, let completion = check.text(.stageOfCompletion)?.first,
            let clauses = demands[PlanKey(category, completion)]
        else { return [] }
        var frames: [ItemFrame: [[Int]]] = [:]
        var keys: Set<FieldKey> = []
        for clause in clauses {
            let groups = frames[clause.frame] ?? clause.frame.groups(check)
            frames[clause.frame] = groups
            for indices in groups where clause.condition?.holds(check, indices) ?? true {
                for choice in clause.elements where choice.found(in: values, under: indices) == nil {
                    if let key = choice.firstPlace(under: indices) { keys.insert(key) }
                }
            }
        }
        return keys.sorted()
    }
}

extension ItemChoice {
    /// Where the first of its elements would stand; nil for a group, which is no value.
    fileprivate func firstPlace(under indices: [Int]) -> FieldKey? {
        guard let place = places.first, place.element.isValue else { return nil }
        let levels = place.element.repeatingAncestors.count
        return place.key(Array(indices.prefix(levels)) + Array(repeating: 1, count: max(0, levels - indices.count)))
    }
}
