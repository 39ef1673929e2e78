import Certificate

/// EMI: emission levels, particle numbers and test families.
enum EmissionRules {
    static let all = [levelAndRegulation, electricLevels, heavyLevels, particleNumbers, testFamilies]

    static let levelAndRegulation = Rule(
        "EMI-01", "The letters of the emission level are those of its regulation", .warning,
        appliesTo: "vehicles with ExhaustEmissionLevel and ExhaustEmissionLatestRegulationNumber that both end with letters",
        source: "MODEL R-FU9; RULES 49",
        explanation:
            "Such as Euro 6 EA with 715/2007*2023/443EA, or AX with 715/2007*2023/443AX. Levels of heavy vehicles (Euro VI) aren't compared.",
        remedy: "Check ExhaustEmissionLevel and ExhaustEmissionLatestRegulationNumber."
    ) { check in
        guard let level = check.text(.exhaustEmissionLevel), let regulation = check.text(.exhaustEmissionLatestRegulationNumber) else {
            return
        }
        let words = level.split(separator: " ")
        // "AX", or the third word of "Euro 6 EA".
        let isLight = words.count == 1 || words.count == 3 && (words[1].first?.isNumber ?? false)
        let end = regulation.reversed().prefix { $0.isASCII && $0.isUppercase }.reversed()
        guard isLight, let letters = words.last, !end.isEmpty, String(letters) != String(end) else { return }
        check.report(.exhaustEmissionLevel, "ExhaustEmissionLevel is \(level), but its regulation \(regulation) ends with \(String(end)).")
    }

    static let electricLevels = Rule(
        "EMI-02", "Levels without a Euro number are for electricity and hydrogen", .warning,
        appliesTo: "ExhaustEmissionLevel AX, AY, AZ, ZX, ZY and ZZ with energy sources", source: "MODEL R-FU10",
        explanation: "Every EnergySource is 95 (electricity) or 50 (hydrogen).",
        remedy: "Check ExhaustEmissionLevel and the energy sources."
    ) { check in
        guard let level = check.text(.exhaustEmissionLevel), ["AX", "AY", "AZ", "ZX", "ZY", "ZZ"].contains(level) else { return }
        let burnt = check.vehicle.sources.compactMap(\.code).filter { $0 != "95" && $0 != "50" }
        guard !burnt.isEmpty else { return }
        check.report(.exhaustEmissionLevel, "ExhaustEmissionLevel is \(level), but an energy source is \(burnt.listed).")
    }

    static let heavyLevels = Rule(
        "EMI-03", "Heavy vehicles have emission levels of heavy vehicles", .warning,
        appliesTo: "categories M3 and N3", source: "MODEL R-FU10",
        explanation: "Levels with an Arabic number, such as Euro 6, are those of cars and vans; heavy vehicles have Euro VI.",
        remedy: "Check ExhaustEmissionLevel and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, category.base == "M3" || category.base == "N3",
            let level = check.text(.exhaustEmissionLevel), level.hasPrefix("Euro "), let number = level.dropFirst(5).first, number.isNumber,
            number < "7"
        else { return }
        check.report(
            .exhaustEmissionLevel, "ExhaustEmissionLevel is \(level), which isn't for a vehicle of category \(category.code).")
    }

    /// Particle numbers: each mantissa with its exponent.
    private static let numbers: [(mantissa: Place, exponent: Place)] = {
        let catalogue = Catalogue.initialVehicleInformation
        return catalogue.elements.compactMap { exponent in
            guard exponent.name.hasSuffix("Exponent"), let mantissa = catalogue.element(named: exponent.name.dropLast("Exponent".count))
            else {
                return nil
            }
            return (Place(mantissa), Place(exponent))
        }
    }()

    static let particleNumbers = Rule(
        "EMI-04", "A number of particles has its power of ten", .error,
        appliesTo: "energy sources with a number of particles", source: "MODEL R-FU11",
        explanation: "6.0 · 10¹¹ is written as two elements, such as WltpType1NumberOfParticles 6.0 and its …Exponent 11: both or none.",
        remedy: "Give the missing half of the number."
    ) { check in
        for source in check.vehicle.sources {
            for (mantissa, exponent) in numbers where check.isPresent(mantissa, source.indices) != check.isPresent(exponent, source.indices)
            {
                let (given, lacking) = check.isPresent(mantissa, source.indices) ? (mantissa, exponent) : (exponent, mantissa)
                check.report(lacking, at: source.indices, "\(given.element.name) is given without \(lacking.element.name).")
            }
        }
    }

    static let testFamilies = Rule(
        "EMI-05", "A test family's identifier begins with its kind", .warning,
        appliesTo: "TestFamilyIdentifier IP, RL, RM, PR, EV and ATCT", source: "RULES 51, 52",
        explanation: "IP-…, RL-…, RM-…, PR-…, EV-… and AT-…. Those of PEMS and OM have other forms and aren't judged.",
        remedy: "Check TestFamilyIdentifier and TestFamilyIdentifierValue."
    ) { check in
        for source in check.vehicle.sources {
            for group in check.groups(.testFamilyIdentifiersGroup, source.indices) {
                let indices = source.indices + [group]
                guard let kind = check.text(.testFamilyIdentifier, indices), let value = check.text(.testFamilyIdentifierValue, indices),
                    ["IP", "RL", "RM", "PR", "EV", "ATCT"].contains(kind), !value.hasPrefix(kind.prefix(2))
                else { continue }
                check.report(
                    .testFamilyIdentifierValue, at: indices,
                    "The identifier '\(value)' of test family \(kind) doesn't begin with \(kind.prefix(2)).")
            }
        }
    }
}
