import Certificate

/// The catalogue's own demands, in one pass over the sorted fields: text of the right type, required elements, counts of groups.
struct CatalogueCheck {
    private let outline = CatalogueOutline.initialVehicleInformation
    private let fields: [Field]
    private var cursor = 0
    private var defects: [Defect] = []

    private struct Defect {
        let key: FieldKey
        let rule: Rule
        let element: Element
        let message: String
        var remedy: String?
    }

    /// Adds the findings of CAT-01, CAT-02 and CAT-03, and notes what is missing and where a range begins or ends.
    static func run(_ check: inout CheckContext) {
        var pass = CatalogueCheck(fields: check.values.fields)
        pass.group(0, levels: 0, &check)
        // What a group lacks is known only at its end.
        for defect in pass.defects.sorted(by: { $0.key < $1.key }) {
            if defect.rule.scope == .values {
                check.report(defect.rule, defect.element, defect.key, defect.message, remedy: defect.remedy)
            } else {
                check.reportMissing(defect.rule, defect.element, defect.key, defect.message)
            }
        }
    }

    private init(fields: [Field]) { self.fields = fields }

    /// Goes over the fields inside one present group, which begins at the cursor.
    /// - Parameter levels: the repeating elements on the way to it, itself included.
    private mutating func group(_ id: Int, levels: Int, _ check: inout CheckContext) {
        let node = outline[id]
        let start = cursor
        let place = fields.isEmpty ? 0 : fields[start].key.place(levels: levels)
        var seen: UInt64 = 0
        var groups = 0
        while cursor < fields.count {
            let key = fields[cursor].key
            let target = Int(key.element(behind: levels).rawValue)
            guard key.place(levels: levels) == place, id < target, target <= node.last else { break }
            let before = cursor
            let child = outline.child(of: id, towards: target)
            seen |= outline[child].requiredBit
            if outline[child].isValue {
                value(child, &check)
            } else if outline[child].isRepeating {
                groups += 1
                group(child, levels: levels + 1, &check)
            } else {
                group(child, levels: levels, &check)
            }
            // A field whose key names a group holds no value of this message; it must not stop the walk.
            if cursor == before { cursor += 1 }
        }
        if seen != node.allRequired { noteMissing(in: id, seen, groupAt: start, levels: levels, check) }
        if groups < node.minimumGroups { noteTooFew(groups, in: id, groupAt: start, levels: levels) }
    }

    private mutating func value(_ id: Int, _ check: inout CheckContext) {
        let field = fields[cursor]
        cursor += 1
        if outline[id].isRangeEnd { check.rangeEnds.append(field.key) }
        guard let problem = outline.types[id]?.problem(with: field.value), !check.flawed.contains(field.key) else { return }
        let element = Catalogue.initialVehicleInformation.elements[id]
        defects.append(
            Defect(
                key: field.key, rule: CatalogueRules.valueType, element: element, message: "\(element.name): \(problem).",
                remedy: FieldHint.about(field.value, for: element)))
    }

    private mutating func noteMissing(in id: Int, _ seen: UInt64, groupAt start: Int, levels: Int, _ check: CheckContext) {
        let catalogue = Catalogue.initialVehicleInformation
        for child in outline.required[id] where outline[child].requiredBit & seen == 0 {
            for value in outline.valuesItNeeds[child] {
                let element = catalogue.elements[value]
                let indices = outerIndices(groupAt: start, levels: levels)
                let all = indices + Array(repeating: 1, count: element.repeatingAncestors.count - indices.count)
                guard let key = FieldKey(element, indices: all), !check.isGivenLater(key) else { continue }
                defects.append(Defect(key: key, rule: CatalogueRules.required, element: element, message: "\(element.name) is missing."))
            }
        }
    }

    private mutating func noteTooFew(_ count: Int, in id: Int, groupAt start: Int, levels: Int) {
        let table = Catalogue.initialVehicleInformation.elements[id]
        guard let key = FieldKey(table, indices: outerIndices(groupAt: start, levels: levels)) else { return }
        let message = "\(table.name) has \(count.counted("group")), but needs at least \(outline[id].minimumGroups)."
        defects.append(Defect(key: key, rule: CatalogueRules.minimumGroups, element: table, message: message))
    }

    /// The numbers of the groups around the group that begins at that field.
    private func outerIndices(groupAt start: Int, levels: Int) -> [Int] {
        guard levels > 0 else { return [] }
        return Array(fields[start].key.resolve(in: .initialVehicleInformation).indices.prefix(levels))
    }
}
