import Certificate

/// ENE-01 to ENE-09: which source of energy a vehicle may have, and which values belong to which source. Source 95 is electricity.
enum EnergySourceRules {
    static let all = [
        pureElectricSources, pureElectricIndicator, pureElectricConvertors, combustionPower, electricPower, fuelType, dualFuel,
        consolidatedPower,
        combustionCycle,
    ]

    static let pureElectricSources = Rule(
        "ENE-01", "Pure electric means: every energy source is electricity", .error,
        appliesTo: "vehicles with PureElectricVehicleIndicator and energy sources", source: "RULES 42; MODEL R-FU1; SM p14; CO p16",
        explanation: "PureElectricVehicleIndicator is Y exactly when every EnergySource is 95.",
        remedy: "Correct PureElectricVehicleIndicator or the energy sources."
    ) { check in
        let sources = check.vehicle.sources
        guard let isPure = check.vehicle.isPureElectric, !sources.isEmpty, sources.allSatisfy({ $0.code != nil }),
            sources.allSatisfy(\.isElectricity) != isPure
        else { return }
        let words = (sources.count == 1 ? "source is " : "sources are ") + sources.compactMap(\.code).listed
        check.report(
            .pureElectricVehicleIndicator, "PureElectricVehicleIndicator is \(isPure ? "Y" : "N"), but the energy \(words).")
    }

    static let pureElectricIndicator = Rule(
        "ENE-02", "A car says whether it is pure electric", .error,
        appliesTo: "category M1", source: "RULES 19, 43; MODEL R-FD2; SM p15; CO p16",
        explanation: "PureElectricVehicleIndicator is present, N for petrol and diesel too.",
        remedy: "Give PureElectricVehicleIndicator, Y or N."
    ) { check in
        guard let category = check.vehicle.category, category.base == "M1", check.vehicle.isPureElectric == nil else { return }
        check.report(
            .pureElectricVehicleIndicator, "PureElectricVehicleIndicator is missing for a vehicle of category \(category.code).")
    }

    static let pureElectricConvertors = Rule(
        "ENE-03", "Each motor of a pure electric vehicle has its own electric source", .error,
        appliesTo: "PureElectricVehicleIndicator Y", source: "RULES 44; SM p20",
        explanation: "There is an EnergyConvertorGroup for each motor, and each has an EnergySourceGroup with source 95.",
        remedy: "Give each motor its group with an energy source 95."
    ) { check in
        guard check.vehicle.isPureElectric == true else { return }
        if check.vehicle.convertors.isEmpty, check.vehicle.isFirstStage {
            check.report(.energyConvertorTable, "The vehicle is pure electric, but has no energy convertor.")
        }
        for convertor in check.vehicle.convertors where !check.vehicle.sources.contains(where: { $0.convertor == convertor }) {
            check.report(
                .energySource, at: [convertor, 1], "Energy convertor \(convertor) of a pure electric vehicle has no energy source.")
        }
    }

    static let combustionPower = Rule(
        "ENE-04", "Electricity has no combustion power", .error,
        appliesTo: "energy source 95", source: "RULES 39; MODEL R-FU4; SM p18, p21",
        explanation: "MaximumNetPowerCombustion and the engine speed for it stand only under sources other than 95.",
        remedy: "Move the value to the group of the fuel, or leave it out."
    ) { check in
        let places: [Place] = [
            .maximumNetPowerCombustion, .engineSpeedMaximumNetPower, .engineSpeedMaximumNetPowerMin, .engineSpeedMaximumNetPowerMax,
        ]
        check.forbid(places) { $0.isElectricity }
    }

    static let electricPower = Rule(
        "ENE-05", "Fuels have no electric power", .error,
        appliesTo: "energy sources other than 95", source: "RULES 39; MODEL R-FU4; SM p18, p21",
        explanation: "MaximumNetPowerElectric, Maximum15MinutesPower and Maximum30MinutesPower stand only under source 95.",
        remedy: "Move the value to the group of source 95, or leave it out."
    ) { check in
        check.forbid([.maximumNetPowerElectric, .maximum15MinutesPower, .maximum30MinutesPower]) { $0.code != nil && !$0.isElectricity }
    }

