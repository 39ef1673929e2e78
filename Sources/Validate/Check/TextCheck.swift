import Certificate

/// What nobody sees in the values (CAT-06, CAT-07), in one pass over their bytes.
struct TextCheck: Sendable {
    private let hidden, foreign: Rule

    /// - Parameter rules: those of the rule set, with what a source changed.
    init(_ rules: [Rule]) {
        hidden = rules.first { $0.id == TextRules.hiddenCharacters.id } ?? TextRules.hiddenCharacters
        foreign = rules.first { $0.id == TextRules.foreignLetters.id } ?? TextRules.foreignLetters
    }

    /// Adds the findings of both rules, and notes which values need no further word of CAT-01.
    func run(_ check: inout CheckContext) {
        for field in check.values.fields {
            var text = field.value
            guard text.withUTF8({ TextFlaw.maySoil($0.span, 0..<$0.count) }) else { continue }
            judge(field, &check)
        }
    }

    private func judge(_ field: Field, _ check: inout CheckContext) {
        let (element, _) = field.key.resolve(in: .initialVehicleInformation)
        guard let flaw = TextFlaw.first(in: field.value, TextRules.kind(of: element)) else { return }
        let (rule, remedy): (Rule, String?)
        switch flaw {
        case .hidden: (rule, remedy) = (hidden, nil)
        case .foreign(let letter):
            (rule, remedy) = (foreign, letter.looksLike.map { "Type the \($0.isNumber ? "digit" : "Latin letter") \($0) in its place." })
        }
        if rule.severity == .error { check.flawed.insert(field.key) }
        check.report(rule, element, field.key, "\(element.name) \(flaw.words).", remedy: remedy)
    }
}
