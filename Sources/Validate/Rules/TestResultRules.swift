import Certificate

/// EMI-06 to EMI-17: results of emission tests that don't fit each other or what tests give.
enum TestResultRules {
    static let all = [
        families, interpolationFamily, level, carbonBalance, weightedPhases, chargingOrder, electricRanges, electricConsumption,
        batterySize, roadLoad, pollutants, carbonDioxide,
    ]

    private static let wltp = "Regulation (EU) 2017/1151, Annex XXI (from memory); measured on certificates"

    static let families = Rule(
        "EMI-06", "A light vehicle names its interpolation and its road load family", .warning,
        appliesTo: "categories M1 and N1 with test families, up to 2585 kg in running order",
        source: "the receivers' published conditions (second-hand)",
        explanation: "Among the TestFamilyIdentifiers is IP, and RL or RM.",
        remedy: "Add the missing test family."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true, let mass = check.number(.massInRunningOrder), mass <= 2585 else { return }
        var kinds: Set<String> = []
        var first: [Int]?
        for source in check.vehicle.sources {
            for group in check.groups(.testFamilyIdentifiersGroup, source.indices) {
                first = first ?? source.indices + [group]
                if let kind = check.text(.testFamilyIdentifier, source.indices + [group]) { kinds.insert(kind) }
            }
        }
        guard let first else { return }
        let missing = [kinds.contains("IP") ? nil : "IP", kinds.isDisjoint(with: ["RL", "RM"]) ? "RL or RM" : nil].compactMap(\.self)
        guard !missing.isEmpty else { return }
        check.report(.testFamilyIdentifier, at: first, "Among the test families is no \(missing.joined(separator: ", and no ")).")
    }

    static let interpolationFamily = Rule(
        "EMI-07", "An interpolation family's identifier has its form", .warning,
        appliesTo: "TestFamilyIdentifier IP", source: "the receivers' published conditions (second-hand)",
        explanation:
            "IP-, up to 15 letters, digits or low lines, a hyphen and three capitals or digits, and perhaps -0 or -1: IP-0041_a-WZA-1.",
        remedy: "Check TestFamilyIdentifierValue."
    ) { check in
        for source in check.vehicle.sources {
            for group in check.groups(.testFamilyIdentifiersGroup, source.indices) {
                let indices = source.indices + [group]
                guard check.text(.testFamilyIdentifier, indices) == "IP", let value = check.text(.testFamilyIdentifierValue, indices),
                    value.hasPrefix("IP"), !isInterpolationFamily(value)
                else { continue }
                check.report(.testFamilyIdentifierValue, at: indices, "'\(value)' isn't the identifier of an interpolation family.")
            }
        }
    }

    private static func isInterpolationFamily(_ value: String) -> Bool {
        let parts = value.split(separator: "-", omittingEmptySubsequences: false)
        guard 3...4 ~= parts.count, parts[0] == "IP", parts.count == 3 || parts[3] == "0" || parts[3] == "1" else { return false }
        func isPlain(_ character: Character) -> Bool { character.isASCII && (character.isLetter || character.isNumber) }
        return 1...15 ~= parts[1].count && parts[1].allSatisfy { isPlain($0) || $0 == "_" } && parts[2].count == 3
            && parts[2].allSatisfy { isPlain($0) && !$0.isLowercase }
    }

    static let level = Rule(
        "EMI-08", "A new car or van has a level in force", .warning,
        appliesTo: "categories M1 and N1 with an energy source that isn't electricity",
        source: "Regulations (EC) 715/2007 and (EU) 2024/1257 (from memory)",
        explanation: """
            ExhaustEmissionLevel is Euro 6 or Euro 7, or Euro VI where MassInRunningOrder is above 2355 kg. Older levels can't be registered as new.
            """,
        remedy: "Check ExhaustEmissionLevel."
    ) { check in
        guard let category = check.vehicle.category, category.isLightDuty, let level = check.text(.exhaustEmissionLevel),
            level.hasPrefix("Euro "), check.vehicle.sources.contains(where: { $0.code != nil && !$0.isElectricity })
        else { return }
        let isHeavy = check.number(.massInRunningOrder).map { $0 > 2355 } ?? true
        let allowed = ["Euro 6", "Euro 7"] + (isHeavy ? ["Euro VI", "Euro VII"] : [])
        guard !allowed.contains(where: { level == $0 || level.hasPrefix($0 + " ") }) else { return }
        check.report(.exhaustEmissionLevel, "ExhaustEmissionLevel is \(level) for a new vehicle of category \(category.code).")
    }

