import Certificate

/// MAS-09 and MAS-10: masses that other masses may not fall below.
enum MassMarginRules {
    static let all = [allowedParameters, testMass]

    static let allowedParameters = Rule(
        "MAS-09", "The masses allowed for later stages include this vehicle's", .warning,
        appliesTo: "vehicles with AllowedParameterValuesMultistageGroup", source: "RULES 74; MODEL R-MA6",
        explanation: """
            AllowedActualMass is at least ActualMass, and AllowedTechnicallyPermissibleMaximumLadenMass at least \
            TechnicallyPermissibleMaximumLadenMass: the parameters say how far a later stage may go.
            """,
        remedy: "Check the allowed parameters and the vehicle's own masses."
    ) { check in
        let pairs: [(Place, Place)] = [
            (.allowedActualMass, .actualMass), (.allowedTechnicallyPermissibleMaximumLadenMass, .technicallyPermissibleMaximumLadenMass),
        ]
        for (allowed, own) in pairs {
            guard let limit = check.number(allowed), let mass = check.number(own), limit < mass else { continue }
            check.report(allowed, "\(allowed.element.name) is \(limit) kg, less than \(own.element.name) with \(mass) kg.")
        }
    }

    static let testMass = Rule(
        "MAS-10", "The WLTP test mass is at least the actual mass", .warning,
        appliesTo: "vehicles with WltpEmissionTestMass and ActualMass", source: "MODEL R-MA5",
        explanation: "The test mass is the vehicle's mass and a part of what it may carry.",
        remedy: "Check WltpEmissionTestMass and ActualMass."
    ) { check in
        guard let test = check.number(.wltpEmissionTestMass), let actual = check.number(.actualMass), test < actual else { return }
        check.report(.wltpEmissionTestMass, "WltpEmissionTestMass is \(test) kg, less than ActualMass with \(actual) kg.")
    }
}
