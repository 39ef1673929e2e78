import Certificate

/// POW: engines, powers, speeds and sound levels that vehicles of the category have.
enum PowerRules {
    static let all = [capacity, powerPerLitre, engineSpeed, thirtyMinutes, totalPower, maximumSpeed, sound, cylinders, principle]

    private static let experience = "experience with vehicles of the category; the official examples keep it"

    /// Whether the vehicle is of category L, whose engines are small and fast.
    private static func isLight(_ check: CheckContext) -> Bool { check.vehicle.category?.letter == "L" }

    static let capacity = Rule(
        "POW-01", "The engine has the capacity of one of its category", .warning,
        appliesTo: "energy convertors with EngineCapacity, categories M, N and L", source: experience,
        explanation: "In cm³: 500 to 8500 for M1 and N1, 1000 to 18000 for M2, M3, N2 and N3, 20 to 2500 for L.",
        remedy: "Check EngineCapacity and its unit: IVI has it in cm³."
    ) { check in
        guard let category = check.vehicle.category else { return }
        let range: ClosedRange<Double>
        switch category.letter {
        case "M", "N": range = category.isLightDuty ? 500...8500 : 1000...18000
        case "L": range = 20...2500
        default: return
        }
        for convertor in check.vehicle.convertors {
            guard let value = check.decimal(.engineCapacity, [convertor]), !range.contains(value) else { continue }
            check.report(
                .engineCapacity, at: [convertor],
                "EngineCapacity is \(check.text(.engineCapacity, [convertor]) ?? "") cm³, which no vehicle of category \(category.code) has."
            )
        }
    }

    static let powerPerLitre = Rule(
        "POW-02", "The engine's power fits its capacity", .warning,
        appliesTo: "energy sources with MaximumNetPowerCombustion in an energy convertor with EngineCapacity", source: experience,
        explanation: "Between 15 and 200 kW a litre, up to 250 for category L.",
        remedy: "Check MaximumNetPowerCombustion (kW) and EngineCapacity (cm³)."
    ) { check in
        for source in check.vehicle.sources {
            guard let power = check.decimal(.maximumNetPowerCombustion, source.indices),
                let capacity = check.decimal(.engineCapacity, [source.convertor]), capacity > 0
            else { continue }
            let each = power / (capacity / 1000)
            guard !(15...(isLight(check) ? 250 : 200) ~= each) else { continue }
            check.report(
                .maximumNetPowerCombustion, at: source.indices,
                "MaximumNetPowerCombustion is \(power) kW from \(capacity) cm³, \(Int(each.rounded())) kW a litre.")
        }
    }

    static let engineSpeed = Rule(
        "POW-03", "The engine has its power at a usual speed", .warning,
        appliesTo: "energy sources with EngineSpeedMaximumNetPower", source: experience,
        explanation: "In min⁻¹: 1200 to 5500 for diesel (20), 2000 to 10500 for other fuels, up to 16000 for category L.",
        remedy: "Check EngineSpeedMaximumNetPower."
    ) { check in
        for source in check.vehicle.sources {
            guard let speed = check.number(.engineSpeedMaximumNetPower, source.indices) else { continue }
            let range = source.code == "20" ? 1200...5500 : 2000...(isLight(check) ? 16000 : 10500)
            guard !range.contains(speed) else { continue }
            check.report(
                .engineSpeedMaximumNetPower, at: source.indices,
                "EngineSpeedMaximumNetPower is \(speed) min⁻¹ for energy source \(source.code ?? "?").")
        }
    }

    static let thirtyMinutes = Rule(
        "POW-04", "The power for 30 minutes isn't more than the net power", .warning,
        appliesTo: "electric energy sources with both powers", source: "UN Regulation 85, definitions; the official examples keep it",
        explanation: "Maximum30MinutesPower <= MaximumNetPowerElectric.",
        remedy: "Check both powers; perhaps they are exchanged."
    ) { check in
        for source in check.vehicle.sources {
            guard let lasting = check.decimal(.maximum30MinutesPower, source.indices),
                let net = check.decimal(.maximumNetPowerElectric, source.indices), lasting > net
            else { continue }
            check.report(
                .maximum30MinutesPower, at: source.indices,
                "Maximum30MinutesPower is \(lasting) kW, but MaximumNetPowerElectric is \(net) kW.")
        }
    }

    static let totalPower = Rule(
        "POW-05", "A car has the power of one", .warning,
        appliesTo: "category M1", source: experience,
        explanation: "Each net power, of an engine or of a motor, is between 5 and 1200 kW.",
        remedy: "Check the power and its unit: IVI has it in kW (1 PS = 0.7355 kW)."
    ) { check in
        guard check.vehicle.category?.base == "M1" else { return }
        for source in check.vehicle.sources {
            for place in [Place.maximumNetPowerCombustion, .maximumNetPowerElectric] {
                guard let power = check.decimal(place, source.indices), !(5...1200 ~= power) else { continue }
                check.report(place, at: source.indices, "\(place.element.name) is \(power) kW.")
            }
        }
    }

