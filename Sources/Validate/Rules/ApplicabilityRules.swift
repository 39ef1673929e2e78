import Certificate

/// CATG-04 to CATG-07: elements that are on the certificates of some categories only. The official field-by-category matrix isn't public,
/// so these are the cases that published texts and examples name.
enum ApplicabilityRules {
    static let all = [colourOfBuses, driveOfTrailers, placesOfBuses, specialPurpose]

    static let colourOfBuses = Rule(
        "CATG-04", "Buses have no colour", .error,
        appliesTo: "category M2", source: "RULES 18, 85; MODEL R-FD1; GL 1.4",
        explanation:
            "ColourTable isn't in the data set of M2, and receivers reject what isn't in the data set; it is the guidelines' own example.",
        remedy: "Leave ColourTable out.", scope: .values
    ) { check in
        guard let category = check.vehicle.category, category.base == "M2", check.holdsValues(.colourTable) else { return }
        check.report(.colourTable, "ColourTable isn't for a vehicle of category \(category.code).")
    }

    private static let ofDrive: [Place] = [
        .energyConvertorTable, .gearGroup, .finalDriveVehicleTable, .wltpEmissionTestParametersGroup, .ecoInnovationsTable,
    ]
    private static let valuesOfDrive: [Place] = [
        .pureElectricVehicleIndicator, .classHybridVehicle, .fuelType, .dualFuelType, .fuellingArrangement, .exhaustEmissionLevel,
        .exhaustEmissionLatestRegulationNumber, .ecoInnovationsFittedIndicator, .consolidatedMaximum30MinutesPower,
        .consolidatedMaximumNetPowerElectric,
    ]

    static let driveOfTrailers = Rule(
        "CATG-05", "Trailers have no engine and no emissions", .error,
        appliesTo: "category O", source: "RULES 18; MODEL R-FD1, 2.3",
        explanation: """
            The certificate of a trailer has no items 20 to 28 (engine, energy, gears) and 46 to 49 (emissions, consumption), and receivers \
            reject what isn't in the data set.
            """,
        remedy: "Leave the element out, or correct VehicleCategory.", scope: .values
    ) { check in
        guard let category = check.vehicle.category, category.letter == "O" else { return }
        let present = ofDrive.filter { check.holdsValues($0) } + valuesOfDrive.filter { check.isPresent($0) }
        for place in present { check.report(place, "\(place.element.name) isn't for a vehicle of category \(category.code).") }
    }

    static let placesOfBuses = Rule(
        "CATG-06", "Only buses have a class, standing places and decks", .warning,
        appliesTo: "every category but M2 and M3", source: "MODEL R-FD1, 2.4",
        explanation: "VehicleClass (I, II, III, A, B), NumberOfStandingPlaces and the seats of the decks are items of M2 and M3.",
        remedy: "Leave the element out, or correct VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, category.base != "M2", category.base != "M3" else { return }
        let places: [Place] = [.numberOfStandingPlaces, .numberOfSeatingPositionsLowerDeck, .numberOfSeatingPositionsUpperDeck]
        for place in places where check.isPresent(place) {
            check.report(place, "\(place.element.name) isn't for a vehicle of category \(category.code).")
        }
        for group in check.groups(.bodyworkGroup) where check.holdsValues(.vehicleClassTable, [group]) {
            check.report(.vehicleClassTable, at: [group], "VehicleClassTable isn't for a vehicle of category \(category.code).")
        }
    }

    static let specialPurpose = Rule(
        "CATG-07", "A special purpose vehicle says which", .warning,
        appliesTo: "categories M, N and O", source: "MODEL R-XC1; Regulation (EU) 2018/858, Annex I",
        explanation:
            "A category with the supplement S, such as M1S or N2GS, comes with a SpecialPurposeDesignation, and the other way round.",
        remedy: "Check VehicleCategory and SpecialPurposeDesignation."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        let bodies = check.groups(.bodyworkGroup)
        let designated = bodies.first { check.isPresent(.specialPurposeDesignation, [$0]) }
        if category.isSpecialPurpose, designated == nil, check.vehicle.isFirstStage {
            check.report(
                .specialPurposeDesignation, at: [1],
                "VehicleCategory is \(category.code), a special purpose vehicle, but SpecialPurposeDesignation is missing.")
        } else if !category.isSpecialPurpose, let designated {
            check.report(
                .specialPurposeDesignation, at: [designated],
                "A special purpose is named, but VehicleCategory is \(category.code), without the supplement S.")
        }
    }
}
