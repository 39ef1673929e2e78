import Certificate

/// CATG: what the vehicle's category allows.
enum CategoryRules {
    static let all = [seats, ladenMass, bodywork]

    static let seats = Rule(
        "CATG-01", "The seats fit the category", .error,
        appliesTo: "categories M1, M2 and M3", source: "MODEL R-CAT1; Regulation (EU) 2018/858, Annex I",
        explanation: """
            Including the driver's, M1 has at most 9 seating positions, M2 and M3 have more; places for wheelchairs count for M2 and M3.
            """,
        remedy: "Check NumberOfSeatingPositionsIncludingDriver and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let seats = check.number(.numberOfSeatingPositionsIncludingDriver) else { return }
        let wheelchairs = check.number(.numberOfWheelchairUserAccessiblePositions) ?? 0
        switch category.base {
        case "M1" where seats > 9:
            check.report(
                .numberOfSeatingPositionsIncludingDriver,
                "A vehicle of category \(category.code) has at most 9 seats, this one has \(seats).")
        case "M2" where seats + wheelchairs <= 9, "M3" where seats + wheelchairs <= 9:
            check.report(
                .numberOfSeatingPositionsIncludingDriver,
                "A vehicle of category \(category.code) has more than 9 seats, this one has \(seats).")
        default: break
        }
    }

    /// The masses, in kg, that the categories of Regulation (EU) 2018/858, Annex I, stand for.
    private static let limits: [Substring: ClosedRange<Int>] = [
        "M2": 0...5_000, "M3": 5_001...Int.max, "N1": 0...3_500, "N2": 3_501...12_000, "N3": 12_001...Int.max, "O1": 0...750,
        "O2": 751...3_500, "O3": 3_501...10_000, "O4": 10_001...Int.max,
    ]

    static let ladenMass = Rule(
        "CATG-02", "The maximum laden mass fits the category", .error,
        appliesTo: "categories M2, M3, N and O", source: "MODEL R-CAT1; Regulation (EU) 2018/858, Annex I",
        explanation: """
            In kg: M2 up to 5000, M3 above; N1 up to 3500, N2 up to 12000, N3 above; O1 up to 750, O2 up to 3500, O3 up to \
            10000, O4 above. Of a trailer only the part on its own axles counts, so the static mass at the coupling point may \
            be taken off.
            """,
        remedy: "Check TechnicallyPermissibleMaximumLadenMass and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let limits = limits[category.base],
            let mass = check.number(.technicallyPermissibleMaximumLadenMass)
        else { return }
        let onCoupling = category.letter == "O" ? min(check.staticCouplingMass ?? 0, mass) : 0
        guard !limits.overlaps(mass - onCoupling...mass) else { return }
        let bounds =
            switch (limits.lowerBound, limits.upperBound) {
            case (0, let upper): "at most \(upper) kg"
            case (let lower, Int.max): "more than \(lower - 1) kg"
            case (let lower, let upper): "more than \(lower - 1) kg and at most \(upper) kg"
            }
        check.report(
            .technicallyPermissibleMaximumLadenMass,
            "A vehicle of category \(category.code) has a maximum laden mass of \(bounds), this one has \(mass) kg.")
    }

    static let bodywork = Rule(
        "CATG-03", "The bodywork code fits the category", .warning,
        appliesTo: "categories M, N and O with a bodywork code", source: "MODEL R-CAT2; Regulation (EU) 2018/858, Annex I",
        explanation: "Codes A. are for M1, B. for N, C. for M2 and M3, D. for O.",
        remedy: "Check CodeForBodywork and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category else { return }
        let letter: Character? =
            switch category.base {
            case "M1": "A"
            case "M2", "M3": "C"
            default: ["N": "B", "O": "D"][category.letter]
            }
        guard let letter else { return }
        for group in check.groups(.bodyworkGroup) {
            guard let code = check.text(.codeForBodywork, [group]), code.first != letter else { continue }
            check.report(
                .codeForBodywork, at: [group], "The bodywork code is \(code), but those of category \(category.code) begin with \(letter).")
        }
    }
}
