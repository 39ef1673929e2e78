import Certificate

/// TOW-08 to TOW-13: that the towed masses are whole and possible.
enum TowedMassRules {
    static let all = [couplingInTonnes, towableMassGiven, combinationMassGiven, everyCouplingTows, roadBrakes, unbrakedLimit]

    static let couplingInTonnes = Rule(
        "TOW-08", "A coupling's towable mass is in tonnes", .warning,
        appliesTo: "couplings with MechanicalCouplingTechnicallyPermissibleTowableMass", source: "RULES 63; CO p7",
        explanation: "It is the only mass that isn't in kilograms. More than 100 t is most likely a number of kilograms.",
        remedy: "Divide the value by 1000; a [[column]] with factor = \"0.001\" does."
    ) { check in
        for group in check.groups(.mechanicalCouplingGroup) {
            guard let text = check.text(.mechanicalCouplingTechnicallyPermissibleTowableMass, [group]), let tonnes = Double(text),
                tonnes > 100
            else { continue }
            check.report(
                .mechanicalCouplingTechnicallyPermissibleTowableMass, at: [group],
                "A towable mass of \(text) t is given; this element alone is in tonnes.")
        }
    }

    static let towableMassGiven = Rule(
        "TOW-09", "A vehicle that tows says how much", .error,
        appliesTo: "categories M and N with TowingBrakedTypeTrailTable", source: "RULES 66; SM p12",
        explanation: "At least one TechnicallyPermissibleMaximumTowableMass is present (items 18); 0 is a value, too.",
        remedy: "Give a towable mass, or leave the whole table out when the vehicle may not tow."
    ) { check in
        guard let masses = check.masses(.technicallyPermissibleMaximumTowableMass), masses.isEmpty else { return }
        check.report(
            .towingBrakedTypeTrailTable, "TowingBrakedTypeTrailTable has no TechnicallyPermissibleMaximumTowableMass.")
    }

    static let combinationMassGiven = Rule(
        "TOW-10", "A vehicle that tows says how much the combination may weigh", .error,
        appliesTo: "categories M and N with a towable mass above 0", source: "RULES 67; SM p12",
        explanation: "At least one TechnicallyPermissibleMaximumCombinationMass is present (item 16.4).",
        remedy: "Give the mass of the combination."
    ) { check in
        guard let towable = check.masses(.technicallyPermissibleMaximumTowableMass), let largest = towable.max(), largest > 0,
            check.masses(.technicallyPermissibleMaximumCombinationMass)?.isEmpty == true
        else { return }
        check.report(
            .towingBrakedTypeTrailTable,
            "The vehicle may tow \(largest) kg, but TechnicallyPermissibleMaximumCombinationMass is missing.")
    }

    static let everyCouplingTows = Rule(
        "TOW-11", "When towed masses name couplings, they name each of them", .error,
        appliesTo: "vehicles with MechanicalCouplingNumberTowingMasses and couplings", source: "RULES 68; SM p11",
        explanation: "The different numbers under the towed masses are as many as the couplings in MechanicalCouplingTable.",
        remedy: "Give the towed masses of every coupling, or leave MechanicalCouplingNumberTowingMasses out."
    ) { check in
        let couplings = Set(check.groups(.mechanicalCouplingGroup).compactMap { check.number(.mechanicalCouplingNumber, [$0]) })
        let groups = check.groups(.towingBrakedTypeTrailGroup)
        let named = groups.compactMap { group in check.number(.mechanicalCouplingNumberTowingMasses, [group]).map { (group, $0) } }
        // A number that no coupling has is TOW-06.
        guard let (group, _) = named.first, !couplings.isEmpty, couplings.isSuperset(of: named.map(\.1)) else { return }
        let missing = couplings.subtracting(named.map(\.1)).sorted()
        guard !missing.isEmpty else { return }
        check.report(
            .mechanicalCouplingNumberTowingMasses, at: [group],
            "The towed masses name couplings, but none is for coupling \(missing.listed).")
    }

    static let roadBrakes = Rule(
        "TOW-12", "The trailers of road vehicles are braked or unbraked", .warning,
        appliesTo: "categories M, N and O, rows without a towable mass", source: "RULES 69, 9b; SM p12; CO p20",
        explanation: """
            BrakedTypeTrail is UNB or BRK; HDB, INB, PNB and PNH are for tractors. The schema allows all of them, so it only warns; a row with \
            a towable mass is judged by TOW-01.
            """,
        remedy: "Give BrakedTypeTrail UNB or BRK."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        for group in check.groups(.towingBrakedTypeTrailGroup) {
            guard let brake = check.text(.brakedTypeTrail, [group]), brake != "UNB", brake != "BRK",
                category.letter == "O" || !check.isTowing(group)
            else { continue }
            check.report(
                .brakedTypeTrail, at: [group], "BrakedTypeTrail is \(brake), which isn't for a vehicle of category \(category.code).")
        }
    }

    static let unbrakedLimit = Rule(
        "TOW-13", "An unbraked trailer is light", .warning,
        appliesTo: "categories M and N with BrakedTypeTrail UNB", source: "MODEL R-MA7; Regulation (EU) 2021/535",
        explanation: "The towable mass is at most 750 kg and at most half of MassInRunningOrder.",
        remedy: "Check the towable mass of an unbraked trailer."
    ) { check in
        guard let category = check.vehicle.category, "MN".contains(category.letter) else { return }
        let limit = min(750, check.number(.massInRunningOrder).map { ($0 + 1) / 2 } ?? 750)
        for outer in check.groups(.towingBrakedTypeTrailGroup) where check.text(.brakedTypeTrail, [outer]) == "UNB" {
            for inner in check.groups(.bodyworkTypeGroup, [outer]) {
                guard let mass = check.number(.technicallyPermissibleMaximumTowableMass, [outer, inner]), mass > limit else { continue }
                check.report(
                    .technicallyPermissibleMaximumTowableMass, at: [outer, inner],
                    "The towable mass of an unbraked trailer is \(mass) kg, more than \(limit) kg.")
            }
        }
    }
}

extension CheckContext {
    /// Whether a row about trailers has a towable mass.
    fileprivate func isTowing(_ outer: Int) -> Bool {
        groups(.bodyworkTypeGroup, [outer]).contains { isPresent(.technicallyPermissibleMaximumTowableMass, [outer, $0]) }
    }

    /// The values of all rows about trailers; nil for vehicles other than M and N, and for those without such rows.
    fileprivate func masses(_ place: Place) -> [Int]? {
        guard let category = vehicle.category, "MN".contains(category.letter) else { return nil }
        let outer = groups(.towingBrakedTypeTrailGroup)
        guard !outer.isEmpty else { return nil }
        return outer.flatMap { row in groups(.bodyworkTypeGroup, [row]).compactMap { number(place, [row, $0]) } }
    }
}