    /// Grams of CO2 for each litre (natural gas: for each cubic metre or kilogram), by energy source.
    private static let balances: [String: [ClosedRange<Double>]] = [
        "10": [21.9...24.0], "11": [21.9...24.0], "12": [21.9...24.0], "20": [25.6...27.0], "30": [15.7...17.0],
        "40": [17.0...18.8, 26.0...28.5], "16": [16.0...17.2],
    ]
    private static let resultPairs: [(Place, Place)] = [
        (.wltpCo2Combined, .wltpFuelConsumptionCombined), (.wltpCo2WeightedCombined, .wltpFuelConsumptionWeightedCombined),
        (.wltpCo2ChargeSustainingCombined, .wltpFuelConsumptionChargeSustainingCombined),
    ]

    static let carbonBalance = Rule(
        "EMI-09", "CO2 and consumption fit each other", .warning,
        appliesTo: "energy sources petrol, diesel, LPG, natural gas and E85 with both results", source: wltp,
        explanation: """
            What is burnt becomes CO2: (g/km) / (l/100 km) is 21.9 to 24.0 for petrol, 25.6 to 27.0 for diesel, 15.7 to 17.0 for LPG, 16.0 to \
            17.2 for E85, 17.0 to 18.8 for natural gas in m³ or 26.0 to 28.5 in kg. Rounding of 0.5 g and 0.05 l is allowed for.
            """,
        remedy: "Check both values for slips of a digit and of the decimal point."
    ) { check in
        for source in check.vehicle.sources {
            guard let code = source.code, let balance = balances[code] else { continue }
            for (emission, consumption) in resultPairs {
                guard let grams = check.decimal(emission, source.indices), let litres = check.decimal(consumption, source.indices),
                    litres > 0 || grams > 0
                else { continue }
                let low = max(0, grams - 0.5) / (litres + 0.05)
                let high = litres > 0.05 ? (grams + 0.5) / (litres - 0.05) : .infinity
                guard !balance.contains(where: { $0.overlaps(low...high) }) else { continue }
                check.report(
                    emission, at: source.indices,
                    "\(emission.element.name) is \(grams) g/km and \(consumption.element.name) \(litres): together they don't fit energy source \(code)."
                )
            }
        }
    }

    /// The distances of the phases of the class 3b cycle, in km.
    private static let distances = [3.095, 4.756, 7.162, 8.254]
    private static let series: [(stem: [Place], combined: Place, share: Double, unit: Double)] = [
        ("WltpCo2", 0.03, 1.0), ("WltpCo2ChargeSustaining", 0.03, 1.0), ("WltpFuelConsumption", 0.03, 0.1),
        ("WltpFuelConsumptionChargeSustaining", 0.03, 0.1), ("WltpEnergyConsumptionPureElectric", 0.10, 1.0),
        ("WltpEnergyConsumptionExternallyCharged", 0.10, 1.0),
    ].map { stem, share, unit in
        (["Low", "Medium", "High", "ExtraHigh"].map { Place(stem + $0) }, Place(stem + "Combined"), share, unit)
    }

    static let weightedPhases = Rule(
        "EMI-10", "The combined result is the mean of the phases", .warning,
        appliesTo: "energy sources with all four phases and the combined result", source: wltp,
        explanation: """
            Combined = (3.095 Low + 4.756 Medium + 7.162 High + 8.254 ExtraHigh) / 23.267, within 3 % and a unit of the last place for CO2 and \
            fuel, within 10 % for electricity, whose declared value may be higher.
            """,
        remedy: "Check the results of the phases and their combination."
    ) { check in
        for source in check.vehicle.sources {
            for (phases, combined, share, unit) in series {
                let results = phases.compactMap { check.decimal($0, source.indices) }
                guard results.count == 4, let declared = check.decimal(combined, source.indices) else { continue }
                let mean = zip(results, distances).map { $0 * $1 }.reduce(0, +) / 23.267
                guard abs(declared - mean) > share * mean + unit else { continue }
                check.report(
                    combined, at: source.indices,
                    "\(combined.element.name) is \(declared), but the phases come to \((mean * 10).rounded() / 10).")
            }
        }
    }