    private static let speeds: [Substring: ClosedRange<Double>] = [
        "M1": 40...450, "N1": 40...300, "M2": 40...130, "M3": 40...130, "N2": 40...130, "N3": 40...130, "O1": 25...140, "O2": 25...140,
        "O3": 25...140, "O4": 25...140, "L1": 5...45, "L2": 5...45, "L6": 5...45,
    ]

    static let maximumSpeed = Rule(
        "POW-06", "The maximum speed is one of the category", .warning,
        appliesTo: "categories M, N, O, L1e, L2e and L6e",
        source: "Regulations (EU) 2019/2144 and 168/2013, Annex I (from memory); experience",
        explanation: "In km/h: M1 40 to 450, N1 40 to 300, M2, M3, N2 and N3 40 to 130, O 25 to 140, L1e, L2e and L6e up to 45.",
        remedy: "Check MaximumSpeed and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let range = speeds[category.base], let speed = check.decimal(.maximumSpeed),
            !range.contains(speed)
        else { return }
        check.report(
            .maximumSpeed,
            "MaximumSpeed is \(check.text(.maximumSpeed) ?? "") km/h; for category \(category.code) it is between \(Int(range.lowerBound)) and \(Int(range.upperBound))."
        )
    }

    static let sound = Rule(
        "POW-07", "The sound levels are in decibels", .warning,
        appliesTo: "energy sources with sound levels", source: "UN Regulation 51 (from memory); the official examples have 57 to 66 dB(A)",
        explanation: """
            SoundLevelDriveBy is between 50 and 90 dB(A), SoundLevelStationary between 50 and 115, and the engine speed of the stationary test \
            less than that of the maximum power.
            """,
        remedy: "Check the sound levels and the engine speed; perhaps they are exchanged."
    ) { check in
        for source in check.vehicle.sources {
            for (place, range) in [(Place.soundLevelDriveBy, 50.0...90.0), (.soundLevelStationary, 50...115)] {
                guard let level = check.decimal(place, source.indices), !range.contains(level) else { continue }
                check.report(place, at: source.indices, "\(place.element.name) is \(level) dB(A).")
            }
            guard let tested = check.number(.soundLevelStationaryEngineSpeed, source.indices),
                let speed = check.number(.engineSpeedMaximumNetPower, source.indices), tested > speed
            else { continue }
            check.report(
                .soundLevelStationaryEngineSpeed, at: source.indices,
                "The stationary test was at \(tested) min⁻¹, above the \(speed) min⁻¹ of the maximum power.")
        }
    }

    static let cylinders = Rule(
        "POW-08", "The number of cylinders is one of an engine", .warning,
        appliesTo: "energy convertors with NumberOfCylinders", source: experience,
        explanation: "Between 1 and 16; V (ArrangementCylinders) has an even number, or 3 or 5 in motorcycles.",
        remedy: "Check NumberOfCylinders."
    ) { check in
        for convertor in check.vehicle.convertors {
            guard let number = check.number(.numberOfCylinders, [convertor]) else { continue }
            let isOddV = number % 2 == 1 && check.text(.arrangementCylinders, [convertor]) == "V" && !isLight(check)
            guard !(1...16 ~= number) || isOddV else { continue }
            check.report(
                .numberOfCylinders, at: [convertor], "NumberOfCylinders is \(number)\(isOddV ? ", arranged in a V" : "").")
        }
    }

    static let principle = Rule(
        "POW-09", "The fuel fits the working principle", .warning,
        appliesTo: "energy convertors with WorkingPrinciple INTCI and INTPI", source: "how engines work",
        explanation: """
            Diesel (20) is ignited by compression (INTCI), petrol and gas (10, 11, 12, 30, 40) by a spark (INTPI). Dual-fuel engines (FuelType \
            D) burn gas with diesel.
            """,
        remedy: "Check WorkingPrinciple and EnergySource."
    ) { check in
        guard check.text(.fuelType) != "D" else { return }
        for source in check.vehicle.sources {
            guard let principle = check.text(.workingPrinciple, [source.convertor]), let code = source.code,
                principle == "INTCI" && ["10", "11", "12", "30", "40"].contains(code) || principle == "INTPI" && code == "20"
            else { continue }
            check.report(
                .workingPrinciple, at: [source.convertor],
                "WorkingPrinciple is \(principle) (\(principle == "INTCI" ? "compression ignition" : "positive ignition")), but the energy source is \(code)."
            )
        }
    }
}
