import Certificate

/// AXL-07, AXL-12, AXL-13: that the distances and masses of the axles fit those of the vehicle.
enum AxleMeasureRules {
    static let all = [spacingSum, permissibleMassSum, distributionSum]

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

    static let permissibleMassSum = Rule(
        "AXL-12", "The axles carry the laden vehicle", .error,
        appliesTo: "categories M, N, L and T, and O with a static mass at the coupling point; all axles with a permissible mass",
        source: "RULES 71; MODEL R-AX4; the receivers' published conditions (second-hand)",
        explanation: """
            The sum of TechnicallyPermissibleMassAxle (for a trailer with the static vertical mass at the coupling point) is at least \
            TechnicallyPermissibleMaximumLadenMass, in kg. Of a trailer it only warns.
            """,
        remedy: "Check the permissible masses of the axles and of the vehicle."
    ) { check in
        guard let category = check.vehicle.category, "MNOLT".contains(category.letter),
            let laden = check.number(.technicallyPermissibleMaximumLadenMass),
            let axles = check.sumOverAxles(.technicallyPermissibleMassAxle)
        else { return }
        let coupling = category.letter == "O" ? check.staticCouplingMass : 0
        guard let coupling, axles + coupling < laden else { return }
        let parts = coupling > 0 ? "The axles and the coupling point together carry" : "The axles together carry"
        check.report(
            .technicallyPermissibleMaximumLadenMass, "\(parts) \(axles + coupling) kg, less than the maximum laden mass of \(laden) kg.",
            severity: category.letter == "O" ? .warning : nil)
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
