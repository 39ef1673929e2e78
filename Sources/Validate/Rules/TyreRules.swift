import Certificate

/// AXL-14 to AXL-17: the tyres of each axle.
enum TyreRules {
    static let all = [tyreNumbers, fittedTyre, oneFittedTyre, twinFitment, sizeAlone]

    static let tyreNumbers = Rule(
        "AXL-14", "The tyres of an axle are numbered from 1 without gaps", .error,
        appliesTo: "axles with a tyre table", source: "RULES 80",
        explanation: "TyreNumber runs 1, 2, 3 … on each axle; each number occurs once.",
        remedy: "Number the tyres of each axle from 1."
    ) { check in
        for axle in check.vehicle.axles {
            let groups = axle.tyres
            let numbers = groups.compactMap { check.number(.tyreNumber, [axle.group, $0]) }
            guard numbers.count == groups.count, let first = groups.first, !numbers.areOneToCount else { continue }
            check.report(
                .tyreNumber, at: [axle.group, first],
                "The \(groups.count.counted("tyre")) of \(axle.title) are numbered \(numbers.listed), not 1 to \(groups.count), each once.")
        }
    }

    static let fittedTyre = Rule(
        "AXL-15", "One tyre of each axle is the one fitted in production", .error,
        appliesTo: "axles whose tyres carry TyreFittedProductionIndicator", source: "RULES 80, 81; SM p22",
        explanation: """
            At least one tyre of the axle has TyreFittedProductionIndicator Y: the tyre on the vehicle, which is also the one used to \
            determine its CO2 emissions.
            """,
        remedy: "Set TyreFittedProductionIndicator to Y for the tyre that is fitted."
    ) { check in
        for axle in check.vehicle.axles {
            guard let (fitted, tyre) = fittedTyres(check, axle), fitted == 0 else { continue }
            check.report(
                .tyreFittedProductionIndicator, at: [axle.group, tyre], "No tyre of \(axle.title) is marked as fitted in production.")
        }
    }

    static let oneFittedTyre = Rule(
        "AXL-16", "Only one tyre of each axle is the one fitted in production", .warning,
        appliesTo: "axles whose tyres carry TyreFittedProductionIndicator", source: "RULES 80",
        explanation: "A vehicle leaves production with one kind of tyre on each axle; the others of the table are alternatives.",
        remedy: "Set TyreFittedProductionIndicator to Y for one tyre of the axle and to N for the others."
    ) { check in
        for axle in check.vehicle.axles {
            guard let (fitted, tyre) = fittedTyres(check, axle), fitted > 1 else { continue }
            check.report(
                .tyreFittedProductionIndicator, at: [axle.group, tyre],
                "\(fitted) tyres of \(axle.title) are marked as fitted in production.")
        }
    }

    /// How many tyres are marked as fitted, and the first group with a mark; nil when none has one.
    private static func fittedTyres(_ check: CheckContext, _ axle: Vehicle.Axle) -> (count: Int, first: Int)? {
        let marks = axle.tyres.compactMap { tyre in
            check.text(.tyreFittedProductionIndicator, [axle.group, tyre]).map { (tyre, $0) }
        }
        guard let first = marks.first else { return nil }
        return (marks.count { $0.1 == "Y" }, first.0)
    }

    static let twinFitment = Rule(
        "AXL-17", "Tyres of twin wheels have a load index for twin fitment", .warning,
        appliesTo: "axles with twin wheels and tyres", source: "RULES 84; SM p22",
        explanation: "When TwinWheelsAxleIndicator is Y, the tyres of the axle carry LoadCapacityIndexTwinWheel.",
        remedy: "Give LoadCapacityIndexTwinWheel, or correct TwinWheelsAxleIndicator."
    ) { check in
        for axle in check.vehicle.axles where check.text(.twinWheelsAxleIndicator, [axle.group]) == "Y" {
            for tyre in axle.tyres where !check.isPresent(.loadCapacityIndexTwinWheel, [axle.group, tyre]) {
                check.report(
                    .loadCapacityIndexTwinWheel, at: [axle.group, tyre],
                    "Tyre \(tyre) of \(axle.title) has no load index for twin fitment, but the axle has twin wheels.")
            }
        }
    }

    static let sizeAlone = Rule(
        "AXL-18", "The tyre size is the size alone", .warning,
        appliesTo: "tyres with TyreSize", source: "RULES 82; CO p14",
        explanation: "Load index and speed symbol, as in 205/55 R16 91V, have elements of their own.",
        remedy: "Give LoadCapacityIndexSingleWheel and SpeedCategorySymbol instead."
    ) { check in
        for axle in check.vehicle.axles {
            for tyre in axle.tyres {
                guard let size = check.text(.tyreSize, [axle.group, tyre]), let last = size.split(separator: " ").dropFirst().last,
                    isServiceDescription(last)
                else { continue }
                check.report(.tyreSize, at: [axle.group, tyre], "TyreSize '\(size)' ends with '\(last)', a load index and a speed symbol.")
            }
        }
    }

    /// Two or three digits, perhaps as many again behind a slash, and a letter: `91V`, `156/150L`.
    private static func isServiceDescription(_ word: Substring) -> Bool {
        guard let symbol = word.last, symbol.isASCII, symbol.isUppercase else { return false }
        let indices = word.dropLast().split(separator: "/", omittingEmptySubsequences: false)
        return 1...2 ~= indices.count && indices.allSatisfy { 2...3 ~= $0.count && $0.utf8.allSatisfy { 0x30...0x39 ~= $0 } }
    }
}