    private static let charging: [(Place, Place, Place)] = [
        (
            Place("WltpCo2ChargeDepletingCombined"), .wltpCo2WeightedCombined, .wltpCo2ChargeSustainingCombined
        ),
        (
            Place("WltpFuelConsumptionChargeDepletingCombined"), .wltpFuelConsumptionWeightedCombined,
            .wltpFuelConsumptionChargeSustainingCombined
        ),
    ]

    static let chargingOrder = Rule(
        "EMI-11", "The weighted result lies between those of the charging states", .warning,
        appliesTo: "plug-in hybrids with weighted and charge-sustaining results", source: wltp,
        explanation: "ChargeDepleting <= Weighted <= ChargeSustaining, for CO2 and for consumption.",
        remedy: "Check the three results; perhaps they are exchanged."
    ) { check in
        for source in check.vehicle.sources {
            for (depleting, weighted, sustaining) in charging {
                guard let mean = check.decimal(weighted, source.indices) else { continue }
                if let most = check.decimal(sustaining, source.indices), mean > most {
                    check.report(
                        weighted, at: source.indices,
                        "\(weighted.element.name) is \(mean), more than \(sustaining.element.name) with \(most).")
                } else if let least = check.decimal(depleting, source.indices), least > mean {
                    check.report(
                        weighted, at: source.indices,
                        "\(weighted.element.name) is \(mean), less than \(depleting.element.name) with \(least).")
                }
            }
        }
    }

    private static let ranges: [(shorter: Place, longer: Place)] = [
        (.wltpEquivalentAllElectricOffVehicleChargingRange, Place("WltpAllElectricOffVehicleChargingRange")),
        (.wltpPureElectricRange, Place("WltpPureElectricRangeCity")),
        (.wltpEquivalentAllElectricOffVehicleChargingRange, Place("WltpEquivalentAllElectricOffVehicleChargingRangeCity")),
        (Place("WltpAllElectricOffVehicleChargingRange"), Place("WltpAllElectricOffVehicleChargingRangeCity")),
    ]

    static let electricRanges = Rule(
        "EMI-12", "The electric ranges are in order", .warning,
        appliesTo: "energy sources with two electric ranges", source: wltp,
        explanation: """
            The equivalent all-electric range isn't more than the all-electric range, and no range is more than that in the city. For a car or \
            van each is between 10 and 1500 km.
            """,
        remedy: "Check the ranges: km, without decimals."
    ) { check in
        let places = ranges.map(\.shorter)
        for source in check.vehicle.sources {
            for (shorter, longer) in ranges {
                guard let less = check.number(shorter, source.indices), let more = check.number(longer, source.indices), less > more else {
                    continue
                }
                check.report(
                    shorter, at: source.indices, "\(shorter.element.name) is \(less) km, more than \(longer.element.name) with \(more) km.")
            }
            guard check.vehicle.category?.isLightDuty == true else { continue }
            for place in [places[0], places[1], places[3]] {
                guard let range = check.number(place, source.indices), !(10...1500 ~= range) else { continue }
                check.report(place, at: source.indices, "\(place.element.name) is \(range) km.")
            }
        }
    }

    static let electricConsumption = Rule(
        "EMI-13", "The electric consumption is in Wh/km", .warning,
        appliesTo: "categories M1 and N1 with an electric consumption", source: "experience; the official examples have 181 to 183 Wh/km",
        explanation: "Between 60 and 600 Wh/km. A value of 10 to 60 is one in kWh/100 km, and one below 1 in kWh/km.",
        remedy: "Give the consumption in Wh/km; the source's mapping can multiply (factor = 10 for kWh/100 km)."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true else { return }
        let places = [
            Place.wltpEnergyConsumptionPureElectricCombined, .wltpEnergyConsumptionExternallyChargedCombined,
        ]
        for source in check.vehicle.sources {
            for place in places {
                guard let value = check.decimal(place, source.indices), !(60...600 ~= value) else { continue }
                let unit = 5..<60 ~= value ? ", which looks like kWh/100 km" : value < 1 ? ", which looks like kWh/km" : ""
                check.report(place, at: source.indices, "\(place.element.name) is \(value) Wh/km\(unit).")
            }
        }
    }

    static let batterySize = Rule(
        "EMI-14", "Range and consumption come to a battery", .warning,
        appliesTo: "pure electric cars and vans", source: "arithmetic; the official examples have 62 to 74 kWh",
        explanation: "WltpPureElectricRange x WltpEnergyConsumptionPureElectricCombined is between 5 and 250 kWh.",
        remedy: "Check range (km) and consumption (Wh/km)."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true else { return }
        for source in check.vehicle.sources {
            guard let range = check.number(.wltpPureElectricRange, source.indices),
                let consumption = check.decimal(.wltpEnergyConsumptionPureElectricCombined, source.indices)
            else { continue }
            let energy = Double(range) * consumption / 1000
            guard !(5...250 ~= energy) else { continue }
            check.report(
                .wltpPureElectricRange, at: source.indices,
                "\(range) km at \(consumption) Wh/km would take \(Int(energy.rounded())) kWh.")
        }
    }

