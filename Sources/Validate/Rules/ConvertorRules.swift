import Certificate

/// ENE-17 to ENE-22: what each engine or motor says of itself.
enum ConvertorRules {
    static let all = [codeMarked, internalCycle, motorsRepeat, noCylinders, capacity, severalFuels]

    static let codeMarked = Rule(
        "ENE-17", "Every engine has the code that is marked on it", .error,
        appliesTo: "energy convertors of categories M, N, L, T and C", source: "RULES 34; SM p21",
        explanation: "EnergyConvertorCodeMarkedOnEnergyConvertor is present in each EnergyConvertorGroup.",
        remedy: "Give the code; a motor without one of its own repeats that of the engine."
    ) { check in
        guard let category = check.vehicle.category, "MNLTC".contains(category.letter) else { return }
        for convertor in check.vehicle.convertors where !check.isPresent(.energyConvertorCodeMarkedOnEnergyConvertor, [convertor]) {
            check.report(
                .energyConvertorCodeMarkedOnEnergyConvertor, at: [convertor],
                "EnergyConvertorCodeMarkedOnEnergyConvertor is missing for energy convertor \(convertor).")
        }
    }

    /// INTCI and INTPI: compression and positive ignition inside the engine.
    private static func isInternalCombustion(_ check: CheckContext, _ convertor: Int) -> Bool {
        ["INTCI", "INTPI"].contains(check.text(.workingPrinciple, [convertor]))
    }

    static let internalCycle = Rule(
        "ENE-18", "An internal combustion engine has a combustion cycle", .warning,
        appliesTo: "energy convertors with WorkingPrinciple INTCI or INTPI", source: "RULES 35; SM p9",
        explanation: """
            Working principle and cycle (2ST, 4ST, ROT, OTH) are coded as a pair. Codes of IVI 1.x without a cycle became INTCI and INTPI, too, \
            so it only warns.
            """,
        remedy: "Give CombustionCycle."
    ) { check in
        for convertor in check.vehicle.convertors
        where isInternalCombustion(check, convertor) && !check.isPresent(.combustionCycle, [convertor]) {
            check.report(
                .combustionCycle, at: [convertor],
                "The working principle is \(check.text(.workingPrinciple, [convertor]) ?? ""), but CombustionCycle is missing.")
        }
    }

    static let motorsRepeat = Rule(
        "ENE-19", "Each motor of a pure electric vehicle repeats who made it and how it works", .error,
        appliesTo: "PureElectricVehicleIndicator Y with several energy convertors", source: "RULES 44; SM p20",
        explanation:
            "ManufacturerEnergyConvertor and WorkingPrinciple, where the first motor has them, are in the group of every other motor.",
        remedy: "Repeat the element for each motor."
    ) { check in
        guard check.vehicle.isPureElectric == true, let first = check.vehicle.convertors.first else { return }
        for place in [Place.manufacturerEnergyConvertor, .workingPrinciple] where check.isPresent(place, [first]) {
            for other in check.vehicle.convertors.dropFirst() where !check.isPresent(place, [other]) {
                check.report(
                    place, at: [other], "\(place.element.name) is given for the first motor, but not for energy convertor \(other).")
            }
        }
    }

    static let noCylinders = Rule(
        "ENE-20", "A motor without combustion has no cylinders", .warning,
        appliesTo: "energy convertors whose sources are electricity (95), compressed air (91) or other (90)", source: "MODEL R-FU3",
        explanation: "EngineCapacity, NumberOfCylinders and ArrangementCylinders belong to combustion engines.",
        remedy: "Leave the element out, or correct the energy source."
    ) { check in
        for convertor in check.vehicle.convertors {
            let codes = check.vehicle.sources.filter { $0.convertor == convertor }.map(\.code)
            guard !codes.isEmpty, codes.allSatisfy({ ["90", "91", "95"].contains($0) }) else { continue }
            for place in [Place.engineCapacity, .numberOfCylinders, .arrangementCylinders] where check.isPresent(place, [convertor]) {
                check.report(
                    place, at: [convertor],
                    "\(place.element.name) is present, but the energy convertor has only the sources \(codes.compactMap(\.self).listed).")
            }
        }
    }

    static let capacity = Rule(
        "ENE-21", "An internal combustion engine has a capacity and cylinders", .warning,
        appliesTo: "energy convertors with WorkingPrinciple INTCI or INTPI; rotary engines have no cylinders", source: "MODEL R-FU3",
        explanation: "EngineCapacity and NumberOfCylinders are present.",
        remedy: "Give EngineCapacity and NumberOfCylinders."
    ) { check in
        for convertor in check.vehicle.convertors where isInternalCombustion(check, convertor) {
            let isRotary = check.text(.combustionCycle, [convertor]) == "ROT"
            for place in isRotary ? [Place.engineCapacity] : [.engineCapacity, .numberOfCylinders]
            where !check.isPresent(place, [convertor]) {
                check.report(place, at: [convertor], "\(place.element.name) is missing for an internal combustion engine.")
            }
        }
    }

    static let severalFuels = Rule(
        "ENE-22", "Bi-, flex- and dual-fuel vehicles have fuels for it", .warning,
        appliesTo: "FuelType B, F and D", source: "MODEL R-FU12; RULES 47",
        explanation: "B (bi-fuel) and F (flex-fuel) have two fuels or E85 (16); D (dual-fuel) has a DualFuelType.",
        remedy: "Give the missing energy source or DualFuelType, or correct FuelType."
    ) { check in
        guard let type = check.text(.fuelType), !check.vehicle.sources.isEmpty else { return }
        let fuels = Set(check.vehicle.sources.filter { !$0.isElectricity }.compactMap(\.code))
        if type == "B" || type == "F", fuels.count < 2, !fuels.contains("16") {
            check.report(.fuelType, "FuelType is \(type), but the fuels are: \(fuels.sorted().listed).")
        } else if type == "D", !check.isPresent(.dualFuelType) {
            check.report(.fuelType, "FuelType is D, but DualFuelType is missing.")
        }
    }
}