    static let fuelType = Rule(
        "ENE-06", "A pure electric vehicle has no fuel type", .warning,
        appliesTo: "PureElectricVehicleIndicator Y", source: "RULES 47",
        explanation: "FuelType says mono-, bi-, flex- or dual-fuel; the official electric examples leave it out.",
        remedy: "Leave FuelType out."
    ) { check in
        guard check.vehicle.isPureElectric == true, let type = check.text(.fuelType) else { return }
        check.report(.fuelType, "FuelType is \(type), but the vehicle is pure electric.")
    }

    static let dualFuel = Rule(
        "ENE-07", "Only dual-fuel vehicles have a dual-fuel type", .warning,
        appliesTo: "vehicles with DualFuelType or FuellingArrangement", source: "RULES 47",
        explanation: "DualFuelType and FuellingArrangement come with FuelType D.",
        remedy: "Check FuelType, or leave the element out."
    ) { check in
        let type = check.text(.fuelType)
        for place in [Place.dualFuelType, .fuellingArrangement] where type != "D" && check.isPresent(place) {
            check.report(place, "\(place.element.name) is present, but FuelType \(type.map { "is \($0)" } ?? "is missing").")
        }
    }

    static let consolidatedPower = Rule(
        "ENE-08", "Several motors have a consolidated power", .warning,
        appliesTo: "vehicles with energy sources", source: "RULES 48; MODEL R-FU8",
        explanation: """
            With two or more sources 95, ConsolidatedMaximum30MinutesPower or ConsolidatedMaximumNetPowerElectric is present; \
            with fewer, neither.
            """,
        remedy: "Give the power of all motors together, or leave it out for a single motor."
    ) { check in
        guard !check.vehicle.sources.isEmpty else { return }
        let motors = check.vehicle.sources.count { $0.isElectricity }
        let consolidated = [Place.consolidatedMaximum30MinutesPower, .consolidatedMaximumNetPowerElectric]
        if motors > 1, !consolidated.contains(where: { check.isPresent($0) }) {
            check.report(
                .consolidatedMaximum30MinutesPower, "The vehicle has \(motors) electric energy sources, but no consolidated power.")
        } else if motors < 2, let place = consolidated.first(where: { check.isPresent($0) }) {
            check.report(place, "\(place.element.name) is present, but the vehicle has \(motors.counted("electric energy source")).")
        }
    }

    static let combustionCycle = Rule(
        "ENE-09", "Only internal combustion engines have a combustion cycle", .warning,
        appliesTo: "energy convertors with WorkingPrinciple and CombustionCycle", source: "RULES 36; SM p9",
        explanation: "CombustionCycle goes with INTCI and INTPI, not with ELECT, TRBNE, CMPRA, EXTCI or EXTPI.",
        remedy: "Correct WorkingPrinciple, or leave CombustionCycle out."
    ) { check in
        for convertor in check.vehicle.convertors {
            guard let principle = check.text(.workingPrinciple, [convertor]), let cycle = check.text(.combustionCycle, [convertor]),
                ["ELECT", "TRBNE", "CMPRA", "EXTCI", "EXTPI"].contains(principle)
            else { continue }
            check.report(
                .combustionCycle, at: [convertor],
                "CombustionCycle is \(cycle), but the working principle of this convertor is \(principle).")
        }
    }
}

extension CheckContext {
    /// Reports each of these values under a source where it has no place.
    fileprivate mutating func forbid(_ places: [Place], where isForbidden: (Vehicle.Source) -> Bool) {
        for source in vehicle.sources where isForbidden(source) {
            for place in places where isPresent(place, source.indices) {
                report(place, at: source.indices, "\(place.element.name) doesn't belong to energy source \(source.code ?? "?").")
            }
        }
    }
}
