import Certificate

/// EMI-18 and EMI-19: results and areas of a test in their units.
enum TestUnitRules {
    static let all = [pollutantUnit, frontalArea]

    static let pollutantUnit = Rule(
        "EMI-18", "The pollutants are in mg/km", .warning,
        appliesTo: "categories M1 and N1 with CO and NOx of the type 1 test, and a source that isn't electricity", source: "experience",
        explanation: "CO below 5 and NOx below 0.2 together are g/km: the cleanest engines have dozens of mg/km of CO.",
        remedy: "Give the results in mg/km; the source's mapping can multiply (factor = \"1000\")."
    ) { check in
        guard check.vehicle.category?.isLightDuty == true else { return }
        for source in check.vehicle.sources where !source.isElectricity && source.code != "50" {
            guard let monoxide = check.decimal(co, source.indices), let oxides = check.decimal(nox, source.indices), monoxide > 0,
                monoxide < 5, oxides < 0.2
            else { continue }
            check.report(
                co, at: source.indices,
                "\(co.element.name) is \(monoxide) mg/km and \(nox.element.name) \(oxides) mg/km, which look like g/km.")
        }
    }

    private static let (co, nox) = (Place("WltpType1Co"), Place("WltpType1Nox"))

    private static let areas: [(Place, ClosedRange<Double>)] = [
        (Place("WltpFrontalArea"), 0.3...15), (Place("ProjectedFrontalAreaAirEntranceFrontGrill"), 0...20_000),
    ]

    static let frontalArea = Rule(
        "EMI-19", "The frontal area is one of a vehicle", .warning,
        appliesTo: "vehicles with WltpFrontalArea or ProjectedFrontalAreaAirEntranceFrontGrill", source: "experience",
        explanation: "WltpFrontalArea is between 0.3 and 15 m², that of the grill's air entrance at most 20 000 cm².",
        remedy: "Check the area and its unit: IVI has the vehicle's in m² and the grill's in cm²."
    ) { check in
        for (place, range) in areas {
            guard let area = check.decimal(place), !range.contains(area) else { continue }
            check.report(place, "\(place.element.name) is \(area) \(place.element.unit ?? "").")
        }
    }
}
