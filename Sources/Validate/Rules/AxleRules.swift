import Certificate

/// AXL-01 to AXL-06, AXL-09 to AXL-11: how many axles there are, and that all mentions of one mean an axle that exists.
enum AxleRules {
    static let all = [
        axleCount, axleNumbers, poweredAxles, steeredAxles, twinWheelAxles, brakedAxles, groupMembers, interconnections, tyreCombinations,
    ]

    static let axleCount = Rule(
        "AXL-01", "NumberOfAxles is the number of axles", .error,
        appliesTo: "vehicles with NumberOfAxles and an axle table; in stage 1 of categories M, N, O and L also without the table",
        source: "RULES 76; MODEL R-AX1",
        explanation:
            "NumberOfAxles equals the number of groups in AxleTable. A later stage may leave out the table that it doesn't change.",
        remedy: "Correct NumberOfAxles, or give each axle its group in AxleTable."
    ) { check in
        guard let number = check.number(.numberOfAxles) else { return }
        let count = check.vehicle.axles.count
        guard number != count, count > 0 || mustHaveAxles(check.vehicle) else { return }
        check.report(.numberOfAxles, "NumberOfAxles says \(number), but the message has \(count.counted("axle")).")
    }

    private static func mustHaveAxles(_ vehicle: Vehicle) -> Bool {
        guard let category = vehicle.category else { return false }
        return vehicle.isFirstStage && (category.isRoadVehicle || category.letter == "L")
    }

    static let axleNumbers = Rule(
        "AXL-02", "Axles are numbered from 1 without gaps", .error,
        appliesTo: "vehicles with an axle table", source: "RULES 76; MODEL R-AX1",
        explanation: "AxleNumber runs 1, 2, 3 … from the front; each number occurs once.",
        remedy: "Number the axles from 1, from front to rear."
    ) { check in
        let axles = check.vehicle.axles
        let numbers = axles.compactMap(\.number)
        guard numbers.count == axles.count, !numbers.areOneToCount else { return }
        check.report(
            .axleNumber, at: [axles[0].group],
            "The \(axles.count.counted("axle")) are numbered \(numbers.listed), not 1 to \(axles.count), each once.")
    }

    static let poweredAxles = countOfIndicator(
        "AXL-03", "powered axles", .numberOfPoweredAxles, .poweredAxleIndicator)
    static let steeredAxles = countOfIndicator(
        "AXL-04", "steered axles", .numberOfSteeredAxles, .steeredAxleIndicator)
    static let twinWheelAxles = countOfIndicator(
        "AXL-05", "axles with twin wheels", .numberOfAxlesWithTwinWheels, .twinWheelsAxleIndicator)
    static let brakedAxles = countOfIndicator(
        "AXL-06", "braked axles", .numberOfBrakedAxles, .brakedAxleIndicator)

    private static func countOfIndicator(_ id: String, _ what: String, _ total: Place, _ indicator: Place) -> Rule {
        Rule(
            id, "\(total.element.name) is the number of \(what)", .error,
            appliesTo: "vehicles with \(total.element.name) and at least one \(indicator.element.name)", source: "RULES 77; MODEL R-AX2",
            explanation: "\(total.element.name) equals the number of axles whose \(indicator.element.name) is Y.",
            remedy: "Correct \(total.element.name) or the \(indicator.element.name) of the axles."
        ) { check in
            guard let number = check.number(total) else { return }
            let indicators = check.vehicle.axles.compactMap { check.text(indicator, [$0.group]) }
            let count = indicators.count { $0 == "Y" }
            guard !indicators.isEmpty, number != count else { return }
            check.report(total, "\(total.element.name) says \(number), but \(indicator.element.name) is Y on \(count.counted("axle")).")
        }
    }

    static let groupMembers = Rule(
        "AXL-09", "Axle groups consist of axles that exist", .error,
        appliesTo: "vehicles with axle groups and an axle table", source: "RULES 86; MODEL R-AX7",
        explanation: "Each MemberAxleNumber is the AxleNumber of an axle. That a group has at least two members is CAT-03.",
        remedy: "Correct MemberAxleNumber, or add the axle to AxleTable."
    ) { check in
        for group in check.groups(.axleGroupGroup) {
            for member in check.groups(.axleGroupMemberGroup, [group]) {
                requireAxle(&check, .memberAxleNumber, [group, member])
            }
        }
    }

    static let interconnections = Rule(
        "AXL-10", "Powered axles are connected with axles that exist", .error,
        appliesTo: "axles with an interconnection table", source: "RULES 86",
        explanation: "InterconnectionWithPoweredAxleNumber is the AxleNumber of an axle.",
        remedy: "Correct InterconnectionWithPoweredAxleNumber, or add the axle to AxleTable."
    ) { check in
        for axle in check.vehicle.axles {
            for group in check.groups(.interconnectionWithPoweredAxleGroup, [axle.group]) {
                requireAxle(&check, .interconnectionWithPoweredAxleNumber, [axle.group, group])
            }
        }
    }

    static let tyreCombinations = Rule(
        "AXL-11", "Tyre and axle combinations speak of axles that exist", .error,
        appliesTo: "vehicles with a table of tyre and axle combinations", source: "RULES 86",
        explanation: "AxleNumberCombination is the AxleNumber of an axle.",
        remedy: "Correct AxleNumberCombination, or add the axle to AxleTable."
    ) { check in
        for group in check.groups(.tyreAxleMassCombinationGroup) {
            for combination in check.groups(.tyreAxleCombinationGroup, [group]) {
                requireAxle(&check, .axleNumberCombination, [group, combination])
            }
        }
    }

    /// Reports a number that no axle has. A message without axle table, as of a later stage, can't be judged.
    private static func requireAxle(_ check: inout CheckContext, _ place: Place, _ indices: [Int]) {
        let numbers = check.vehicle.axles.compactMap(\.number)
        guard !numbers.isEmpty, let number = check.number(place, indices), !numbers.contains(number) else { return }
        check.report(place, at: indices, "\(place.element.name) says \(number), but the axles of this vehicle are \(numbers.listed).")
    }
}
