import Certificate

/// ECO: eco-innovations.
enum EcoInnovationRules {
    static let all = [indicator]

    static let indicator = Rule(
        "ECO-01", "The indicator of eco-innovations agrees with their table", .warning,
        appliesTo: "vehicles with the indicator or the table", source: "RULES 53, 54; SM p14",
        explanation: "EcoInnovationsFittedIndicator is Y exactly when EcoInnovationsTable is present.",
        remedy: "Give the codes of the eco-innovations, or correct the indicator."
    ) { check in
        check.requireAgreement(.ecoInnovationsFittedIndicator, with: .ecoInnovationsTable)
    }
}
