import Certificate

/// WLT: which results of the WLTP test a car or van has.
enum WltpRules {
    static let all = [
        combustionResults, noneForElectricity, electricResults, externallyCharged, phases, combinedBetweenPhases, noRangeOfFuels,
    ]

    private static let plain: [Place] = [.wltpCo2Combined, .wltpFuelConsumptionCombined]
    private static let byChargingState: [Place] = [
        .wltpCo2WeightedCombined, .wltpCo2ChargeSustainingCombined, .wltpFuelConsumptionWeightedCombined,
        .wltpFuelConsumptionChargeSustainingCombined,
    ]

    static let combustionResults = Rule(
        "WLT-01", "Each fuel of a car or van has its CO2 and its consumption", .warning,
        appliesTo: "categories M1 and N1, complete; fuels but hydrogen, compressed air and other", source: "MODEL R-FU5",
        explanation: """
            WltpCo2Combined and WltpFuelConsumptionCombined; for vehicles charged from outside the weighted and the charge-sustaining ones. \
            Some vehicles are exempt from WLTP, so it only warns.
            """,
        remedy: "Give the results of the test, if the vehicle was tested."
    ) { check in
        guard check.isLightAndComplete else { return }
        let wanted = check.vehicle.isOffVehicleChargingHybrid == true ? byChargingState : plain
        for source in check.vehicle.sources {
            guard let code = source.code, !["50", "90", "91", "95"].contains(code) else { continue }
            let missing = wanted.filter { !check.isPresent($0, source.indices) }
            guard let first = missing.first else { continue }
            check.report(first, at: source.indices, "Energy source \(code) has no \(missing.map(\.element.name).listed).")
        }
    }

    static let noneForElectricity = Rule(
        "WLT-02", "Electricity has no CO2 and no fuel consumption", .error,
        appliesTo: "energy source 95", source: "RULES 39; MODEL R-FU5; SM p18, p21",
        explanation: "TestWltpCo2Group and TestWltpFuelConsumptionGroup are absent.",
        remedy: "Move the values to the group of the fuel, or leave them out."
    ) { check in
        for source in check.vehicle.sources where source.isElectricity {
            for group in [Place.testWltpCo2Group, .testWltpFuelConsumptionGroup] where check.holdsValues(group, source.indices) {
                check.report(group, at: source.indices, "\(group.element.name) doesn't belong to energy source 95.")
            }
        }
    }

    static let noRangeOfFuels = Rule(
        "WLT-07", "Fuels have no electric range and no electric consumption", .error,
        appliesTo: "energy sources other than electricity (95) and hydrogen (50)", source: "RULES 39; SM p18, p21",
        explanation: "TestWltpElectricRangeGroup and TestWltpEnergyConsumptionGroup stand only under source 95.",
        remedy: "Move the values to the group of source 95, or leave them out."
    ) { check in
        for source in check.vehicle.sources {
            guard let code = source.code, code != "95", code != "50" else { continue }
            for group in [Place.testWltpElectricRangeGroup, .testWltpEnergyConsumptionGroup] where check.holdsValues(group, source.indices)
            {
                check.report(group, at: source.indices, "\(group.element.name) doesn't belong to energy source \(code).")
            }
        }
    }

    static let electricResults = Rule(
        "WLT-03", "A pure electric car or van has its range and its consumption", .error,
        appliesTo: "categories M1 and N1, complete, pure electric", source: "MODEL R-FU6",
        explanation: "Under a source 95, WltpPureElectricRange in km and WltpEnergyConsumptionPureElectricCombined in Wh/km are present.",
        remedy: "Give range and consumption under source 95."
    ) { check in
        guard check.isLightAndComplete, check.vehicle.isPureElectric == true else { return }
        check.requireUnderElectricity([.wltpPureElectricRange, .wltpEnergyConsumptionPureElectricCombined])
    }

    static let externallyCharged = Rule(
        "WLT-04", "A plug-in hybrid has its electric consumption", .error,
        appliesTo: "categories M1 and N1, complete, ClassHybridVehicle OVC-HEV", source: "RULES 40; MODEL R-FU6; SM p19",
        explanation: "Under a source 95, WltpEnergyConsumptionExternallyChargedWeightedCombined, in Wh/km, is present.",
        remedy: "Give the weighted electric consumption under source 95."
    ) { check in
        guard check.isLightAndComplete, check.vehicle.hybridClass == "OVC-HEV" else { return }
        check.requireUnderElectricity([.wltpEnergyConsumptionExternallyChargedWeightedCombined])
    }

    /// One series of results: the four phases of the cycle and their combination.
    private struct Series: Sendable {
        let phases: [Place]
        let combined: Place

        static let all: [Series] = {
            let stems = [
                "WltpCo2", "WltpCo2ChargeSustaining", "WltpFuelConsumption", "WltpFuelConsumptionChargeSustaining",
                "WltpEnergyConsumptionPureElectric", "WltpEnergyConsumptionExternallyCharged",
            ]
            return stems.map { stem in
                Series(phases: ["Low", "Medium", "High", "ExtraHigh"].map { Place(stem + $0) }, combined: Place(stem + "Combined"))
            }
        }()
    }

    static let phases = Rule(
        "WLT-05", "The phases of a test come together", .warning,
        appliesTo: "energy sources with WLTP results by phase; slow vehicles have no extra high phase", source: "MODEL R-FU7",
        explanation: "Low, medium and high are all present or all absent, and extra high isn't there without them.",
        remedy: "Give the missing phases."
    ) { check in
        for source in check.vehicle.sources {
            for series in Series.all {
                let missing = series.phases.prefix(3).filter { !check.isPresent($0, source.indices) }
                guard let first = missing.first, series.phases.contains(where: { check.isPresent($0, source.indices) }) else { continue }
                check.report(
                    first, at: source.indices,
                    "\(missing.map(\.element.name).listed) \(missing.count == 1 ? "is" : "are") missing beside the other phases.")
            }
        }
    }

    static let combinedBetweenPhases = Rule(
        "WLT-06", "The combined result lies between those of the phases", .warning,
        appliesTo: "energy sources with WLTP results by phase and combined", source: "MODEL R-FU7",
        explanation: "It isn't less than the smallest and not more than the largest phase.",
        remedy: "Check the results of the phases and their combination."
    ) { check in
        for source in check.vehicle.sources {
            for series in Series.all {
                let results = series.phases.compactMap { check.text($0, source.indices).flatMap { Double($0) } }
                guard results.count > 1, let low = results.min(), let high = results.max(),
                    let text = check.text(series.combined, source.indices), let combined = Double(text), !(low...high ~= combined)
                else { continue }
                check.report(
                    series.combined, at: source.indices,
                    "\(series.combined.element.name) is \(text), outside the phases' \(low) to \(high).")
            }
        }
    }
}

extension CheckContext {
    /// A car or van that is complete: its certificate has the results of the emission test.
    fileprivate var isLightAndComplete: Bool { vehicle.category?.isLightDuty == true && text(.stageOfCompletion) == "C" }

    /// Reports the values that stand under no source 95.
    fileprivate mutating func requireUnderElectricity(_ places: [Place]) {
        let electric = vehicle.sources.filter(\.isElectricity)
        guard let first = electric.first else { return }
        for place in places where !electric.contains(where: { isPresent(place, $0.indices) }) {
            report(place, at: first.indices, "\(place.element.name) is missing for a vehicle that is charged from outside.")
        }
    }
}
