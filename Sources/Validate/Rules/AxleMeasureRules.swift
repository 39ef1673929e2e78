import Certificate

/// AXL-07, AXL-08, AXL-12, AXL-13: that the distances and masses of the axles fit those of the vehicle.
enum AxleMeasureRules {
    static let all = [spacingSum, spacingOfLastAxle, permissibleMassSum, distributionSum]

    static let spacingSum = Rule(
        "AXL-07", "The axle spacing of a two-axle vehicle is its wheelbase", .warning,
        appliesTo: "categories M and N with two axles", source: "RULES 79; MODEL R-AX3",
        explanation: "AxleSpacing of axle 1 equals Wheelbase, both in mm. An official example differs, so it is never an error.",
        remedy: "Check Wheelbase and the AxleSpacing of axle 1."
    ) { check in
        guard let category = check.vehicle.category, "MN".contains(category.letter), check.vehicle.axles.count == 2,
            let wheelbase = check.number(.wheelbase), let axle = check.vehicle.axles.first,
            let spacing = check.number(.axleSpacing, [axle.group]), spacing != wheelbase
        else { return }
        check.report(.axleSpacing, at: [axle.group], "AxleSpacing is \(spacing) mm, but Wheelbase is \(wheelbase) mm.")
    }

    static let spacingOfLastAxle = Rule(
        "AXL-08", "Every axle but the last has an axle spacing", .warning,
        appliesTo: "categories M, N and O with an axle table", source: "RULES 78; MODEL R-AX6",
        explanation: "AxleSpacing is the distance to the next axle: axle n has the gap from n to n+1, the last axle has none.",
        remedy: "Give AxleSpacing to each axle except the last."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle else { return }
        let axles = check.vehicle.axles
        let last = axles.count
        for axle in axles {
            guard let number = axle.number, 1...last ~= number else { continue }
            let hasSpacing = check.isPresent(.axleSpacing, [axle.group]) || check.isPresent(.axleSpacingAdjustableMin, [axle.group])
            if number == last, hasSpacing {
                check.report(.axleSpacing, at: [axle.group], "Axle \(number) is the last one, but it has an axle spacing.")
            } else if number < last, !hasSpacing {
                check.report(.axleSpacing, at: [axle.group], "Axle \(number) of \(last) has no axle spacing.")
            }
        }
    }

    static let permissibleMassSum = Rule(
        "AXL-12", "The axles carry the laden vehicle", .warning,
        appliesTo: "categories M and N, and O with a static mass at the coupling point; all axles with a permissible mass",
        source: "RULES 71; MODEL R-AX4",
        explanation: """
            The sum of TechnicallyPermissibleMassAxle (for a trailer with the static vertical mass at the coupling point) is at least \
            TechnicallyPermissibleMaximumLadenMass, in kg.
            """,
        remedy: "Check the permissible masses of the axles and of the vehicle."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle,
            let laden = check.number(.technicallyPermissibleMaximumLadenMass),
            let axles = check.sumOverAxles(.technicallyPermissibleMassAxle)
        else { return }
        let coupling = category.letter == "O" ? check.staticCouplingMass : 0
        guard let coupling, axles + coupling < laden else { return }
        let parts = coupling > 0 ? "The axles and the coupling point together carry" : "The axles together carry"
        check.report(
            .technicallyPermissibleMaximumLadenMass, "\(parts) \(axles + coupling) kg, less than the maximum laden mass of \(laden) kg.")
    }

    static let distributionSum = Rule(
        "AXL-13", "The mass in running order is spread over the axles", .warning,
        appliesTo: "categories M and N, and O with a mass at the coupling; all axles with DistributionMassRunningOrderAxle",
        source: "RULES 72; MODEL R-AX5",
        explanation: """
            The sum of DistributionMassRunningOrderAxle (for a trailer with MechanicalCouplingDistributionMassRunningOrder) equals \
            MassInRunningOrder, in kg.
            """,
        remedy: "Check the distribution of the mass in running order."
    ) { check in
        guard let category = check.vehicle.category, category.isRoadVehicle,
            let mass = check.number(.massInRunningOrder), let axles = check.sumOverAxles(.distributionMassRunningOrderAxle)
        else { return }
        let couplings = check.groups(.mechanicalCouplingGroup)
            .compactMap { check.number(.mechanicalCouplingDistributionMassRunningOrder, [$0]) }
        guard category.letter != "O" || !couplings.isEmpty else { return }
        let sum = axles + (category.letter == "O" ? couplings.reduce(0, +) : 0)
        guard sum != mass else { return }
        check.report(.massInRunningOrder, "MassInRunningOrder is \(mass) kg, but its parts on the axles add up to \(sum) kg.")
    }
}

extension CheckContext {
    /// The sum over all axles; nil unless every axle has the value.
    fileprivate func sumOverAxles(_ place: Place) -> Int? {
        let masses = vehicle.axles.compactMap { number(place, [$0.group]) }
        return masses.isEmpty || masses.count < vehicle.axles.count ? nil : masses.reduce(0, +)
    }
}
