import Certificate

/// MAS-08: permissible masses in service, which hold in one country or under one international regulation.
enum InServiceMassRules {
    static let all = [validity]

    /// A table of such masses: its groups below the outer groups, and what says where a mass holds.
    private struct Table {
        let outer: Place?
        let group: Place
        let country: Place
        let regulation: Place
        let masses: [Place]
    }

    private static let tables = [
        Table(
            outer: nil, group: .inServiceMaximumMassGroup, country: .inServiceMaximumPermissibleMassCountry,
            regulation: .inServiceMaximumPermissibleMassTrafficRegulation,
            masses: [.inServiceMaximumPermissibleLadenMass, .inServiceMaximumPermissibleMassCombination]),
        Table(
            outer: .axleGroup, group: .inServiceMaximumPermissibleLadenMassAxleGroup,
            country: .inServiceMaximumPermissibleLadenMassAxleCountry,
            regulation: .inServiceMaximumPermissibleLadenMassAxleTrafficRegulation, masses: [.inServiceMaximumPermissibleLadenMassAxle]),
        Table(
            outer: .axleGroupGroup, group: .inServiceMaximumPermissibleLadenMassAxleGroupGroup,
            country: .inServiceMaximumPermissibleLadenMassAxleGroupCountry,
            regulation: .inServiceMaximumPermissibleLadenMassAxleGroupTrafficRegulation,
            masses: [.inServiceMaximumPermissibleAxleGroupLadenMass]),
    ]

    static let validity = Rule(
        "MAS-08", "A mass in service says where it holds", .error,
        appliesTo: "rows with a permissible mass in service, of the vehicle, an axle or an axle group", source: "RULES 73; SM p23",
        explanation: "A national mass has its country, an international one its traffic regulation: exactly one of the two is present.",
        remedy: "Give the country for a national mass, or the regulation for an international one."
    ) { check in
        for table in tables {
            for indices in rows(of: table, check) {
                let hasCountry = check.isPresent(table.country, indices)
                guard let mass = table.masses.first(where: { check.isPresent($0, indices) }),
                    hasCountry == check.isPresent(table.regulation, indices)
                else { continue }
                let words = hasCountry ? "both a country and a traffic regulation" : "neither a country nor a traffic regulation"
                check.report(mass, at: indices, "\(mass.element.name) has \(words).")
            }
        }
    }

    private static func rows(of table: Table, _ check: CheckContext) -> [[Int]] {
        guard let outer = table.outer else { return check.groups(table.group).map { [$0] } }
        return check.groups(outer).flatMap { number in check.groups(table.group, [number]).map { [number, $0] } }
    }
}
