import Certificate

/// CATG: what the vehicle's category allows.
enum CategoryRules {
    static let all = [seats, ladenMass, bodywork, designation, seatRange]

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

    /// The special purposes of each category.
    private static let designations: [Substring: Set<String>] = [
        "M1": ["SA", "SB", "SC", "SD", "SG", "SH"], "M2": ["SA", "SB", "SC", "SD", "SG"], "M3": ["SA", "SB", "SC", "SD", "SG"],
        "N1": ["SB", "SG"], "N2": ["SB", "SG"], "N3": ["SB", "SF", "SG", "SL"], "O1": ["SB", "SE", "SG", "SJ"],
        "O2": ["SB", "SE", "SG", "SJ"], "O3": ["SB", "SE", "SG", "SJ"], "O4": ["SB", "SE", "SG", "SJ", "SK"],
    ]

    static let designation = Rule(
        "CATG-09", "The special purpose is one of the category", .warning,
        appliesTo: "categories M, N and O with SpecialPurposeDesignation", source: "the receivers' published conditions (second-hand)",
        explanation: "Motor caravans (SA) are of category M, for example, caravans (SE) of category O, mobile cranes (SF) of N3.",
        remedy: "Check SpecialPurposeDesignation and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let allowed = designations[category.base] else { return }
        for group in check.groups(.bodyworkGroup) {
            guard let code = check.text(.specialPurposeDesignation, [group]), !allowed.contains(code) else { continue }
            check.report(
                .specialPurposeDesignation, at: [group],
                "The special purpose is \(code), but those of category \(category.code) are \(allowed.sorted().listed).")
        }
    }

    private static let usualSeats: [Substring: ClosedRange<Int>] = [
        "M1": 1...9, "M2": 1...60, "M3": 1...160, "N1": 1...7, "N2": 1...9, "N3": 1...9, "L1": 1...2, "L2": 1...2, "L3": 1...2, "L4": 1...4,
        "L5": 1...5, "L6": 1...2, "L7": 1...4,
    ]

    static let seatRange = Rule(
        "CATG-10", "The vehicle has as many seats as its category", .warning,
        appliesTo: "categories M, N and L with NumberOfSeatingPositionsIncludingDriver",
        source: "the receivers' published conditions (second-hand)",
        explanation:
            "At least the driver's; N1 at most 7, N2 and N3 9, L1e to L3e and L6e 2, L4e and L7e 4, L5e 5. What is an error is CATG-01.",
        remedy: "Check NumberOfSeatingPositionsIncludingDriver and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let range = usualSeats[category.base],
            let seats = check.number(.numberOfSeatingPositionsIncludingDriver), !range.contains(seats), seats < 1 || category.base != "M1"
        else { return }
        check.report(
            .numberOfSeatingPositionsIncludingDriver, "A vehicle of category \(category.code) with \(seats.counted("seat")) is unusual.")
    }
}
