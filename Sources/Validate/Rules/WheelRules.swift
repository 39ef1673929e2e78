import Certificate

/// AXL-19 to AXL-21: how many axles and wheels a vehicle of the category stands on, and which drive it.
enum WheelRules {
    static let all = [leastAxles, leastWheels, poweredAxle]

    private static let conditions = "the receivers' published conditions (second-hand)"

    static let leastAxles = Rule(
        "AXL-19", "A vehicle that drives by itself has two axles", .warning,
        appliesTo: "categories M, N, L and T with NumberOfAxles", source: conditions,
        explanation: "NumberOfAxles is 2 or more.",
        remedy: "Check NumberOfAxles."
    ) { check in
        guard let category = check.vehicle.category, "MNLT".contains(category.letter), let axles = check.number(.numberOfAxles), axles < 2
        else { return }
        check.report(.numberOfAxles, "NumberOfAxles is \(axles) for a vehicle of category \(category.code).")
    }

    static let leastWheels = Rule(
        "AXL-20", "The vehicle has the wheels of its category", .warning,
        appliesTo: "vehicles with NumberOfWheels", source: conditions,
        explanation: "At least 4 for M and N, 3 for T, 2 for L, 1 for O, R and S; and at least one on each axle.",
        remedy: "Check NumberOfWheels and VehicleCategory."
    ) { check in
        guard let category = check.vehicle.category, let wheels = check.number(.numberOfWheels) else { return }
        let least = ["M": 4, "N": 4, "T": 3, "L": 2][category.letter] ?? 1
        guard wheels < max(least, check.vehicle.axles.count) else { return }
        check.report(.numberOfWheels, "NumberOfWheels is \(wheels) for a vehicle of category \(category.code).")
    }

    static let poweredAxle = Rule(
        "AXL-21", "An axle of a motor vehicle is powered", .warning,
        appliesTo: "categories M, N and L with PoweredAxleIndicator on every axle", source: "how vehicles move",
        explanation: "PoweredAxleIndicator is Y on at least one axle.",
        remedy: "Check PoweredAxleIndicator."
    ) { check in
        guard let category = check.vehicle.category, "MNL".contains(category.letter), !check.vehicle.axles.isEmpty,
            check.vehicle.axles.allSatisfy({ check.text(.poweredAxleIndicator, [$0.group]) == "N" }), let first = check.vehicle.axles.first
        else { return }
        check.report(.poweredAxleIndicator, at: [first.group], "No axle of this vehicle of category \(category.code) is powered.")
    }
}
