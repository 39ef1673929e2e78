import Certificate

/// MAS-12 to MAS-15, TOW-14 and TOW-15: masses that don't fit each other, in kg.
enum LoadRules {
    static let all = [axleSum, axleBelowLaden, payload, testMass, braked, couplingShare]

    static let axleSum = Rule(
        "MAS-12", "The axles don't carry far more than the vehicle", .warning,
        appliesTo: "categories M, N and O with a permissible mass on every axle",
        source: "experience; the official examples have 1.00 to 1.08",
        explanation: "The sum of TechnicallyPermissibleMassAxle is at most 1.6 times TechnicallyPermissibleMaximumLadenMass.",
        remedy: "Check the permissible masses of the axles for a slip of a digit."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle,
            let laden = check.number(.technicallyPermissibleMaximumLadenMass), laden > 0
        else { return }
        let masses = check.vehicle.axles.compactMap { check.number(.technicallyPermissibleMassAxle, [$0.group]) }
        let sum = masses.reduce(0, +)
        guard masses.count == check.vehicle.axles.count, Double(sum) > 1.6 * Double(laden) else { return }
        check.report(
            .technicallyPermissibleMaximumLadenMass,
            "The axles together carry \(sum) kg, far more than the maximum laden mass of \(laden) kg.")
    }

    static let axleBelowLaden = Rule(
        "MAS-13", "No axle alone carries the laden vehicle", .warning,
        appliesTo: "categories M, N, L and T with several axles", source: "arithmetic; the official examples keep it",
        explanation: "TechnicallyPermissibleMassAxle < TechnicallyPermissibleMaximumLadenMass on each axle.",
        remedy: "Check the permissible masses of the axles for a slip of a digit."
    ) { check in
        guard let category = check.vehicle.category, "MNLT".contains(category.letter), check.vehicle.axles.count > 1,
            let laden = check.number(.technicallyPermissibleMaximumLadenMass)
        else { return }
        for axle in check.vehicle.axles {
            guard let mass = check.number(.technicallyPermissibleMassAxle, [axle.group]), mass >= laden else { continue }
            check.report(
                .technicallyPermissibleMassAxle, at: [axle.group],
                "\(axle.title.capitalizedFirst) may carry \(mass) kg, but the whole vehicle only \(laden) kg.")
        }
    }

    static let payload = Rule(
        "MAS-14", "The vehicle can carry its passengers", .warning,
        appliesTo: "category M1, complete", source: "Regulation (EU) 2021/535 (from memory)",
        explanation: """
            TechnicallyPermissibleMaximumLadenMass - ActualMass >= 75 kg for each seat but the driver's, whose mass is in ActualMass.
            """,
        remedy: "Check ActualMass, TechnicallyPermissibleMaximumLadenMass and the seats."
    ) { check in
        guard check.vehicle.category?.base == "M1", check.text(.stageOfCompletion) == "C", let actual = check.number(.actualMass),
            let laden = check.number(.technicallyPermissibleMaximumLadenMass), actual < laden,
            let seats = check.number(.numberOfSeatingPositionsIncludingDriver), 1...9 ~= seats, laden - actual < 75 * (seats - 1)
        else { return }
        check.report(
            .actualMass, "The vehicle can carry \(laden - actual) kg, but has \(seats) seats: \(75 * (seats - 1)) kg for the passengers.")
    }

    static let testMass = Rule(
        "MAS-15", "The test mass is that of the WLTP", .warning,
        appliesTo: "categories M1 and N1 with test mass, actual mass and laden mass",
        source: """
            Regulation (EU) 2017/1151, Annex XXI (from memory); measured on certificates
            """,
        explanation: """
            WltpEmissionTestMass = ActualMass + 25 + f x (TechnicallyPermissibleMaximumLadenMass - ActualMass - 25), with f = 0.15 for M1 and \
            0.28 for N1, within 7 %. The official examples are within 1.8 %.
            """,
        remedy: "Check WltpEmissionTestMass for a slip of a digit."
    ) { check in
        guard let category = check.vehicle.category, category.isLightDuty, let test = check.number(.wltpEmissionTestMass),
            let actual = check.number(.actualMass), let laden = check.number(.technicallyPermissibleMaximumLadenMass), actual < laden
        else { return }
        let share = category.base == "M1" ? 0.15 : 0.28
        let expected = Double(actual + 25) + share * Double(max(0, laden - actual - 25))
        guard abs(Double(test) - expected) > 0.07 * expected else { return }
        check.report(
            .wltpEmissionTestMass, "WltpEmissionTestMass is \(test) kg, where the masses give about \(Int(expected.rounded())) kg.")
    }

    static let braked = Rule(
        "TOW-14", "A car tows no more than it may weigh", .warning,
        appliesTo: "categories M1 and N1", source: "Regulation (EU) 2021/535, Annex XIII (from memory)",
        explanation: """
            The braked towable mass is at most 3500 kg, and at most TechnicallyPermissibleMaximumLadenMass (1.5 times that for off-road \
            vehicles, supplement G).
            """,
        remedy: "Check TechnicallyPermissibleMaximumTowableMass for a slip of a digit."
    ) { check in
        guard let category = check.vehicle.category, category.isLightDuty,
            let laden = check.number(.technicallyPermissibleMaximumLadenMass), let largest = brakedMass(check)
        else { return }
        let limit = min(3500, category.code.dropFirst(2).contains("G") ? laden * 3 / 2 : laden)
        guard largest.mass > limit else { return }
        check.report(
            .technicallyPermissibleMaximumTowableMass, at: largest.indices,
            "The vehicle may tow \(largest.mass) kg braked; a vehicle of category \(category.code) of \(laden) kg tows at most \(limit) kg."
        )
    }

    static let couplingShare = Rule(
        "TOW-15", "The coupling bears its share of the trailer", .warning,
        appliesTo: "categories M1 and N1 that tow", source: "Regulation (EU) 2021/535, Annex XIII (from memory)",
        explanation: "The static vertical mass at the coupling point is at least 25 kg and at least 4 % of the braked towable mass.",
        remedy: "Check TechnicallyPermissibleMaximumStaticVerticalMassCouplingPoint and the towable mass."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true, let towed = brakedMass(check)?.mass, towed > 0,
            let coupling = check.staticCouplingMass, coupling < 25 || coupling * 25 < towed
        else { return }
        check.report(
            .technicallyPermissibleMaximumStaticVerticalMassCouplingPoint, at: [1],
            "The coupling point may bear \(coupling) kg, too little for a braked trailer of \(towed) kg.")
    }

    /// The largest towable mass of a braked trailer, and where it stands.
    private static func brakedMass(_ check: CheckContext) -> (mass: Int, indices: [Int])? {
        check.groups(.towingBrakedTypeTrailGroup).filter { check.text(.brakedTypeTrail, [$0]) != "UNB" }.flatMap { outer in
            check.groups(.bodyworkTypeGroup, [outer]).compactMap { inner in
                check.number(.technicallyPermissibleMaximumTowableMass, [outer, inner]).map { ($0, [outer, inner]) }
            }
        }.max { $0.0 < $1.0 }
    }
}

extension String {
    /// For the beginning of a sentence.
    fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
