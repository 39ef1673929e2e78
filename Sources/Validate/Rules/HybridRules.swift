import Certificate

/// ENE-11 to ENE-16: hybrid electric vehicles. OVC is charged from outside, NOVC isn't.
enum HybridRules {
    static let all = [twoSources, electricConvertor, notPureElectric, electricRange, weightedValues, plainValues]

    private static func isHybridElectric(_ vehicle: Vehicle) -> Bool {
        vehicle.hybridClass?.hasSuffix("-HEV") ?? false
    }

    static let twoSources = Rule(
        "ENE-11", "A hybrid has electricity and another source of energy", .error,
        appliesTo: "ClassHybridVehicle OVC-HEV and NOVC-HEV with energy sources", source: "RULES 37; MODEL R-FU2; SM p18-19",
        explanation: "At least one EnergySource is 95 and at least one is another.",
        remedy: "Give the missing energy source its group, or correct ClassHybridVehicle."
    ) { check in
        let sources = check.vehicle.sources
        guard let hybrid = check.vehicle.hybridClass, isHybridElectric(check.vehicle), !sources.isEmpty || check.vehicle.isFirstStage,
            !(sources.contains { $0.isElectricity } && sources.contains { !$0.isElectricity })
        else { return }
        let codes = sources.compactMap(\.code).listed
        check.report(.classHybridVehicle, "ClassHybridVehicle is \(hybrid), but the energy sources are: \(codes).")
    }

    static let electricConvertor = Rule(
        "ENE-12", "A hybrid has an electric motor", .error,
        appliesTo: "ClassHybridVehicle OVC-HEV and NOVC-HEV with energy convertors", source: "RULES 38; SM p18-19, p21",
        explanation:
            "One EnergyConvertorGroup has WorkingPrinciple ELECT; without own data it repeats manufacturer and code of the engine.",
        remedy: "Add the group of the electric motor."
    ) { check in
        guard let hybrid = check.vehicle.hybridClass, isHybridElectric(check.vehicle), !check.vehicle.convertors.isEmpty,
            !check.vehicle.convertors.contains(where: { check.text(.workingPrinciple, [$0]) == "ELECT" })
        else { return }
        check.report(.classHybridVehicle, "ClassHybridVehicle is \(hybrid), but no energy convertor has the working principle ELECT.")
    }

    static let notPureElectric = Rule(
        "ENE-13", "A pure electric vehicle is no hybrid", .error,
        appliesTo: "PureElectricVehicleIndicator Y", source: "RULES 46; MODEL R-FU2",
        explanation: "ClassHybridVehicle is absent.",
        remedy: "Leave ClassHybridVehicle out, or correct PureElectricVehicleIndicator."
    ) { check in
        guard check.vehicle.isPureElectric == true, let hybrid = check.vehicle.hybridClass else { return }
        check.report(.classHybridVehicle, "ClassHybridVehicle is \(hybrid), but the vehicle is pure electric.")
    }

    static let electricRange = Rule(
        "ENE-14", "A plug-in hybrid has an electric range", .error,
        appliesTo: "ClassHybridVehicle OVC-HEV, categories M1 and N1, with an electric energy source",
        source: "RULES 40; MODEL R-FU6; SM p19",
        explanation: "WltpEquivalentAllElectricOffVehicleChargingRange, in km, is present under a source 95.",
        remedy: "Give the equivalent all-electric range under source 95."
    ) { check in
        guard check.vehicle.hybridClass == "OVC-HEV", check.vehicle.category?.isLightDuty == true else { return }
        let electric = check.vehicle.sources.filter(\.isElectricity)
        guard let first = electric.first,
            !electric.contains(where: { check.isPresent(.wltpEquivalentAllElectricOffVehicleChargingRange, $0.indices) })
        else { return }
        check.report(
            .wltpEquivalentAllElectricOffVehicleChargingRange, at: first.indices,
            "The vehicle is an OVC-HEV, but WltpEquivalentAllElectricOffVehicleChargingRange is missing.")
    }

    /// The values of the two WLTP groups that are measured by charging state.
    private static let ofChargingState: [Place] = [Place.testWltpCo2Group, .testWltpFuelConsumptionGroup].flatMap { group in
        group.element.children.map { Catalogue.initialVehicleInformation[$0] }
            .filter { $0.name.contains("Charge") || $0.name.hasSuffix("WeightedCombined") }
            .map { Place($0) }
    }

    static let weightedValues = Rule(
        "ENE-15", "Values by charging state belong to vehicles charged from outside", .error,
        appliesTo: "vehicles that aren't OVC", source: "RULES 41; CO p15",
        explanation: """
            Charge-sustaining, charge-depleting and weighted CO2 and consumption are for ClassHybridVehicle OVC-HEV and OVC- \
            FCHV. A later stage that doesn't repeat the class isn't judged.
            """,
        remedy: "Leave the value out, or correct ClassHybridVehicle."
    ) { check in
        guard check.vehicle.isOffVehicleChargingHybrid == false else { return }
        for source in check.vehicle.sources where holdsTestResults(check, source) {
            guard let place = ofChargingState.first(where: { check.isPresent($0, source.indices) }) else { continue }
            check.report(place, at: source.indices, "\(place.element.name) is present, but \(hybridWords(check)).")
        }
    }

    static let plainValues = Rule(
        "ENE-16", "A plug-in hybrid has no plain combined values", .error,
        appliesTo: "ClassHybridVehicle OVC-HEV and OVC-FCHV", source: "RULES 41; CO p15",
        explanation: "WltpCo2Combined and WltpFuelConsumptionCombined are for vehicles that aren't charged from outside.",
        remedy: "Give the charge-sustaining and weighted values instead."
    ) { check in
        guard check.vehicle.isOffVehicleChargingHybrid == true else { return }
        for source in check.vehicle.sources {
            for place in [Place.wltpCo2Combined, .wltpFuelConsumptionCombined] where check.isPresent(place, source.indices) {
                check.report(place, at: source.indices, "\(place.element.name) is present, but \(hybridWords(check)).")
            }
        }
    }

    private static func holdsTestResults(_ check: CheckContext, _ source: Vehicle.Source) -> Bool {
        check.holdsValues(.testWltpCo2Group, source.indices) || check.holdsValues(.testWltpFuelConsumptionGroup, source.indices)
    }

    private static func hybridWords(_ check: CheckContext) -> String {
        check.vehicle.hybridClass.map { "ClassHybridVehicle is \($0)" } ?? "the vehicle has no ClassHybridVehicle"
    }
}
