import Certificate

/// TOW: towed masses and couplings.
enum TowingRules {
    static let all = [
        trailerBrake, trailerBodywork, verticalMass, couplingsOfCars, partsOfCategoryL, couplingsThatExist, couplingsToBeFitted,
    ]

    static let trailerBrake = Rule(
        "TOW-01", "A towable mass says whether the trailer is braked", .error,
        appliesTo: "categories M and N", source: "RULES 64, 69; SM p12",
        explanation: "A group with TechnicallyPermissibleMaximumTowableMass has BrakedTypeTrail UNB (unbraked) or BRK (braked).",
        remedy: "Give BrakedTypeTrail UNB or BRK in the same group."
    ) { check in
        guard let category = check.vehicle.category, "MN".contains(category.letter) else { return }
        for outer in check.groups(.towingBrakedTypeTrailGroup) {
            let brake = check.text(.brakedTypeTrail, [outer])
            let towsSomething = check.groups(.bodyworkTypeGroup, [outer]).contains {
                check.isPresent(.technicallyPermissibleMaximumTowableMass, [outer, $0])
            }
            guard towsSomething, brake != "UNB", brake != "BRK" else { continue }
            check.report(
                .brakedTypeTrail, at: [outer], "A towable mass is given, but BrakedTypeTrail \(brake.map { "is \($0)" } ?? "is missing").")
        }
    }

    static let trailerBodywork = Rule(
        "TOW-02", "The towable mass of a braked trailer names the trailer", .warning,
        appliesTo: "categories M and N", source: "RULES 65, 9a; SM p12",
        explanation: """
            With BrakedTypeTrail BRK, BodyworkTypeTrailer says for which trailer the mass is, such as DB (drawbar) or DC \
            (centre-axle). The manual and the official examples have it, the change overview doesn't: so it only warns.
            """,
        remedy: "Give BodyworkTypeTrailer beside the towable mass."
    ) { check in
        guard let category = check.vehicle.category, "MN".contains(category.letter) else { return }
        for outer in check.groups(.towingBrakedTypeTrailGroup) where check.text(.brakedTypeTrail, [outer]) == "BRK" {
            for inner in check.groups(.bodyworkTypeGroup, [outer])
            where check.isPresent(.technicallyPermissibleMaximumTowableMass, [outer, inner])
                && !check.isPresent(.bodyworkTypeTrailer, [outer, inner])
            {
                check.report(
                    .bodyworkTypeTrailer, at: [outer, inner], "The towable mass of a braked trailer doesn't say for which trailer.")
            }
        }
    }

    static let verticalMass = Rule(
        "TOW-03", "Tractors have no static vertical mass at the coupling point", .error,
        appliesTo: "categories T and C", source: "RULES 18, 55; MODEL R-FD1; SM p10",
        explanation: "MaximumStaticVerticalMassCouplingPointTable isn't in the data set of these categories.",
        remedy: "Leave the table out."
    ) { check in
        check.forbidGroup(.maximumStaticVerticalMassCouplingPointTable) { "TC".contains($0.letter) }
    }

    static let couplingsOfCars = Rule(
        "TOW-04", "Cars name no couplings", .error,
        appliesTo: "category M1", source: "RULES 18, 56, 59, 68; MODEL R-FD1; SM p10-11",
        explanation: """
            MechanicalCouplingTable isn't for M1, so MechanicalCouplingNumberVerticalMass and \
            MechanicalCouplingNumberTowingMasses are absent: the masses are those of the vehicle.
            """,
        remedy: "Leave the couplings and their numbers out."
    ) { check in
        guard let category = check.vehicle.category, category.base == "M1" else { return }
        check.forbidGroup(.mechanicalCouplingTable) { _ in true }
        for (place, indices) in check.couplingNumbers where check.isPresent(place, indices) {
            check.report(place, at: indices, "\(place.element.name) isn't for a vehicle of category \(category.code).")
        }
    }

    static let partsOfCategoryL = Rule(
        "TOW-05", "Category L names no parts of couplings", .error,
        appliesTo: "category L", source: "RULES 18, 60; MODEL R-FD1; SM p11",
        explanation: """
            MechanicalCouplingPartsTable isn't in the data set of this category, nor in that of M1, whose whole table of \
            couplings is TOW-04.
            """,
        remedy: "Leave the table of parts out."
    ) { check in
        guard let category = check.vehicle.category, category.letter == "L" else { return }
        for coupling in check.groups(.mechanicalCouplingGroup) where check.holdsValues(.mechanicalCouplingPartsTable, [coupling]) {
            check.report(
                .mechanicalCouplingPartsTable, at: [coupling],
                "MechanicalCouplingPartsTable isn't for a vehicle of category \(category.code).")
        }
    }

    static let couplingsThatExist = Rule(
        "TOW-06", "Masses belong to couplings that exist", .error,
        appliesTo: "every category but M1; a later stage may leave the table of couplings to the one before",
        source: "RULES 57, 68; SM p10-11",
        explanation: """
            MechanicalCouplingNumberVerticalMass and MechanicalCouplingNumberTowingMasses are the MechanicalCouplingNumber of a \
            coupling in MechanicalCouplingTable.
            """,
        remedy: "Correct the number, or add the coupling."
    ) { check in
        let numbers = check.groups(.mechanicalCouplingGroup).compactMap { check.number(.mechanicalCouplingNumber, [$0]) }
        guard check.vehicle.category?.base != "M1", !numbers.isEmpty || check.vehicle.isFirstStage else { return }
        for (place, indices) in check.couplingNumbers {
            guard let number = check.number(place, indices), !numbers.contains(number) else { continue }
            check.report(
                place, at: indices,
                "\(place.element.name) says \(number), but the numbers of this vehicle's couplings are: \(numbers.listed).")
        }
    }

    static let couplingsToBeFitted = Rule(
        "TOW-07", "Couplings that can be fitted are for incomplete vehicles", .warning,
        appliesTo: "every vehicle", source: "RULES 61; SM p11; CO p18",
        explanation: """
            MechanicalCouplingCanBeFittedTable isn't for M1, L, T, C, R and S, nor for complete (C) and completed (V) vehicles. \
            The manual's sentence can be read in two ways, so it only warns.
            """,
        remedy: "Leave the table out; name the couplings that are fitted in MechanicalCouplingTable."
    ) { check in
        guard let category = check.vehicle.category, check.holdsValues(.mechanicalCouplingCanBeFittedTable) else { return }
        let isOtherCategory = category.base == "M1" || !category.isRoadVehicle
        guard isOtherCategory || check.text(.stageOfCompletion) != "I" else { return }
        let kind = isOtherCategory ? "of category \(category.code)" : "that isn't incomplete"
        check.report(.mechanicalCouplingCanBeFittedTable, "MechanicalCouplingCanBeFittedTable isn't for a vehicle \(kind).")
    }
}

extension CheckContext {
    /// The places that name a coupling: under the static vertical masses and under the towed masses.
    fileprivate var couplingNumbers: [(Place, [Int])] {
        groups(.maximumStaticVerticalMassCouplingPointGroup).map { (.mechanicalCouplingNumberVerticalMass, [$0]) }
            + groups(.towingBrakedTypeTrailGroup).map { (.mechanicalCouplingNumberTowingMasses, [$0]) }
    }

    fileprivate mutating func forbidGroup(_ group: Place, where isForbidden: (VehicleCategory) -> Bool) {
        guard let category = vehicle.category, isForbidden(category), holdsValues(group) else { return }
        report(group, "\(group.element.name) isn't for a vehicle of category \(category.code).")
    }
}