    static let roadLoad = Rule(
        "EMI-15", "The road load is one of a car or van", .warning,
        appliesTo: "categories M1 and N1 with the three coefficients", source: "experience; the official examples have 0.24 to 0.29 N/kg",
        explanation: """
            The force at 100 km/h, F0 + 100 F1 + 10000 F2, is between 0.10 and 0.60 N for each kg of the test mass, and F0 between 20 and 800 N. A \
            negative F1 is usual.
            """,
        remedy: "Check the coefficients: N, N/(km/h) and N/(km/h)²."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true, let constant = check.decimal(.wltpRoadLoadCoefficientF0),
            let linear = check.decimal(.wltpRoadLoadCoefficientF1), let square = check.decimal(.wltpRoadLoadCoefficientF2)
        else { return }
        let force = constant + 100 * linear + 10000 * square
        let mass = check.number(.wltpEmissionTestMass) ?? check.number(.massInRunningOrder)
        let isUsual = mass.map { 0.10...0.60 ~= force / Double(max(1, $0)) } ?? (force > 0)
        guard !(20...800 ~= constant) || !isUsual else { return }
        check.report(
            .wltpRoadLoadCoefficientF0, "The road load comes to \(Int(force.rounded())) N at 100 km/h\(mass.map { " for \($0) kg" } ?? "")."
        )
    }

    /// Limits of Euro 6 in mg/km.
    private static let limits: [(Place, Double)] = [
        (Place("WltpType1Co"), 1000), (Place("WltpType1Thc"), 100), (Place("WltpType1Nmhc"), 68), (Place("WltpType1Nox"), 80),
        (Place("WltpType1Particulates"), 4.5),
    ]

    static let pollutants = Rule(
        "EMI-16", "The pollutants are within the limits", .warning,
        appliesTo: "category M1 with results of the type 1 test", source: "Regulation (EC) 715/2007, Annex I, Euro 6 (from memory)",
        explanation: "In mg/km: CO 1000, THC 100, NMHC 68, NOx 80, particulates 4.5; particles 6.0 x 10¹¹ a km.",
        remedy: "Check the results and their unit: IVI has mg/km."
    ) { check in
        guard check.vehicle.category?.base == "M1" else { return }
        for source in check.vehicle.sources {
            for (place, limit) in limits {
                guard let value = check.decimal(place, source.indices), value > limit else { continue }
                check.report(place, at: source.indices, "\(place.element.name) is \(value) mg/km, above the limit of \(limit).")
            }
            for (mantissa, exponent) in particles {
                guard let value = check.decimal(mantissa, source.indices), let power = check.number(exponent, source.indices),
                    !(8...13 ~= power) || value > 99
                else { continue }
                check.report(mantissa, at: source.indices, "\(mantissa.element.name) is \(value) with the exponent \(power).")
            }
        }
    }

    private static let particles = [
        (Place("WltpType1NumberOfParticles"), Place("WltpType1NumberOfParticlesExponent")),
        (Place("RdeCompleteNumberOfParticles"), Place("RdeCompleteNumberOfParticlesExponent")),
        (Place("RdeUrbanNumberOfParticles"), Place("RdeUrbanNumberOfParticlesExponent")),
    ]

    static let carbonDioxide = Rule(
        "EMI-17", "A car's CO2 is in g/km", .warning,
        appliesTo: "categories M1 and N1 with combined CO2", source: "experience",
        explanation: "WltpCo2Combined is between 20 and 600 g/km, WltpCo2WeightedCombined up to 300.",
        remedy: "Check the value for a slip of the decimal point."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true else { return }
        for source in check.vehicle.sources where source.code != "50" && !source.isElectricity {
            for (place, range) in [(Place.wltpCo2Combined, 20.0...600.0), (.wltpCo2WeightedCombined, 0...300)] {
                guard let value = check.decimal(place, source.indices), !range.contains(value) else { continue }
                check.report(place, at: source.indices, "\(place.element.name) is \(value) g/km.")
            }
        }
    }
}
