import Certificate

/// MAS: masses in kg, and values that may be given as ranges.
enum MassRules {
    static let all = [
        actualMass, actualBelowLaden, runningOrderBelowLaden, combinationAboveLaden, combinationWithinTowable, rangeOrder, rangeForm,
    ]

    static let actualMass = Rule(
        "MAS-01", "The actual mass is at least the mass in running order", .warning,
        appliesTo: "complete vehicles (StageOfCompletion C)", source: "MODEL R-MA1",
        explanation: "ActualMass is MassInRunningOrder and the optional equipment of this vehicle.",
        remedy: "Check ActualMass and MassInRunningOrder."
    ) { check in
        guard check.text(.stageOfCompletion) == "C", let actual = check.number(.actualMass),
            let running = check.number(.massInRunningOrder),
            actual < running
        else { return }
        check.report(.actualMass, "ActualMass is \(actual) kg, less than MassInRunningOrder with \(running) kg.")
    }

    static let actualBelowLaden = belowLaden("MAS-02", .actualMass, source: "RULES 70; MODEL R-MA2")
    static let runningOrderBelowLaden = belowLaden("MAS-03", .massInRunningOrder, source: "RULES 71; MODEL R-MA2")

    private static func belowLaden(_ id: String, _ place: Place, source: String) -> Rule {
        let name = place.element.name
        return Rule(
            id, "\(name) is less than the maximum laden mass", .error,
            appliesTo: "vehicles with both masses", source: source,
            explanation: "\(name) is less than TechnicallyPermissibleMaximumLadenMass: otherwise the vehicle could carry nothing.",
            remedy: "Check \(name) and TechnicallyPermissibleMaximumLadenMass."
        ) { check in
            guard let mass = check.number(place), let laden = check.number(.technicallyPermissibleMaximumLadenMass), mass >= laden else {
                return
            }
            check.report(place, "\(name) is \(mass) kg, but the maximum laden mass is \(laden) kg.")
        }
    }

    static let combinationAboveLaden = Rule(
        "MAS-04", "The combination may weigh at least what the vehicle may", .warning,
        appliesTo: "vehicles with a maximum mass of the combination", source: "RULES 71; MODEL R-MA3",
        explanation: "TechnicallyPermissibleMaximumCombinationMass is at least TechnicallyPermissibleMaximumLadenMass.",
        remedy: "Check both masses."
    ) { check in
        guard let laden = check.number(.technicallyPermissibleMaximumLadenMass) else { return }
        for indices in check.trailers {
            guard let mass = check.number(.technicallyPermissibleMaximumCombinationMass, indices), mass < laden else { continue }
            check.report(
                .technicallyPermissibleMaximumCombinationMass, at: indices,
                "The combination may weigh \(mass) kg, less than the vehicle's maximum laden mass of \(laden) kg.")
        }
    }

    static let combinationWithinTowable = Rule(
        "MAS-05", "The combination weighs no more than vehicle and trailer", .warning,
        appliesTo: "vehicles with a maximum mass of the combination and a towable mass", source: "RULES 71; MODEL R-MA3",
        explanation:
            "TechnicallyPermissibleMaximumCombinationMass is at most the maximum laden mass and the largest towable mass together.",
        remedy: "Check the masses of vehicle, trailer and combination."
    ) { check in
        let trailers = check.trailers
        guard let laden = check.number(.technicallyPermissibleMaximumLadenMass),
            let towable = trailers.compactMap({ check.number(.technicallyPermissibleMaximumTowableMass, $0) }).max()
        else { return }
        for indices in trailers {
            guard let mass = check.number(.technicallyPermissibleMaximumCombinationMass, indices), mass > laden + towable else { continue }
            check.report(
                .technicallyPermissibleMaximumCombinationMass, at: indices,
                "The combination may weigh \(mass) kg, more than vehicle (\(laden) kg) and trailer (\(towable) kg) together.")
        }
    }

    static let rangeOrder = Rule(
        "MAS-06", "A range begins below its end", .error,
        appliesTo: "values with both ends of a range", source: "RULES 75; MODEL R-MA4; GL 2.4",
        explanation: "The value named …Min isn't greater than its …Max: masses, dimensions, tracks, spacings and engine speeds.",
        remedy: "Exchange or correct the two values."
    ) { check in
        check.forEachRangeEnd { check, range, key, indices in
            guard key == range.minimum.key(indices), let low = check.text(range.minimum, indices),
                let high = check.text(range.maximum, indices),
                let lower = Double(low), let upper = Double(high), lower > upper
            else { return }
            check.report(
                range.minimum, at: indices, "\(range.minimum.element.name) is \(low), more than \(range.maximum.element.name) with \(high)."
            )
        }
    }

    static let rangeForm = Rule(
        "MAS-07", "A value is either fixed or a whole range", .warning,
        appliesTo: "values that may be given as a range", source: "RULES 75; MODEL R-MA4; GL 2.4",
        explanation: "Either the plain element is present, or both …Min and …Max, not one of them and not all three.",
        remedy: "Leave out the fixed value or the range, and give both ends of a range."
    ) { check in
        check.forEachRangeEnd { check, range, key, indices in
            let isMinimum = key == range.minimum.key(indices)
            let end = isMinimum ? range.minimum : range.maximum
            let other = isMinimum ? range.maximum : range.minimum
            if !check.isPresent(other, indices) {
                check.report(end, at: indices, "\(end.element.name) is given without \(other.element.name).")
            } else if isMinimum, check.isPresent(range.fixed, indices) {
                check.report(range.fixed, at: indices, "\(range.fixed.element.name) is given as a fixed value and as a range.")
            }
        }
    }
}

extension CheckContext {
    /// The group numbers of all rows about towed masses.
    fileprivate var trailers: [[Int]] {
        groups(.towingBrakedTypeTrailGroup).flatMap { outer in groups(.bodyworkTypeGroup, [outer]).map { [outer, $0] } }
    }

    fileprivate mutating func forEachRangeEnd(_ body: (inout CheckContext, ValueRange, FieldKey, [Int]) -> Void) {
        for key in rangeEnds {
            let (element, indices) = key.resolve(in: .initialVehicleInformation)
            guard let range = ValueRange.byEnd[element.id] else { continue }
            body(&self, range, key, indices)
        }
    }
}
